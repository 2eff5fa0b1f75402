/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/search-rank.h"

#include <string.h>

/* BM25 (Robertson, Zaragoza 2009) with its usual constants, over weighted fields. */
#define K1 1.2
#define B  0.75

#define MAX_WORDS 8

static const double weights[] = { 4, 2, 1 }; /* title, artist, words */

typedef struct
{
  gint64 row;
  guint length;           /* words of all fields */
  double hits[MAX_WORDS]; /* weighted, per typed word */
  double score;
} Candidate;

static void
count_field (Candidate *candidate, const char *text, double weight, char **words)
{
  for (const char *at = text; at != NULL && *at != '\0';)
    {
      const char *end = strchrnul (at, ' ');

      candidate->length++;
      for (guint i = 0; i < MAX_WORDS && words[i] != NULL; i++)
        {
          gsize length = strlen (words[i]);

          if (length <= (gsize) (end - at) && memcmp (at, words[i], length) == 0)
            candidate->hits[i] += length == (gsize) (end - at) ? 2 * weight : weight;
        }
      at = *end == ' ' ? end + 1 : end;
    }
}

static gboolean
read_candidate (GmSql *cache, char **words, Candidate *candidate, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (
      cache, "SELECT title_key, artist_key, words FROM assets WHERE pos = ?1",
      (GmValue[]){ gm_value_int (candidate->row) }, 1, error);

  if (rows == NULL)
    return FALSE;
  if (gm_rows_next (rows, &problem))
    for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
      count_field (candidate, gm_rows_text (rows, i), weights[i], words);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

gboolean
gm_search_rank (GmSql *cache, char **words, gint64 *rows, guint n_rows, GError **error)
{
  g_autofree Candidate *all = g_new0 (Candidate, n_rows);
  double average = 0;

  if (n_rows == 0)
    return TRUE;
  for (guint i = 0; i < n_rows; i++)
    {
      all[i].row = rows[i];
      if (!read_candidate (cache, words, &all[i], error))
        return FALSE;
      average += (double) all[i].length / n_rows;
    }
  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < MAX_WORDS && words[j] != NULL; j++)
      all[i].score += all[i].hits[j] * (K1 + 1) /
                      (all[i].hits[j] + K1 * (1 - B + B * all[i].length / MAX (average, 1)));

  qsort (all, n_rows, sizeof *all, compare);
  for (guint i = 0; i < n_rows; i++)
    rows[i] = all[i].row;
  return TRUE;
}
