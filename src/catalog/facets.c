/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/facets.h"

#include "base/error.h"

#define SAMPLE_ROWS 8000   /* of the newest hits that are counted by reading them */
#define BUDGET_US   150000 /* for counting the rest; what is left then is "at least" its sample */

static gint64 budget_us = BUDGET_US;

void
gm_facets_set_budget_for_test (gint64 us)
{
  budget_us = us >= 0 ? us : BUDGET_US;
}

static const struct
{
  const char *kind;   /* in the table facets */
  const char *column; /* of one row */
  gsize member;       /* of GmSearch */
} groups[GM_FACET_N_GROUPS] = {
  [GM_FACET_TYPE] = { "type", "SELECT type FROM assets WHERE pos = ?1",
                      G_STRUCT_OFFSET (GmSearch, type) },
  [GM_FACET_GENRE] = { "genre", "SELECT genre FROM assets WHERE pos = ?1",
                       G_STRUCT_OFFSET (GmSearch, genre) },
  [GM_FACET_MOOD] = { "mood", "SELECT mood FROM assets WHERE pos = ?1",
                      G_STRUCT_OFFSET (GmSearch, mood) },
  [GM_FACET_KEY] = { "key", "SELECT camelot FROM assets WHERE pos = ?1",
                     G_STRUCT_OFFSET (GmSearch, key) },
};

static void
facet_free (gpointer data)
{
  GmFacet *facet = data;

  g_free (facet->value);
  g_free (facet);
}

static void
set_member (GmSearch *search, GmFacetGroup group, const char *value)
{
  char **member = G_STRUCT_MEMBER_P (search, groups[group].member);

  g_free (*member);
  *member = g_strdup (value);
}

/* All values of the group, with how many rows of the whole catalog have them. */
static GPtrArray *
list_values (GmSql *cache, GmFacetGroup group, GError **error)
{
  g_autoptr (GPtrArray) facets = g_ptr_array_new_with_free_func (facet_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (
      cache,
      "SELECT value, n FROM facets WHERE kind = ?1 AND n > 0 ORDER BY n DESC, value LIMIT ?2",
      (GmValue[]){ gm_value_text (groups[group].kind), gm_value_int (GM_FACETS_MAX_VALUES) }, 2,
      error);

  if (rows == NULL)
    return NULL;
  while (gm_rows_next (rows, &problem))
    {
      GmFacet *facet = g_new0 (GmFacet, 1);
      gint64 n = gm_rows_int (rows, 1);

      facet->value = g_strdup (gm_rows_text (rows, 0));
      facet->count = (guint) MIN (n, GM_FACETS_EXACT);
      facet->at_least = n > GM_FACETS_EXACT;
      g_ptr_array_add (facets, facet);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&facets);
}

static gboolean
add_row (GmSql *cache, GmFacetGroup group, gint64 row, GHashTable *counts, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (cache, groups[group].column,
                                          (GmValue[]){ gm_value_int (row) }, 1, error);
  const char *value;

  if (rows == NULL)
    return FALSE;
  if (gm_rows_next (rows, &problem) && (value = gm_rows_text (rows, 0)) != NULL)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, value));

      g_hash_table_insert (counts, g_strdup (value), GUINT_TO_POINTER (n + 1));
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static GHashTable *
count_sample (GmSql *cache, GmFacetGroup group, const GArray *rows, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (!add_row (cache, group, g_array_index (rows, gint64, i), counts, error))
      return NULL;
  return g_steal_pointer (&counts);
}

/* What the sample cannot tell is asked of the index, one value after the other. */
static gboolean
count_one (GmSql *cache,
           GmSearch *search,
           GmFacetGroup group,
           GmFacet *facet,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GmSearchResult) result = NULL;

  set_member (search, group, facet->value);
  result = gm_search_run (cache, search, GM_FACETS_EXACT, cancellable, error);
  set_member (search, group, NULL);
  if (result == NULL)
    return FALSE;

  facet->count = result->rows->len;
  facet->at_least = !result->complete;
  return TRUE;
}

static gboolean
count_all (GmSql *cache,
           GmSearch *search,
           GmFacetGroup group,
           GPtrArray *facets,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GmSearchResult) sample = gm_search_run (cache, search, SAMPLE_ROWS, cancellable,
                                                     error);
  g_autoptr (GHashTable) counts = NULL;
  gint64 until = g_get_monotonic_time () + budget_us;

  counts = sample != NULL ? count_sample (cache, group, sample->rows, error) : NULL;
  if (counts == NULL)
    return FALSE;

  for (guint i = 0; i < facets->len; i++)
    {
      GmFacet *facet = facets->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, facet->value));

      facet->count = MIN (n, GM_FACETS_EXACT);
      facet->at_least = n > GM_FACETS_EXACT || !sample->complete;
      if (!sample->complete && n <= GM_FACETS_EXACT && g_get_monotonic_time () < until &&
          !count_one (cache, search, group, facet, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const GmFacet *x = *(GmFacet *const *) a;
  const GmFacet *y = *(GmFacet *const *) b;

  if (x->at_least != y->at_least)
    return x->at_least ? -1 : 1;
  return x->count != y->count ? (x->count < y->count ? 1 : -1) : g_strcmp0 (x->value, y->value);
}

GPtrArray *
gm_facets_count (GmSql *cache,
                 const GmSearch *search,
                 GmFacetGroup group,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GmSearch) everything = gm_search_new ();
  g_autoptr (GmSearch) other = gm_search_copy (search);
  g_autoptr (GPtrArray) facets = list_values (cache, group, error);

  if (facets == NULL)
    return NULL;

  set_member (other, group, NULL);
  other->sort = GM_SORT_NEWEST;
  if (group == GM_FACET_KEY)
    other->compatible = FALSE;
  if (gm_search_equal (other, everything))
    return g_steal_pointer (&facets);
  if (!count_all (cache, other, group, facets, cancellable, error))
    return NULL;

  g_ptr_array_sort (facets, compare);
  for (guint i = facets->len; i > 0; i--)
    if (((GmFacet *) facets->pdata[i - 1])->count == 0)
      g_ptr_array_remove_index (facets, i - 1);
  return g_steal_pointer (&facets);
}
