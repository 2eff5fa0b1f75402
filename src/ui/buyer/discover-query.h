/* discover-query.h - what a person asks the catalog for, changed one wish at a time.
 *
 * The wishes are the catalog's search itself; this edits it and says so. Signal "changed". With
 * words and no order chosen the order is relevance, without words newest first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/catalog-model.h"
#include "catalog/facets.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_QUERY (gm_discover_query_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverQuery, gm_discover_query, GM, DISCOVER_QUERY, GObject)

GmDiscoverQuery *gm_discover_query_new (GmCatalogModel *catalog);

GmCatalogModel *gm_discover_query_get_catalog (GmDiscoverQuery *self);
const GmSearch *gm_discover_query_get (GmDiscoverQuery *self);
GmSearch *gm_discover_query_dup (GmDiscoverQuery *self); /* to edit, then apply */
void gm_discover_query_apply (GmDiscoverQuery *self, const GmSearch *next);

void gm_discover_query_set_text (GmDiscoverQuery *self, const char *text);
void gm_discover_query_set_sort (GmDiscoverQuery *self, GmSort sort); /* a person's choice */

/* NULL is any. */
const char *gm_discover_query_get_choice (GmDiscoverQuery *self, GmFacetGroup group);
void gm_discover_query_choose (GmDiscoverQuery *self, GmFacetGroup group, const char *value);

gboolean gm_discover_query_is_filtered (GmDiscoverQuery *self); /* by more than words */
void gm_discover_query_clear (GmDiscoverQuery *self, gboolean words_too);

G_END_DECLS
