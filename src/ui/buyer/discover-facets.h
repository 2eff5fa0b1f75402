/* discover-facets.h - the values of one kind to filter by, with how many rows each would leave.
 *
 * Choosing the chosen one again takes it back. Counted only while it is seen. Signal "done": a
 * choice was made.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/buyer/discover-query.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_FACETS (gm_discover_facets_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverFacets, gm_discover_facets, GM, DISCOVER_FACETS, GtkWidget)

GtkWidget *gm_discover_facets_new (GmDiscoverQuery *query, GmFacetGroup group);

/* What a value is called: "Beat", "A minor · 8A" */
char *gm_discover_facets_dup_word (GmFacetGroup group, const char *value);

G_END_DECLS
