/* facet-model.h - the values one can filter by, with how many rows each would leave.
 *
 * A GListModel of GmFacetItem in groups type, genre, mood, key. Counts arrive after the result and
 * are exact to 1,000. GmFacetItem properties: "group" (s), "value" (s), "count" (u), "count-text"
 * (s: "12", "1000+"), "selected" (b).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/worker.h"
#include "catalog/facets.h"

G_BEGIN_DECLS

#define GM_TYPE_FACET_ITEM (gm_facet_item_get_type ())
G_DECLARE_FINAL_TYPE (GmFacetItem, gm_facet_item, GM, FACET_ITEM, GObject)

const char *gm_facet_item_get_group (GmFacetItem *self);
const char *gm_facet_item_get_value (GmFacetItem *self);

#define GM_TYPE_FACET_MODEL (gm_facet_model_get_type ())
G_DECLARE_FINAL_TYPE (GmFacetModel, gm_facet_model, GM, FACET_MODEL, GObject)

/* @group is "type", "genre", "mood" or "key". */
GmFacetModel *gm_facet_model_new (GmWorker *db, const char *group);
gboolean gm_facet_model_set_cache (GmFacetModel *self, const char *path, GError **error);
void gm_facet_model_set_search (GmFacetModel *self, const GmSearch *search);

G_END_DECLS
