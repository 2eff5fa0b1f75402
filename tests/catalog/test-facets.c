/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-scene.h"

#include <string.h>

#include "catalog/facets.h"

static Scene *
filled (guint n)
{
  static const char *const genres[] = { "Trap", "House", "Trap", NULL };
  Scene *scene = scene_new ();
  const GmCatalogCursor cursor = { .epoch = (char *) "e1", .rev = n };

  g_assert_true (gm_catalog_db_load_begin (scene->sql, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmAsset) asset = scene_asset (i, i % 2 == 0 ? "Even" : "Odd", "Ann");

      asset->genre = g_strdup (i == n / 2 ? "Rare" : genres[i % 4]);
      asset->key_sig = g_strdup (i % 10 == 0 ? "Am" : "C");
      g_assert_true (gm_catalog_db_load_put (scene->sql, asset, NULL));
    }
  g_assert_true (gm_catalog_db_load_finish (scene->sql, &cursor, NULL));
  return scene;
}

static char *
counted (Scene *scene, const GmSearch *search, GmFacetGroup group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facets = gm_facets_count (scene->sql, search, group, NULL, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < facets->len; i++)
    {
      const GmFacet *facet = facets->pdata[i];

      g_string_append_printf (out, "%s%s %u%s", i > 0 ? ", " : "", facet->value, facet->count,
                              facet->at_least ? "+" : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
check (Scene *scene, GmSearch search, GmFacetGroup group, const char *expected)
{
  g_autofree char *text = NULL;

  if (search.price_max == 0)
    search.price_max = GM_SEARCH_ANY_PRICE;
  text = counted (scene, &search, group);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_few (void)
{
  g_autoptr (Scene) scene = filled (40);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const GmCatalogCursor cursor = { .epoch = (char *) "e1", .rev = 41 };

  check (scene, (GmSearch){ 0 }, GM_FACET_GENRE, "Trap 19, House 10, Rare 1");
  check (scene, (GmSearch){ .text = (char *) "odd" }, GM_FACET_GENRE, "House 10");
  check (scene, (GmSearch){ .text = (char *) "zzz" }, GM_FACET_GENRE, "");
  check (scene, (GmSearch){ 0 }, GM_FACET_KEY, "8B 36, 8A 4");
  check (scene, (GmSearch){ .genre = (char *) "House" }, GM_FACET_KEY, "8B 10");
  /* a group is counted without its own filter */
  check (scene, (GmSearch){ .genre = (char *) "House" }, GM_FACET_GENRE,
         "Trap 19, House 10, Rare 1");
  check (scene, (GmSearch){ .genre = (char *) "House", .text = (char *) "even" }, GM_FACET_GENRE,
         "Trap 19, Rare 1");

  /* tombstones are counted off */
  g_ptr_array_add (gone, g_strdup ("01J00000000000000000000020"));
  g_assert_true (gm_catalog_db_apply (scene->sql, none, gone, &cursor, NULL));
  check (scene, (GmSearch){ 0 }, GM_FACET_GENRE, "Trap 19, House 10");
}

static void
test_many (void)
{
  g_autoptr (Scene) scene = filled (20000);

  gm_facets_set_budget_for_test (G_USEC_PER_SEC * 60); /* exact, however slow this machine is */
  check (scene, (GmSearch){ 0 }, GM_FACET_GENRE, "Trap 1000+, House 1000+, Rare 1");
  check (scene, (GmSearch){ .text = (char *) "even" }, GM_FACET_GENRE, "Trap 1000+, Rare 1");
  check (scene, (GmSearch){ .text = (char *) "ann" }, GM_FACET_KEY, "8A 1000+, 8B 1000+");
}

/* Out of time, a count is what was seen so far, and says so. */
static void
test_late (void)
{
  g_autoptr (Scene) scene = filled (20000);

  gm_facets_set_budget_for_test (0);
  check (scene, (GmSearch){ .text = (char *) "ann" }, GM_FACET_KEY, "8B 1000+, 8A 800+");
  gm_facets_set_budget_for_test (-1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facets/few-rows-are-counted-exactly", test_few);
  g_test_add_func ("/facets/many-rows-are-at-least-a-thousand", test_many);
  g_test_add_func ("/facets/out-of-time-is-at-least", test_late);
  return g_test_run ();
}
