/* catalog-model.h - the search result as a list of a million rows that costs like ten.
 *
 * A GListModel of GmAssetItem over a vector of row numbers; rows are read a page of 128 at a time
 * and the last few pages are kept. The first page of a result is there first, the rest of its
 * numbers follow: items-changed comes at most twice per result.
 *
 * Properties: "loading" (b), "empty" (b: a result is there and has no rows), "error" (GError boxed
 * or NULL), "n-items" (u). Set a search with set_search(); it also runs again by itself when the
 * catalog changes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"
#include "app/cache-reader.h"
#include "base/worker.h"
#include "catalog/search.h"

G_BEGIN_DECLS

#define GM_TYPE_CATALOG_MODEL (gm_catalog_model_get_type ())
G_DECLARE_FINAL_TYPE (GmCatalogModel, gm_catalog_model, GM, CATALOG_MODEL, GObject)

/* Everything is borrowed and outlives the model. @db has one thread. */
GmCatalogModel *gm_catalog_model_new (GmWorker *db, GmAssetMarks *marks);

/* Opens the cache at @path twice: a reader for pages, one for searching; NULL closes. */
gboolean gm_catalog_model_set_cache (GmCatalogModel *self, const char *path, GError **error);

void gm_catalog_model_set_search (GmCatalogModel *self, const GmSearch *search); /* copies */
const GmSearch *gm_catalog_model_get_search (GmCatalogModel *self);
void gm_catalog_model_refresh (GmCatalogModel *self); /* the catalog changed */

gboolean gm_catalog_model_is_loading (GmCatalogModel *self);

/* (nullable) One asset by its row id in the store, from the cache. */
GmAssetItem *gm_catalog_model_find (GmCatalogModel *self, const char *id);

/* For facet-model.c: */
GmWorker *gm_catalog_model_get_db (GmCatalogModel *self);
GmCacheReader *gm_catalog_model_get_reader (GmCatalogModel *self); /* (nullable) */

G_END_DECLS
