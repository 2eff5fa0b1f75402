/* item-pages.h - the items of a list that were looked at last, read a page at a time.
 *
 * Named by row number, so an item stays the same object when the list around it changes. At most
 * GM_ITEM_PAGES_KEPT pages are kept, whatever the length of the list.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"
#include "app/row-list.h"
#include "storage/sql.h"

G_BEGIN_DECLS

#define GM_ITEM_PAGES_ROWS 128
#define GM_ITEM_PAGES_KEPT 16

typedef struct _GmItemPages GmItemPages;

GmItemPages *gm_item_pages_new (GmAssetMarks *marks);
void gm_item_pages_free (GmItemPages *self);
void gm_item_pages_clear (GmItemPages *self);

/* Borrowed; never NULL: a row that is gone or cannot be read is an item without an id. */
GmAssetItem *
gm_item_pages_get (GmItemPages *self, GmSql *cache, const GmRowList *rows, guint position);

/* Reads what is kept again: positions (guint) in @rows whose item is another now. */
GArray *gm_item_pages_refresh (GmItemPages *self, GmSql *cache, const GmRowList *rows);

guint gm_item_pages_count (GmItemPages *self); /* items kept */

G_END_DECLS
