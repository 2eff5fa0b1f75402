/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-scene.h"

#include <string.h>

#include "base/error.h"
#include "catalog/search.h"

static const struct
{
  const char *title;
  const char *artist;
  const char *type;
  const char *genre;
  const char *mood;
  const char *key;
  gint64 bpm;
  gint64 price;
  gboolean exclusive;
} table[] = {
  /* 0 is oldest */
  { "Tide", "Ann", "beat", "Trap", "dark", "Am", 140, 25000000, FALSE },
  { "Ebb", "Ben", "loop", "House", "warm", "C", 124, 0, FALSE },
  { "Tidal Wave", "Cleo", "beat", "Trap", "dark", "Em", 70, 5000000, TRUE },
  { "Café Noir", "Ann Tide", "track", "Jazz", NULL, "F#m", 0, 10000000, FALSE },
  { "Storm", "Dee", "track", "Hip Hop", "dark", "Bdim", 90, 7000000, FALSE },
};

static Scene *
filled (void)
{
  Scene *scene = scene_new ();
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      GmAsset *asset = scene_asset (i, table[i].title, table[i].artist);

      g_free (asset->type);
      asset->type = g_strdup (table[i].type);
      asset->genre = g_strdup (table[i].genre);
      asset->mood = g_strdup (table[i].mood);
      asset->key_sig = g_strdup (table[i].key);
      asset->bpm = table[i].bpm;
      asset->price_units = table[i].price;
      asset->is_exclusive = table[i].exclusive;
      g_ptr_array_add (page, asset);
    }
  scene_apply (scene, page, G_N_ELEMENTS (table));
  return scene;
}

/* The found rows by their number in the table: "40". */
static char *
found (Scene *scene, const GmSearch *search, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSearchResult) result = gm_search_run (scene->sql, search, limit, NULL, &error);
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  assets = gm_catalog_db_rows (scene->sql, (gint64 *) (gpointer) result->rows->data,
                               result->rows->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < assets->len; i++)
    g_string_append_c (out, ((GmAsset *) assets->pdata[i])->id[25]);
  if (!result->complete)
    g_string_append_c (out, '+');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define ANY .price_max = GM_SEARCH_ANY_PRICE

static void
test_filters (void)
{
  static const struct
  {
    GmSearch search;
    const char *rows;
  } cases[] = {
    { { ANY }, "43210" },
    { { ANY, .text = (char *) "t" }, "4320" }, /* also trap, track */
    { { ANY, .text = (char *) "tid" }, "320" },
    { { ANY, .text = (char *) "TIDE" }, "30" },
    { { ANY, .text = (char *) "tide ann" }, "30" },
    { { ANY, .text = (char *) "cafe" }, "3" },
    { { ANY, .text = (char *) "café-noir" }, "3" },
    { { ANY, .text = (char *) "dark tid" }, "20" },
    { { ANY, .text = (char *) "hip-hop" }, "4" },
    { { ANY, .text = (char *) "zzz" }, "" },
    { { ANY, .text = (char *) "\" OR * NEAR(" }, "" },
    { { ANY, .text = (char *) "'; DROP TABLE assets" }, "" },
    { { ANY, .text = (char *) "!!!" }, "43210" },
    { { ANY, .text = (char *) "\302\267" }, "43210" },
    { { ANY, .type = (char *) "beat" }, "20" },
    { { ANY, .genre = (char *) "Hip Hop" }, "4" },
    { { ANY, .genre = (char *) "Hip" }, "" },
    { { ANY, .genre = (char *) "Trap", .mood = (char *) "dark", .text = (char *) "wave" }, "2" },
    { { ANY, .key = (char *) "Am" }, "0" },
    { { ANY, .key = (char *) "8A" }, "0" },
    { { ANY, .key = (char *) "Am", .compatible = TRUE }, "210" }, /* 8A: 7A 9A 8A 8B */
    { { ANY, .key = (char *) "Gbm" }, "3" },                      /* F#m by another name */
    { { ANY, .key = (char *) "Bdim", .compatible = TRUE }, "4" },
    { { ANY, .bpm_min = 120, .bpm_max = 145 }, "10" },
    { { ANY, .bpm_min = 120, .bpm_max = 145, .bpm_folded = TRUE }, "210" },
    { { ANY, .bpm_min = 1, .bpm_max = 300 }, "4210" },
    { { ANY, .bpm_min = 80 }, "410" },
    { { ANY, .bpm_max = 100 }, "42" },
    { { ANY, .price_min = 6000000 }, "430" },
    { { .price_max = 7000000 }, "421" },
    { { .price_min = 6000000, .price_max = 7000000 }, "4" },
    { { .price_min = 6000000, .price_max = 30000000, .bpm_min = 1, .bpm_max = 300 }, "40" },
    { { .price_max = 0 }, "1" },
    { { ANY, .exclusive = TRUE }, "2" },
    { { ANY, .text = (char *) "t", .price_min = 6000000, .bpm_min = 1, .bpm_max = 900 }, "40" },
  };
  g_autoptr (Scene) scene = filled ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = found (scene, &cases[i].search, 0);

      if (strcmp (rows, cases[i].rows) != 0)
        g_error ("case %u: %s instead of %s", i, rows, cases[i].rows);
    }
}

static void
test_sorts (void)
{
  static const struct
  {
    GmSort sort;
    const char *text;
    const char *rows;
  } cases[] = {
    { GM_SORT_NEWEST, NULL, "43210" },   { GM_SORT_TITLE, NULL, "31420" },
    { GM_SORT_BPM, NULL, "24103" },      { GM_SORT_PRICE, NULL, "12430" },
    { GM_SORT_TITLE, "tid", "320" },     { GM_SORT_BPM, "tid", "203" },
    { GM_SORT_PRICE, "tid", "230" },     { GM_SORT_RELEVANCE, NULL, "43210" },
    { GM_SORT_RELEVANCE, "ti", "320" },  /* too short to rank */
    { GM_SORT_RELEVANCE, "tide", "03" }, /* a title before an artist */
    { GM_SORT_RELEVANCE, "tid", "023" }, /* so is part of a title */
  };
  g_autoptr (Scene) scene = filled ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSearch) search = gm_search_new ();
      g_autofree char *all = NULL;
      g_autofree char *two = NULL;
      g_autofree char *expected = NULL;

      search->sort = cases[i].sort;
      search->text = g_strdup (cases[i].text);
      all = found (scene, search, 0);
      if (strcmp (all, cases[i].rows) != 0)
        g_error ("case %u: %s instead of %s", i, all, cases[i].rows);
      /* the first page is the beginning of the whole */
      two = found (scene, search, 2);
      expected = strlen (all) > 2 ? g_strdup_printf ("%.2s+", all) : g_strdup (all);
      g_assert_cmpstr (two, ==, expected);
    }
}

/* More rows than are sorted one by one, through the same answers. */
static void
test_many (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autoptr (GmSearchResult) result = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const GmCatalogCursor cursor = { .epoch = (char *) "e1", .rev = 6000 };

  g_assert_true (gm_catalog_db_load_begin (scene->sql, NULL));
  for (guint i = 0; i < 6000; i++)
    {
      g_autoptr (GmAsset) asset = scene_asset (i, i % 6 == 0 ? "Other" : "Same", "Ann");

      asset->price_units = 1 + (i * 7919) % 6000;
      g_assert_true (gm_catalog_db_load_put (scene->sql, asset, &error));
    }
  g_assert_true (gm_catalog_db_load_finish (scene->sql, &cursor, &error));

  search->text = g_strdup ("same");
  search->sort = GM_SORT_PRICE;
  result = gm_search_run (scene->sql, search, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->rows->len, ==, 5000);
  assets = gm_catalog_db_rows (scene->sql, (gint64 *) (gpointer) result->rows->data, 5000, NULL);
  for (guint i = 1; i < assets->len; i++)
    {
      const GmAsset *before = assets->pdata[i - 1];
      const GmAsset *after = assets->pdata[i];

      g_assert_cmpint (before->price_units, <=, after->price_units);
      g_assert_cmpstr (after->title, ==, "Same");
    }

  g_cancellable_cancel (cancellable);
  g_assert_null (gm_search_run (scene->sql, search, 0, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
}

static void
test_copies (void)
{
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autoptr (GmSearch) copy = NULL;

  search->text = g_strdup ("tide");
  search->bpm_folded = TRUE;
  copy = gm_search_copy (search);
  g_assert_true (gm_search_equal (search, copy));
  copy->text[0] = 'T';
  g_assert_false (gm_search_equal (search, copy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/every-filter-finds-its-rows", test_filters);
  g_test_add_func ("/search/every-order-is-whole-and-by-pages", test_sorts);
  g_test_add_func ("/search/many-rows-are-sorted-alike", test_many);
  g_test_add_func ("/search/copies-are-equal-and-apart", test_copies);
  return g_test_run ();
}
