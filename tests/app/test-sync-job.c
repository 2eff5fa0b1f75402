/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync-job.h"

#include "catalog-scene.h"
#include "feed-store.h"

typedef struct
{
  Scene *scene;
  FeedStore *store;
  GmHttp *http;
  GmWorker *io;
  GmSyncJob *job;
  guint updates;
} Fixture;

static void
on_updated (GmSyncJob *job, gpointer data)
{
  ((Fixture *) data)->updates++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = scene_new ();
  self->store = feed_store_new ();
  self->http = gm_http_new ("test");
  self->io = gm_worker_new ("io", 2);
  self->job = gm_sync_job_new (self->io, self->http, self->store->origin, self->scene->path);
  g_signal_connect (self->job, "updated", G_CALLBACK (on_updated), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gm_sync_job_stop (self->job);
  g_clear_object (&self->job);
  while (gm_worker_backlog (self->io) > 0 || g_main_context_iteration (NULL, FALSE))
    ;
  gm_worker_free (self->io);
  feed_store_free (self->store);
  gm_http_free (self->http);
  scene_free (self->scene);
}

static void
wait_for (Fixture *self, GmSyncState state, gint64 rows)
{
  gint64 n = -1;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_true (gm_catalog_db_count (self->scene->sql, &n, NULL));
    }
  while (gm_sync_job_get_state (self->job) != state || n != rows);
}

static void
test_live (Fixture *self, gconstpointer data)
{
  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  gm_sync_job_start (self->job);
  wait_for (self, GM_SYNC_CURRENT, 1);
  g_assert_cmpuint (self->updates, ==, 1);

  feed_store_put (self->store, scene_asset (2, "Ebb", "Ann")); /* it is waiting, or about to */
  wait_for (self, GM_SYNC_CURRENT, 2);
  g_assert_cmpuint (self->updates, ==, 2);
}

static void
test_offline (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->store->fail = 429;
  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  gm_sync_job_start (self->job);
  wait_for (self, GM_SYNC_OFFLINE, 0);
  g_object_get (self->job, "error", &error, "state-text", &text, NULL);
  g_assert_nonnull (error);
  g_assert_cmpstr (text, ==, "The store does not answer");

  g_mutex_lock (&self->store->lock);
  self->store->fail = 0;
  g_mutex_unlock (&self->store->lock);
  gm_sync_job_retry (self->job);
  wait_for (self, GM_SYNC_CURRENT, 1);
  g_clear_error (&error);
  g_object_get (self->job, "error", &error, NULL);
  g_assert_null (error);
}

/* Dropped in the middle of a long poll: nothing keeps it, nothing answers. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  feed_store_put (self->store, scene_asset (1, "Tide", "Ann"));
  gm_sync_job_start (self->job);
  wait_for (self, GM_SYNC_CURRENT, 1);
  g_assert_finalize_object (g_steal_pointer (&self->job));
  self->job = gm_sync_job_new (self->io, self->http, self->store->origin, self->scene->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/sync-job/" path, Fixture, NULL, set_up, f, tear_down)
  ADD ("what-the-store-publishes-comes-by-itself", test_live);
  ADD ("it-comes-back-when-the-store-does", test_offline);
  ADD ("a-waiting-one-can-go", test_gone);
  return g_test_run ();
}
