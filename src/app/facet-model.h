/* facet-model.h - the values one can filter by, with how many rows each would leave.
 *
 * A GListModel of GmFacetItem of one group. Counts arrive after the catalog's result, never before
 * it, and are exact to 1,000. GmFacetItem properties: "value" (s), "count" (u), "count-text" (s:
 * "12", "1000+"), "selected" (b).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/catalog-model.h"
#include "catalog/facets.h"

G_BEGIN_DECLS

#define GM_TYPE_FACET_ITEM (gm_facet_item_get_type ())
G_DECLARE_FINAL_TYPE (GmFacetItem, gm_facet_item, GM, FACET_ITEM, GObject)

const char *gm_facet_item_get_value (GmFacetItem *self);
gboolean gm_facet_item_get_selected (GmFacetItem *self);

#define GM_TYPE_FACET_MODEL (gm_facet_model_get_type ())
G_DECLARE_FINAL_TYPE (GmFacetModel, gm_facet_model, GM, FACET_MODEL, GObject)

/* Follows @catalog, which outlives it. */
GmFacetModel *gm_facet_model_new (GmCatalogModel *catalog, GmFacetGroup group);

/* Counts only while somebody looks: off at first. */
void gm_facet_model_set_active (GmFacetModel *self, gboolean active);

G_END_DECLS
