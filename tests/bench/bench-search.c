/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>

#include "bench-catalog.h"
#include "catalog/facets.h"

/* bench-search ROWS [FILE]: fills a cache with synthetic assets (or takes FILE as it is), then
 * prints p50 and p99 of what a person waits for, and p99 of what it used of the processor, which is
 * the same on a machine that does nothing else. Everything follows from the row's number. */

#define FIRST_PAGE 128
#define RUNS       200

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gint64
thread_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
print_times (const char *name, GArray *times, GArray *used)
{
  g_array_sort (times, compare);
  g_array_sort (used, compare);
  printf ("%-34s p50 %8.2f ms   p99 %8.2f ms   processor p99 %8.2f ms   n %u\n", name,
          (double) g_array_index (times, gint64, times->len / 2) / 1000,
          (double) g_array_index (times, gint64, times->len * 99 / 100) / 1000,
          (double) g_array_index (used, gint64, used->len * 99 / 100) / 1000, times->len);
}

typedef struct
{
  const char *name;
  guint letters; /* of a prefix; 0: no text */
  GmSearch base;
  guint limit; /* G_MAXUINT: facets */
} Class;

static void
run_class (GmSql *sql, const Class *class)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint runs = class->limit == 0 ? 20 : class->limit == G_MAXUINT ? 40 : RUNS;

  for (guint i = 0; i < runs; i++)
    {
      g_autoptr (GmSearch) search = gm_search_copy (&class->base);
      g_autoptr (GError) error = NULL;
      const char *word = bench_words[bench_hash (i) % BENCH_N_WORDS];
      gint64 start = g_get_monotonic_time ();
      gint64 cpu = thread_us ();
      gint64 took;

      if (class->letters > 0)
        search->text = g_strndup (word, class->letters);
      if (class->limit == G_MAXUINT)
        {
          for (guint group = 0; group < GM_FACET_N_GROUPS; group++)
            {
              g_autoptr (GPtrArray) facets = gm_facets_count (sql, search, group, NULL, &error);

              g_assert_no_error (error);
            }
        }
      else
        {
          g_autoptr (GmSearchResult) result = gm_search_run (sql, search, class->limit, NULL,
                                                             &error);
          g_autoptr (GPtrArray) page = NULL;

          g_assert_no_error (error);
          page = gm_catalog_db_rows (sql, (gint64 *) (gpointer) result->rows->data,
                                     MIN (result->rows->len, 24), &error);
          g_assert_no_error (error);
        }
      took = g_get_monotonic_time () - start;
      cpu = thread_us () - cpu;
      g_array_append_val (times, took);
      g_array_append_val (used, cpu);
    }
  print_times (class->name, times, used);
}

static gint64
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  at = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return at != NULL ? g_ascii_strtoll (at + 6, NULL, 10) : 0;
}

#define ANY .price_max = GM_SEARCH_ANY_PRICE

static const Class classes[] = {
  { "start: first page", 0, { ANY }, FIRST_PAGE },
  { "start: all row numbers", 0, { ANY }, 0 },
  { "prefix of 1", 1, { ANY, .sort = GM_SORT_RELEVANCE }, FIRST_PAGE },
  { "prefix of 2", 2, { ANY, .sort = GM_SORT_RELEVANCE }, FIRST_PAGE },
  { "prefix of 3, ranked", 3, { ANY, .sort = GM_SORT_RELEVANCE }, FIRST_PAGE },
  { "prefix of 4, ranked", 4, { ANY, .sort = GM_SORT_RELEVANCE }, FIRST_PAGE },
  { "prefix of 6, ranked", 6, { ANY, .sort = GM_SORT_RELEVANCE }, FIRST_PAGE },
  { "prefix of 3, newest", 3, { ANY }, FIRST_PAGE },
  { "prefix of 1, all row numbers", 1, { ANY }, 0 },
  { "prefix of 3 + genre + key",
    3,
    { ANY, .genre = (char *) "Jazz", .key = (char *) "Am" },
    FIRST_PAGE },
  { "prefix of 2 + bpm + price",
    2,
    { .bpm_min = 118, .bpm_max = 124, .price_min = 1, .price_max = 20000000 },
    FIRST_PAGE },
  { "genre + bpm + price",
    0,
    { .genre = (char *) "Afro",
      .bpm_min = 118,
      .bpm_max = 124,
      .price_min = 1,
      .price_max = 20000000 },
    FIRST_PAGE },
  { "prefix of 3, by price", 3, { ANY, .sort = GM_SORT_PRICE }, FIRST_PAGE },
  { "prefix of 2, by title", 2, { ANY, .sort = GM_SORT_TITLE }, FIRST_PAGE },
  { "genre, by price", 0, { ANY, .genre = (char *) "Jazz", .sort = GM_SORT_PRICE }, FIRST_PAGE },
  { "facets of prefix 1", 1, { ANY }, G_MAXUINT },
  { "facets of prefix 3", 3, { ANY }, G_MAXUINT },
  { "facets of a genre", 0, { ANY, .genre = (char *) "Jazz" }, G_MAXUINT },
};

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("gotmusic-bench-XXXXXX", NULL);
  g_autofree char *path = argc > 2 ? g_strdup (argv[2])
                                   : g_build_filename (folder, "cache.db", NULL);
  gboolean keep = argc > 2;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) sql = gm_catalog_db_open (path, &error);
  gint64 start = g_get_monotonic_time ();
  gint64 have = 0;

  g_assert_no_error (error);
  gm_catalog_db_count (sql, &have, NULL);
  if (have != n && !bench_catalog_fill (sql, n, &error))
    g_error ("%s", error->message);
  printf ("%u rows filled in %.1f s\n", n, (double) (g_get_monotonic_time () - start) / 1e6);
  gm_sql_close (g_steal_pointer (&sql));

  printf ("resident before opening: %" G_GINT64_FORMAT " KiB\n", resident_kib ());
  start = g_get_monotonic_time ();
  sql = gm_catalog_db_open_read_only (path, &error);
  g_assert_no_error (error);
  run_class (sql, &classes[0]);
  printf ("resident with the first page: %" G_GINT64_FORMAT " KiB\n", resident_kib ());
  for (guint i = 1; i < G_N_ELEMENTS (classes); i++)
    run_class (sql, &classes[i]);
  printf ("resident at the end: %" G_GINT64_FORMAT " KiB\n", resident_kib ());
  g_clear_pointer (&sql, gm_sql_close);
  if (!keep)
    g_unlink (path);
  g_rmdir (folder);
  return 0;
}
