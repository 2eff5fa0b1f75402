/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/catalog-model.h"

#include "app/item-pages.h"
#include "catalog-scene.h"

typedef struct
{
  Scene *scene;
  GmWorker *db;
  GmAssetMarks *marks;
  GmCatalogModel *model;
  guint changes;
  guint position, removed, added; /* of the last */
} Fixture;

static void
on_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *self = data;

  self->changes++;
  self->position = position;
  self->removed = removed;
  self->added = added;
}

static void
fill (Fixture *self, guint n)
{
  const GmCatalogCursor cursor = { .epoch = (char *) "e1", .rev = n };

  g_assert_true (gm_catalog_db_load_begin (self->scene->sql, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmAsset) asset = scene_asset (i, i % 3 == 0 ? "Tide" : "Ebb", "Ann");

      asset->asset_id = g_strdup_printf ("0x%u", i);
      g_assert_true (gm_catalog_db_load_put (self->scene->sql, asset, NULL));
    }
  g_assert_true (gm_catalog_db_load_finish (self->scene->sql, &cursor, NULL));
}

static void
settle (Fixture *self)
{
  gboolean loading = TRUE;

  while (loading)
    {
      g_object_get (self->model, "loading", &loading, NULL);
      if (loading)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = scene_new ();
  self->db = gm_worker_new ("db", 1);
  self->marks = gm_asset_marks_new ();
  self->model = gm_catalog_model_new (self->db, self->marks);
  g_signal_connect (self->model, "items-changed", G_CALLBACK (on_changed), self);
  fill (self, 5000);
  g_assert_true (gm_catalog_model_set_cache (self->model, self->scene->path, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gm_worker_free (self->db);
  g_assert_finalize_object (self->marks);
  scene_free (self->scene);
}

static guint
length (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static char *
title_at (Fixture *self, guint position)
{
  g_autoptr (GmAssetItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  return g_strdup (gm_asset_item_get_asset (item)->id);
}

static void
search (Fixture *self, const char *text)
{
  g_autoptr (GmSearch) wanted = gm_search_new ();

  wanted->text = g_strdup (text);
  gm_catalog_model_set_search (self->model, wanted);
}

static void
test_start (Fixture *self, gconstpointer data)
{
  g_autofree char *first = title_at (self, 0);
  g_autofree char *last = NULL;

  /* the first page without any turn of the loop, the rest after */
  g_assert_cmpuint (self->changes, ==, 1);
  g_assert_cmpuint (length (self), ==, 256);
  g_assert_cmpstr (first, ==, "01J00000000000000000004999");
  settle (self);
  g_assert_cmpuint (self->changes, ==, 2);
  g_assert_cmpuint (self->position, ==, 256);
  g_assert_cmpuint (length (self), ==, 5000);
  last = title_at (self, 4999);
  g_assert_cmpstr (last, ==, "01J00000000000000000000000");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->model), 5000));
}

static void
test_search (Fixture *self, gconstpointer data)
{
  gboolean empty;

  settle (self);
  search (self, "t");
  search (self, "ti");
  search (self, "tide"); /* the ones before do not count any more */
  settle (self);
  g_assert_cmpuint (length (self), ==, 1667);
  search (self, "zzz");
  settle (self);
  g_object_get (self->model, "empty", &empty, NULL);
  g_assert_true (empty);
  g_assert_cmpuint (length (self), ==, 0);

  self->changes = 0;
  search (self, "zzz");
  settle (self);
  g_assert_cmpuint (self->changes, ==, 0); /* the same search is no news */
}

/* Scrolling through everything keeps a bounded number of items. */
static void
test_bounded (Fixture *self, gconstpointer data)
{
  GmAssetItem *watched[40];

  settle (self);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GmAssetItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (i % 128 == 0)
        {
          watched[i / 128] = item;
          g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &watched[i / 128]);
        }
    }
  g_assert_null (watched[0]);
  g_assert_nonnull (watched[5000 / 128]);
  for (guint i = 0; i <= 5000 / 128; i++)
    if (watched[i] != NULL)
      g_object_remove_weak_pointer (G_OBJECT (watched[i]), (gpointer *) &watched[i]);
}

static void
test_refresh (Fixture *self, gconstpointer data)
{
  g_autoptr (GmAssetItem) before = NULL;
  g_autoptr (GmAssetItem) after = NULL;
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  GmAsset *changed = scene_asset (4998, "Flood", "Ann");

  settle (self);
  before = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  changed->rev = 5001;
  g_ptr_array_add (page, changed);
  g_ptr_array_add (page, scene_asset (5002, "New", "Ann"));
  scene_apply (self->scene, page, 5002);

  self->changes = 0;
  gm_catalog_model_refresh (self->model);
  g_assert_cmpuint (self->changes, ==, 1); /* what is shown and changed, at once */
  g_assert_cmpuint (self->position, ==, 1);
  settle (self);
  g_assert_cmpuint (self->changes, ==, 2);
  g_assert_cmpuint (self->position, ==, 0); /* and the new one, never cut short */
  g_assert_cmpuint (self->added, ==, 1);
  g_assert_cmpuint (self->removed, ==, 0);
  after = g_list_model_get_item (G_LIST_MODEL (self->model), 1);
  g_assert_true (before == after);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (GmAssetItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), 3);
  g_autofree char *price = NULL;
  gboolean owned, playing;
  guint notified = 0;

  g_signal_connect (item, "notify", G_CALLBACK (on_notify), &notified);
  gm_asset_marks_set_owned (self->marks, "0x4996");
  gm_asset_marks_set_owned (self->marks, "0x4996");
  gm_asset_marks_set_playing (self->marks, "0x1");
  gm_asset_marks_set_playing (self->marks, "0x4996");
  g_object_get (item, "owned", &owned, "playing", &playing, "price-text", &price, NULL);
  g_assert_true (owned);
  g_assert_true (playing);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_cmpstr (price, ==, "10.00 USDC");
  g_signal_handlers_disconnect_by_data (item, &notified);
}

static void
test_closed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  settle (self);
  g_assert_false (gm_catalog_model_set_cache (self->model, "/nowhere/at-all.db", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (length (self), ==, 5000);
  g_assert_true (gm_catalog_model_set_cache (self->model, NULL, NULL));
  g_assert_cmpuint (length (self), ==, 0);
  search (self, "tide");
  gm_catalog_model_refresh (self->model);
  g_assert_null (gm_catalog_model_find (self->model, "01J00000000000000000004999"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/catalog-model/" path, Fixture, NULL, set_up, f, tear_down)
  ADD ("first-page-first", test_start);
  ADD ("only-the-last-search-counts", test_search);
  ADD ("memory-is-bounded", test_bounded);
  ADD ("a-refresh-changes-only-what-changed", test_refresh);
  ADD ("marks-are-live", test_marks);
  ADD ("without-a-cache-it-is-empty", test_closed);
  return g_test_run ();
}
