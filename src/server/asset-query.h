/* asset-query.h - lists of assets: filters, sorts, and cursors that stay put under ties.
 *
 * A cursor is opaque to clients: base64url of "1|sort|filter hash|total|seen|id|key of the last
 * row". It carries the hash of sort and filters, so it cannot be used with others. Relevance has no
 * key to go on from, so that order counts rows instead and ends after 1,000.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/asset-row.h"
#include "web/request.h"

G_BEGIN_DECLS

typedef struct _GmAssetQuery GmAssetQuery;

/* From the parameters limit, cursor, page, q, type, genre, key, bpmMin, bpmMax, priceMin, priceMax
 * (units), currency, status and sort. @seller (nullable) limits what is not published to his. */
GmAssetQuery *gm_asset_query_parse (const GmRequest *request, const char *seller, GError **error);
void gm_asset_query_free (GmAssetQuery *self);

typedef struct
{
  GPtrArray *assets;
  char *next_cursor; /* (nullable) */
  gint64 total;
  gint64 limit;
  gint64 page; /* from 1 */
} GmAssetPage;

GmAssetPage *gm_asset_query_run (GmAssetQuery *self, GmSql *sql, GError **error);
void gm_asset_page_free (GmAssetPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAssetQuery, gm_asset_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAssetPage, gm_asset_page_free)

G_END_DECLS
