/* row-list.h - the row numbers of a long result, a fraction of the size of an array of them.
 *
 * Blocks of 256 keep how far each row lies above a line that rises by one with every row: nothing
 * at all where the numbers follow each other, as in the whole catalog newest first, and two or
 * three bytes a row otherwise. Any order, any numbers; reading one is a look at one place.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmRowList GmRowList;

GmRowList *gm_row_list_new (const gint64 *rows, guint length);
void gm_row_list_free (GmRowList *self);

guint gm_row_list_get_length (const GmRowList *self);
gint64 gm_row_list_get (const GmRowList *self, guint position);
gsize gm_row_list_get_bytes (const GmRowList *self); /* what it takes of memory */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRowList, gm_row_list_free)

G_END_DECLS
