/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/facet-model.h"

#include "catalog-scene.h"

static guint changes;

static void
on_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  changes++;
}

static void
wait_for_change (void)
{
  guint before = changes;

  while (changes == before)
    g_main_context_iteration (NULL, TRUE);
}

static char *
describe (GmFacetModel *model)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (GmFacetItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_autofree char *count = NULL;
      gboolean selected;

      g_object_get (item, "count-text", &count, "selected", &selected, NULL);
      g_string_append_printf (out, "%s%s %s%s", i > 0 ? ", " : "", gm_facet_item_get_value (item),
                              count, selected ? "*" : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
settle (GmWorker *db)
{
  while (gm_worker_backlog (db) > 0 || g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_counts (void)
{
  g_autoptr (Scene) scene = scene_new ();
  GmWorker *db = gm_worker_new ("db", 1);
  g_autoptr (GmAssetMarks) marks = gm_asset_marks_new ();
  GmCatalogModel *catalog = gm_catalog_model_new (db, marks);
  GmFacetModel *model = gm_facet_model_new (catalog, GM_FACET_GENRE);
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  for (guint i = 0; i < 5; i++)
    {
      GmAsset *asset = scene_asset (i, i < 2 ? "Tide" : "Ebb", "Ann");

      asset->genre = g_strdup (i % 2 == 0 ? "Trap" : "House");
      g_ptr_array_add (page, asset);
    }
  scene_apply (scene, page, 5);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_changed), NULL);
  g_assert_true (gm_catalog_model_set_cache (catalog, scene->path, NULL));
  settle (db);
  g_assert_cmpuint (changes, ==, 0); /* nobody looks */

  gm_facet_model_set_active (model, TRUE);
  wait_for_change ();
  all = describe (model);
  g_assert_cmpstr (all, ==, "Trap 3, House 2");

  search->text = g_strdup ("ebb");
  gm_catalog_model_set_search (catalog, search); /* given up for the next one */
  search->genre = g_strdup ("House");
  gm_catalog_model_set_search (catalog, search);
  settle (db);
  some = describe (model);
  g_assert_cmpstr (some, ==, "Trap 2, House 1*");

  /* what changes behind one's back is counted when one looks again */
  gm_facet_model_set_active (model, FALSE);
  g_clear_pointer (&search->text, g_free);
  gm_catalog_model_set_search (catalog, search);
  changes = 0;
  settle (db);
  g_assert_cmpuint (changes, ==, 0);
  gm_facet_model_set_active (model, TRUE);
  wait_for_change ();
  g_free (all);
  all = describe (model);
  g_assert_cmpstr (all, ==, "Trap 3, House 2*");

  g_assert_finalize_object (model);
  g_assert_finalize_object (catalog);
  gm_worker_free (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facet-model/counts-what-each-filter-would-leave", test_counts);
  return g_test_run ();
}
