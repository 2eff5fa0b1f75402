/* catalog-page.h - what a store says has changed, checked: GET /api/changes.
 *
 *   { "epoch": "…", "rev": 7, "items": [ asset | { "id", "rev", "deleted": true } ], "more": false
 * }
 *
 * Only published assets, only revisions up to the page's own, only forwards. Another epoch is
 * CONFLICT: load the snapshot.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-db.h"

G_BEGIN_DECLS

#define GM_CATALOG_PAGE_MAX_ITEMS 1000

typedef struct
{
  GPtrArray *assets; /* of GmAsset */
  GPtrArray *gone;   /* of ids */
  GmCatalogCursor cursor;
  gboolean more;
} GmCatalogPage;

gboolean gm_catalog_page_parse (JsonObject *json,
                                const GmCatalogCursor *since,
                                GmCatalogPage *out,
                                GError **error);
void gm_catalog_page_clear (GmCatalogPage *page);

/* Members epoch and rev, as pages and snapshots have them. */
gboolean gm_catalog_page_cursor (JsonObject *json, GmCatalogCursor *out, GError **error);
/* One published asset with a revision up to @upto. */
GmAsset *gm_catalog_page_asset (JsonObject *json, const GmCatalogCursor *upto, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmCatalogPage, gm_catalog_page_clear)

G_END_DECLS
