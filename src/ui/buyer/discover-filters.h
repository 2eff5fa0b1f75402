/* discover-filters.h - the row of filters: what there is to filter by, what is filtered, and back.
 *
 * Scrolls sideways where it does not fit.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/buyer/discover-query.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_FILTERS (gm_discover_filters_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverFilters, gm_discover_filters, GM, DISCOVER_FILTERS, GtkWidget)

void gm_discover_filters_set_query (GmDiscoverFilters *self, GmDiscoverQuery *query); /* once */

G_END_DECLS
