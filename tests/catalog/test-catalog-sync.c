/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-sync.h"

#include <string.h>

#include "base/error.h"
#include "catalog-scene.h"
#include "feed-store.h"

typedef struct
{
  Scene *scene;
  FeedStore *store;
  GmHttp *http;
  char *spool;
  GmCatalogSync sync;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = scene_new ();
  self->store = feed_store_new ();
  self->http = gm_http_new ("test");
  self->spool = g_build_filename (self->scene->folder, "spool", NULL);
  self->sync = (GmCatalogSync){ .cache = self->scene->sql,
                                .http = self->http,
                                .origin = self->store->origin,
                                .spool = self->spool };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  feed_store_free (self->store);
  gm_http_free (self->http);
  scene_free (self->scene);
  g_free (self->spool);
}

static gint64
count (Fixture *self)
{
  gint64 n;

  g_assert_true (gm_catalog_db_count (self->scene->sql, &n, NULL));
  return n;
}

/* Steps until the store has no more; returns how many. */
static guint
catch_up (Fixture *self)
{
  GmCatalogSyncOutcome outcome = { .more = TRUE };
  guint steps = 0;

  for (; outcome.more; steps++)
    {
      g_autoptr (GError) error = NULL;

      gm_catalog_sync_step (&self->sync, &outcome, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (steps, <, 20);
    }
  return steps;
}

static void
test_follows (Fixture *self, gconstpointer data)
{
  g_autoptr (GmAsset) found = NULL;
  g_autoptr (GError) error = NULL;
  GmAsset *hidden;

  for (guint i = 1; i <= 3; i++)
    feed_store_put (self->store, scene_asset (i, "Tide", "Ann"));
  g_assert_cmpuint (catch_up (self), ==, 2); /* the snapshot, then nothing new */
  g_assert_cmpint (count (self), ==, 3);
  g_assert_cmpuint (self->store->snapshots, ==, 1);
  g_assert_false (g_file_test (self->spool, G_FILE_TEST_EXISTS));

  for (guint i = 4; i <= 8; i++)
    feed_store_put (self->store, scene_asset (i, "Ebb", "Ann"));
  hidden = scene_asset (1, "Tide", "Ann");
  g_free (hidden->status);
  hidden->status = g_strdup ("archived");
  feed_store_put (self->store, hidden);
  g_assert_cmpuint (catch_up (self), ==, 3); /* pages of two */
  g_assert_cmpint (count (self), ==, 7);
  g_assert_cmpuint (self->store->snapshots, ==, 1);
  found = gm_catalog_db_find (self->scene->sql, hidden->id, &error);
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
test_epoch (Fixture *self, gconstpointer data)
{
  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  feed_store_put (self->store, scene_asset (2, "Ebb", "Ann"));
  catch_up (self);

  /* restored from a backup: fewer rows, other revisions */
  g_mutex_lock (&self->store->lock);
  g_free (self->store->epoch);
  self->store->epoch = g_strdup ("0f-bb");
  g_ptr_array_set_size (self->store->assets, 1);
  self->store->rev = 1;
  g_mutex_unlock (&self->store->lock);
  catch_up (self);
  g_assert_cmpint (count (self), ==, 1);
  g_assert_cmpuint (self->store->snapshots, ==, 2);
}

/* Whatever it says, what we have stays. */
static void
test_hostile (Fixture *self, gconstpointer data)
{
#define ROW(id, status, rev)                                                                       \
  "{\"id\":\"" id "\",\"title\":\"T\",\"artist\":\"A\",\"type\":\"beat\",\"status\":\"" status     \
  "\",\"priceUnits\":\"0\",\"priceCurrency\":\"USDC\",\"version\":1,\"rev\":" rev                  \
  ",\"createdAt\":1,\"updatedAt\":1}"
#define PAGE(rev, items, more)                                                                     \
  "{\"epoch\":\"0f-aa\",\"rev\":" rev ",\"items\":[" items "],\"more\":" more "}"
#define ID "01J00000000000000000000077"
  static const char *const changes[] = {
    "<html>502 Bad Gateway</html>",
    "[]",
    "{}",
    PAGE ("-1", "", "false"),
    PAGE ("0", "", "false"), /* backwards */
    PAGE ("1", "", "true"),  /* more, but no further */
    PAGE ("9", ROW (ID, "draft", "9"), "false"),
    PAGE ("9", ROW (ID, "published", "10"), "false"), /* of the future */
    PAGE ("9", ROW ("../../etc/passwd", "published", "9"), "false"),
    PAGE ("9", "7", "false"),
    PAGE ("9", "{\"id\":\"x\",\"deleted\":true}", "false"),
    PAGE ("9", "{\"deleted\":true}", "false"),
    PAGE ("9", ROW (ID, "published", "9") "," ROW ("bad", "published", "9"), "false"),
    "{\"epoch\":\"0f-aa\",\"rev\":9,\"items\":{}}",
    "{\"epoch\":\"0f-aa\",\"rev\":\"9\",\"items\":[]}",
    "{\"epoch\":\"a b&c\",\"rev\":9,\"items\":[]}",
  };

  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  catch_up (self);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      GmCatalogSyncOutcome outcome = { 0 };
      g_auto (GmCatalogCursor) cursor = { 0 };
      g_autoptr (GError) error = NULL;

      g_free (self->store->changes);
      self->store->changes = g_strdup (changes[i]);
      if (gm_catalog_sync_step (&self->sync, &outcome, NULL, &error))
        g_error ("taken: %s", changes[i]);
      g_assert_true (gm_error_is (error, GM_ERROR_BAD_DATA) ||
                     gm_error_is (error, GM_ERROR_REMOTE));
      g_assert_cmpint (count (self), ==, 1);
      g_assert_true (gm_catalog_db_cursor (self->scene->sql, &cursor, NULL));
      g_assert_cmpint (cursor.rev, ==, 1);
    }
  g_clear_pointer (&self->store->changes, g_free);
  feed_store_put (self->store, scene_asset (2, "Ebb", "Ann"));
  catch_up (self);
  g_assert_cmpint (count (self), ==, 2);
}

static void
test_hostile_snapshot (Fixture *self, gconstpointer data)
{
#define HEAD(count) "{\"epoch\":\"0f-bb\",\"rev\":5,\"count\":" count "}\n"
  static const char *const snapshots[] = {
    "",
    "<html>",
    HEAD ("1"),
    HEAD ("-1"),
    HEAD ("99999999"),
    "{\"epoch\":\"e\",\"rev\":1}\n",
    HEAD ("1") "not json\n",
    HEAD ("1") ROW (ID, "draft", "5") "\n",
    HEAD ("1") ROW (ID, "published", "6") "\n",
    HEAD ("1") ROW (ID, "published", "5"), /* cut inside the line */
    HEAD ("2") ROW (ID, "published", "5") "\n",
    HEAD ("2") ROW (ID, "published", "5") "\n" ROW (ID, "published", "5") "\n",
    "\x1f\x8b"
    "not gzip at all",
  };

  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  catch_up (self);
  g_free (self->store->epoch);
  self->store->epoch = g_strdup ("0f-bb"); /* 410 from now on */
  for (guint i = 0; i < G_N_ELEMENTS (snapshots); i++)
    {
      GmCatalogSyncOutcome outcome = { 0 };
      g_autoptr (GError) error = NULL;

      g_free (self->store->snapshot);
      self->store->snapshot = g_strdup (snapshots[i]);
      if (gm_catalog_sync_step (&self->sync, &outcome, NULL, &error))
        g_error ("taken: %s", snapshots[i]);
      g_assert_nonnull (error);
      g_assert_cmpint (count (self), ==, 1);
    }
  g_clear_pointer (&self->store->snapshot, g_free);
  catch_up (self);
  g_assert_cmpint (count (self), ==, 1);
}

static void
test_long_line (Fixture *self, gconstpointer data)
{
  GmCatalogSyncOutcome outcome = { 0 };
  g_autoptr (GError) error = NULL;

  self->store->snapshot = g_malloc0 (GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES * 3);
  memset (self->store->snapshot, ' ', GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES * 3 - 1);
  g_assert_false (gm_catalog_sync_step (&self->sync, &outcome, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "a line has more than"));
}

static void
test_away (Fixture *self, gconstpointer data)
{
  GmCatalogSyncOutcome outcome = { 0 };
  g_autoptr (GError) error = NULL;

  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  catch_up (self);
  self->store->fail = 429;
  g_assert_false (gm_catalog_sync_step (&self->sync, &outcome, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_clear_pointer (&self->store->web, gm_web_server_stop);
  g_assert_false (gm_catalog_sync_step (&self->sync, &outcome, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpint (count (self), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/catalog-sync/" path, Fixture, NULL, set_up, f, tear_down)
  ADD ("follows-the-feed", test_follows);
  ADD ("a-new-epoch-is-loaded-whole", test_epoch);
  ADD ("hostile-changes-change-nothing", test_hostile);
  ADD ("hostile-snapshots-change-nothing", test_hostile_snapshot);
  ADD ("a-line-without-end-is-refused", test_long_line);
  ADD ("without-the-store-the-cache-stays", test_away);
  return g_test_run ();
}
