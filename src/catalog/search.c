/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/search.h"

#include <string.h>

#include "base/error.h"
#include "catalog/search-match.h"
#include "catalog/search-rank.h"

#define ROWS_PER_LOOK  1024  /* between two looks at the cancellable */
#define FEW_ROWS       4096  /* so many are sorted by reading their keys */
#define SPARSE_ROWS    20000 /* so few of a price range are found by its index */
#define RANKED_LETTERS 3

GmSearch *
gm_search_new (void)
{
  GmSearch *self = g_new0 (GmSearch, 1);

  self->price_max = GM_SEARCH_ANY_PRICE;
  return self;
}

GmSearch *
gm_search_copy (const GmSearch *self)
{
  GmSearch *copy = g_new (GmSearch, 1);

  *copy = *self;
  copy->text = g_strdup (self->text);
  copy->type = g_strdup (self->type);
  copy->genre = g_strdup (self->genre);
  copy->mood = g_strdup (self->mood);
  copy->key = g_strdup (self->key);
  return copy;
}

void
gm_search_free (GmSearch *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->type);
  g_free (self->genre);
  g_free (self->mood);
  g_free (self->key);
  g_free (self);
}

gboolean
gm_search_equal (const GmSearch *a, const GmSearch *b)
{
  return g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->type, b->type) == 0 &&
         g_strcmp0 (a->genre, b->genre) == 0 && g_strcmp0 (a->mood, b->mood) == 0 &&
         g_strcmp0 (a->key, b->key) == 0 && a->compatible == b->compatible &&
         a->bpm_min == b->bpm_min && a->bpm_max == b->bpm_max && a->bpm_folded == b->bpm_folded &&
         a->price_min == b->price_min && a->price_max == b->price_max &&
         a->exclusive == b->exclusive && a->sort == b->sort;
}

void
gm_search_result_free (GmSearchResult *result)
{
  if (result == NULL)
    return;

  g_array_unref (result->rows);
  g_free (result);
}

static GArray *
rows_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
is_cancelled (guint n, GCancellable *cancellable, GError **error)
{
  return n % ROWS_PER_LOOK == 0 && cancellable != NULL &&
         g_cancellable_is_cancelled (cancellable) &&
         !gm_fail (error, GM_ERROR_DECLINED, "the search was given up");
}

/* Appends the first column; @only (nullable) is a sorted list of the rows that count. */
static gboolean
collect (GmRows *rows,
         GArray *out,
         const GArray *only,
         guint limit,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GError) problem = NULL;

  for (guint n = 1; (limit == 0 || out->len < limit) && gm_rows_next (rows, &problem); n++)
    {
      gint64 row = gm_rows_int (rows, 0);

      if (is_cancelled (n, cancellable, error))
        return FALSE;
      if (only == NULL || bsearch (&row, only->data, only->len, sizeof row, compare_rows) != NULL)
        g_array_append_val (out, row);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static gboolean
collect_query (GmSql *cache,
               const char *statement,
               const GmSearchMatch *match,
               GArray *out,
               guint limit,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (cache, statement, match->values, match->n_values, error);

  return rows != NULL && collect (rows, out, NULL, limit, cancellable, error);
}

static const char *
price_index (const GmSearch *search)
{
  if (search->price_max > 0 && search->price_min > 0)
    return "SELECT pos FROM assets WHERE price_units >= ?1 AND price_units <= ?2 LIMIT ?3";
  if (search->price_max > 0)
    return "SELECT pos FROM assets WHERE ?1 = ?1 AND price_units <= ?2 LIMIT ?3";
  return "SELECT pos FROM assets WHERE price_units >= ?1 AND ?2 = ?2 LIMIT ?3";
}

/* A narrow price range is found by its index and put in order; @found says whether it was narrow.
 */
static gboolean
collect_by_price (GmSql *cache,
                  const GmSearch *search,
                  GArray *out,
                  gboolean *found,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (cache, price_index (search),
                                          (GmValue[]){ gm_value_int (search->price_min),
                                                       gm_value_int (search->price_max),
                                                       gm_value_int (SPARSE_ROWS) },
                                          3, error);

  if (rows == NULL || !collect (rows, out, NULL, 0, cancellable, error))
    return FALSE;
  *found = out->len < SPARSE_ROWS;
  if (*found)
    g_array_sort (out, compare_rows);
  else
    g_array_set_size (out, 0);
  return TRUE;
}

/* From the smallest index instead of the rows themselves: a tenth of the reading. */
static GArray *
run_everything (GmSql *cache, const GmSearchMatch *match, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) out = rows_new ();

  if (!collect_query (cache, "SELECT pos FROM assets INDEXED BY assets_bpm WHERE ?1 IS NULL", match,
                      out, 0, cancellable, error))
    return NULL;
  g_array_sort (out, compare_rows);
  return g_steal_pointer (&out);
}

/* Newest first is by row number, which is the order the index itself has. */
static GArray *
run_newest (GmSql *cache,
            const GmSearch *search,
            const GmSearchMatch *match,
            guint limit,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) out = rows_new ();
  g_autoptr (GString) statement = g_string_new (NULL);
  gboolean by_price = search->price_min > 0 || search->price_max > 0;
  gboolean found = FALSE;

  if (match->expression == NULL && by_price && search->bpm_min <= 0 && search->bpm_max <= 0 &&
      !collect_by_price (cache, search, out, &found, cancellable, error))
    return NULL;
  if (found)
    {
      if (limit > 0 && out->len > limit)
        g_array_set_size (out, limit);
      return g_steal_pointer (&out);
    }

  if (match->expression == NULL && match->where->len == 0 && limit == 0)
    return run_everything (cache, match, cancellable, error);
  if (match->expression == NULL)
    g_string_append_printf (statement, "SELECT pos FROM assets WHERE ?1 IS NULL%s ORDER BY pos",
                            match->where->str);
  else if (match->where->len == 0)
    g_string_append (statement, "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid");
  else
    g_string_append_printf (statement,
                            "SELECT search.rowid FROM search CROSS JOIN assets"
                            " ON assets.pos = search.rowid"
                            " WHERE search MATCH ?1%s ORDER BY search.rowid",
                            match->where->str);
  if (!collect_query (cache, statement->str, match, out, limit, cancellable, error))
    return NULL;
  return g_steal_pointer (&out);
}

static const struct
{
  const char *key;     /* of one row */
  const char *walk[2]; /* all rows in order; the second part (nullable) follows the first */
  gboolean is_text;
} orders[] = {
  [GM_SORT_TITLE] = { "SELECT title_key FROM assets WHERE pos = ?1",
                      { "SELECT pos FROM assets ORDER BY title_key, pos", NULL },
                      TRUE },
  /* an unknown tempo comes last */
  [GM_SORT_BPM] = { "SELECT bpm FROM assets WHERE pos = ?1",
                    { "SELECT pos FROM assets WHERE bpm > 0 ORDER BY bpm, pos",
                      "SELECT pos FROM assets WHERE bpm = 0 ORDER BY pos" },
                    FALSE },
  [GM_SORT_PRICE] = { "SELECT price_units FROM assets WHERE pos = ?1",
                      { "SELECT pos FROM assets ORDER BY price_units, pos", NULL },
                      FALSE },
};

typedef struct
{
  char *text;
  gint64 number;
  gint64 row;
} Keyed;

static void
clear_keyed (gpointer data)
{
  g_free (((Keyed *) data)->text);
}

static gint
compare_keyed (gconstpointer a, gconstpointer b)
{
  const Keyed *x = a;
  const Keyed *y = b;
  gint order = g_strcmp0 (x->text, y->text);

  if (order == 0)
    order = (x->number > y->number) - (x->number < y->number);
  return order != 0 ? order : compare_rows (&x->row, &y->row);
}

static gboolean
read_key (GmSql *cache, GmSort sort, gint64 row, Keyed *out, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (cache, orders[sort].key,
                                          (GmValue[]){ gm_value_int (row) }, 1, error);

  *out = (Keyed){ .row = row };
  if (rows == NULL)
    return FALSE;
  if (gm_rows_next (rows, &problem))
    {
      out->text = orders[sort].is_text ? g_strdup (gm_rows_text (rows, 0)) : NULL;
      out->number = orders[sort].is_text ? 0 : gm_rows_int (rows, 0);
      if (sort == GM_SORT_BPM && out->number == 0)
        out->number = G_MAXINT64;
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static GArray *
sort_few (GmSql *cache, GmSort sort, const GArray *rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) keyed = g_array_sized_new (FALSE, FALSE, sizeof (Keyed), rows->len);
  GArray *out;

  g_array_set_clear_func (keyed, clear_keyed);
  for (guint i = 0; i < rows->len; i++)
    {
      Keyed key;

      if (is_cancelled (i + 1, cancellable, error) ||
          !read_key (cache, sort, g_array_index (rows, gint64, i), &key, error))
        return NULL;
      g_array_append_val (keyed, key);
    }
  g_array_sort (keyed, compare_keyed);
  out = rows_new ();
  for (guint i = 0; i < keyed->len; i++)
    g_array_append_val (out, g_array_index (keyed, Keyed, i).row);
  return out;
}

/* Goes through all rows in order and keeps those of @only (nullable: all). */
static GArray *
walk (GmSql *cache,
      GmSort sort,
      const GArray *only,
      guint limit,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GArray) out = rows_new ();
  guint most = only != NULL && (limit == 0 || only->len < limit) ? only->len : limit;

  for (guint i = 0; i < 2 && orders[sort].walk[i] != NULL; i++)
    {
      g_autoptr (GmRows) rows = gm_sql_query (cache, orders[sort].walk[i], NULL, 0, error);

      if (rows == NULL || !collect (rows, out, only, most, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&out);
}

static GArray *
run_sorted (GmSql *cache,
            const GmSearch *search,
            const GmSearchMatch *match,
            guint limit,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) only = NULL;
  GArray *out;

  if (match->expression == NULL && match->where->len == 0)
    return walk (cache, search->sort, NULL, limit, cancellable, error);

  only = run_newest (cache, search, match, 0, cancellable, error);
  if (only == NULL)
    return NULL;
  if (only->len > FEW_ROWS)
    return walk (cache, search->sort, only, limit, cancellable, error);
  out = sort_few (cache, search->sort, only, cancellable, error);
  if (out != NULL && limit > 0 && out->len > limit)
    g_array_set_size (out, limit);
  return out;
}

static GArray *
run_relevance (GmSql *cache,
               const GmSearch *search,
               const GmSearchMatch *match,
               guint limit,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GArray) out = NULL;

  if (limit > 0 && limit < GM_SEARCH_RANKED)
    limit = GM_SEARCH_RANKED;
  out = run_newest (cache, search, match, limit, cancellable, error);
  if (out == NULL)
    return NULL;
  if (!gm_search_rank (cache, match->words, (gint64 *) (gpointer) out->data,
                       MIN (out->len, GM_SEARCH_RANKED), error))
    return NULL;
  return g_steal_pointer (&out);
}

/* One row more than asked for tells whether there are any. */
GmSearchResult *
gm_search_run (GmSql *cache,
               const GmSearch *search,
               guint limit,
               GCancellable *cancellable,
               GError **error)
{
  g_auto (GmSearchMatch) match = { 0 };
  guint most = limit > 0 ? limit + 1 : 0;
  GmSearchResult *result;
  GArray *rows;

  gm_search_match_init (&match, search);
  if (search->sort == GM_SORT_RELEVANCE && match.letters >= RANKED_LETTERS)
    rows = run_relevance (cache, search, &match, most, cancellable, error);
  else if (search->sort == GM_SORT_RELEVANCE || search->sort == GM_SORT_NEWEST)
    rows = run_newest (cache, search, &match, most, cancellable, error);
  else
    rows = run_sorted (cache, search, &match, most, cancellable, error);
  if (rows == NULL)
    {
      g_prefix_error (error, "search: ");
      return NULL;
    }

  result = g_new0 (GmSearchResult, 1);
  result->rows = rows;
  result->complete = limit == 0 || rows->len <= limit;
  if (!result->complete)
    g_array_set_size (rows, limit);
  return result;
}
