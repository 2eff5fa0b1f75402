/* facets.h - how many rows each further filter would leave.
 *
 * Counts are exact up to GM_FACETS_EXACT, then "at least". A group that is filtered already is
 * counted without its own filter, so that one sees what else there is.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/search.h"

G_BEGIN_DECLS

#define GM_FACETS_EXACT      1000
#define GM_FACETS_MAX_VALUES 100 /* of one group */

typedef enum
{
  GM_FACET_TYPE,
  GM_FACET_GENRE,
  GM_FACET_MOOD,
  GM_FACET_KEY, /* Camelot codes "8A" */
  GM_FACET_N_GROUPS,
} GmFacetGroup;

typedef struct
{
  char *value;
  guint count;       /* at most GM_FACETS_EXACT */
  gboolean at_least; /* "1000+" */
} GmFacet;

/* GPtrArray of GmFacet, most frequent first, without empty ones. */
GPtrArray *gm_facets_count (GmSql *cache,
                            const GmSearch *search,
                            GmFacetGroup group,
                            GCancellable *cancellable,
                            GError **error);

/* How long one group may take beyond its sample, in this process; negative ends it. */
void gm_facets_set_budget_for_test (gint64 budget_us);

G_END_DECLS
