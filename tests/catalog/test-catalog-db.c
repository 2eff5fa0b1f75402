/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-scene.h"

#include <string.h>

#include "base/error.h"
#include "catalog/search.h"

static guint
count (Scene *scene, const char *text)
{
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autoptr (GmSearchResult) result = NULL;
  g_autoptr (GError) error = NULL;

  search->text = g_strdup (text);
  result = gm_search_run (scene->sql, search, 0, NULL, &error);
  g_assert_no_error (error);
  return result->rows->len;
}

static void
test_page (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmAsset) first = scene_asset (1, "", "");
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAsset) found = NULL;
  g_auto (GmCatalogCursor) cursor = { 0 };
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  GmAsset *changed;
  gint64 n;

  g_assert_true (gm_catalog_db_cursor (scene->sql, &cursor, NULL));
  g_assert_null (cursor.epoch);

  g_ptr_array_add (page, scene_asset (1, "Tide", "Ann"));
  g_ptr_array_add (page, scene_asset (2, "Ebb", "Ann"));
  scene_apply (scene, page, 2);
  g_assert_true (gm_catalog_db_cursor (scene->sql, &cursor, NULL));
  g_assert_cmpstr (cursor.epoch, ==, "e1");
  g_assert_cmpint (cursor.rev, ==, 2);
  g_assert_cmpuint (count (scene, "ann"), ==, 2);

  /* a change replaces words and facets, an older revision does not */
  page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  changed = scene_asset (1, "Flood", "Ann");
  changed->rev = 3;
  g_ptr_array_add (page, changed);
  scene_apply (scene, page, 3);
  page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  g_ptr_array_add (page, scene_asset (1, "Tide", "Ann"));
  scene_apply (scene, page, 3);
  g_assert_cmpuint (count (scene, "tide"), ==, 0);
  g_assert_cmpuint (count (scene, "flood"), ==, 1);
  g_assert_true (gm_catalog_db_count (scene->sql, &n, &error));
  g_assert_cmpint (n, ==, 2);

  g_ptr_array_add (gone, g_strdup (first->id));
  g_clear_pointer (&cursor.epoch, g_free);
  cursor = (GmCatalogCursor){ .epoch = g_strdup ("e1"), .rev = 4 };
  g_assert_true (gm_catalog_db_apply (scene->sql, none, gone, &cursor, &error));
  g_assert_cmpuint (count (scene, "flood"), ==, 0);
  g_assert_cmpuint (count (scene, NULL), ==, 1);
  found = gm_catalog_db_find (scene->sql, gone->pdata[0], &error);
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

/* Rows survive the way through the database whole. */
static void
test_round_trip (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmAsset) asset = scene_asset (7, "Ünïcode 夜", "Bö");
  g_autoptr (GmAsset) found = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autoptr (GmSearchResult) result = NULL;
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  asset->tags = g_strsplit ("dark,808", ",", -1);
  asset->peaks = g_bytes_new ("\0\1\2", 3);
  asset->asset_id = g_strdup ("0xabc");
  asset->is_featured = TRUE;
  g_ptr_array_add (page, gm_record_copy (&gm_asset_type, asset));
  scene_apply (scene, page, 7);
  found = gm_catalog_db_find (scene->sql, asset->id, NULL);
  g_assert_true (gm_record_equal (&gm_asset_type, asset, found));
  g_clear_pointer (&found, gm_asset_free);
  found = gm_catalog_db_find_asset (scene->sql, "0xabc", NULL);
  g_assert_true (gm_record_equal (&gm_asset_type, asset, found));

  result = gm_search_run (scene->sql, search, 10, NULL, NULL);
  g_array_append_val (result->rows, (gint64){ 5 });
  rows = gm_catalog_db_rows (scene->sql, (gint64 *) (gpointer) result->rows->data, 2, NULL);
  g_assert_true (gm_record_equal (&gm_asset_type, asset, rows->pdata[0]));
  g_assert_null (rows->pdata[1]); /* not there any more */
}

static void
test_load (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmSql) reader = NULL;
  g_autoptr (GError) error = NULL;
  const GmCatalogCursor cursor = { .epoch = (char *) "e2", .rev = 50 };
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  gint64 n;

  g_ptr_array_add (page, scene_asset (1, "Old", "Ann"));
  scene_apply (scene, page, 1);
  reader = gm_catalog_db_open_read_only (scene->path, &error);
  g_assert_no_error (error);

  g_assert_true (gm_catalog_db_load_begin (scene->sql, &error));
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GmAsset) asset = scene_asset (i, "New", "Ben");

      asset->created_at = 5; /* all at once: they find places near each other */
      g_assert_true (gm_catalog_db_load_put (scene->sql, asset, &error));
    }
  g_assert_true (gm_catalog_db_count (reader, &n, &error)); /* still whole for readers */
  g_assert_cmpint (n, ==, 1);
  g_assert_true (gm_catalog_db_load_finish (scene->sql, &cursor, &error));
  g_assert_true (gm_catalog_db_count (reader, &n, &error));
  g_assert_cmpint (n, ==, 50);
  g_assert_cmpuint (count (scene, "old"), ==, 0);
  g_assert_cmpuint (count (scene, "new ben"), ==, 50);

  /* one id twice is nonsense, and leaves all as it was */
  g_assert_true (gm_catalog_db_load_begin (scene->sql, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GmAsset) asset = scene_asset (9, "Twice", "Cleo");

      g_assert_cmpint (gm_catalog_db_load_put (scene->sql, asset, &error), ==, i == 0);
    }
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  gm_catalog_db_load_abort (scene->sql);
  g_assert_cmpuint (count (scene, "new"), ==, 50);
}

static void
test_reopen (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GmCatalogCursor) cursor = { 0 };
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  g_ptr_array_add (page, scene_asset (1, "Tide", "Ann"));
  scene_apply (scene, page, 1);
  g_clear_pointer (&scene->sql, gm_sql_close);
  scene->sql = gm_catalog_db_open (scene->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (scene, "tide"), ==, 1);

  /* of another version: begun anew */
  g_assert_true (gm_sql_script (scene->sql, "PRAGMA user_version = 999", NULL));
  g_clear_pointer (&scene->sql, gm_sql_close);
  scene->sql = gm_catalog_db_open (scene->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (scene, "tide"), ==, 0);

  /* not a database at all: begun anew */
  g_clear_pointer (&scene->sql, gm_sql_close);
  g_assert_true (g_file_set_contents (scene->path,
                                      "this is music, not a database at all……………………………………"
                                      "………………………………………………………………………………",
                                      -1, NULL));
  scene->sql = gm_catalog_db_open (scene->path, &error);
  g_assert_no_error (error);
  g_assert_true (gm_catalog_db_cursor (scene->sql, &cursor, NULL));
  g_assert_null (cursor.epoch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog-db/a-page-and-its-revision-are-one", test_page);
  g_test_add_func ("/catalog-db/rows-come-back-whole", test_round_trip);
  g_test_add_func ("/catalog-db/a-load-is-all-or-nothing", test_load);
  g_test_add_func ("/catalog-db/a-bad-file-is-begun-anew", test_reopen);
  return g_test_run ();
}
