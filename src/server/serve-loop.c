/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/serve-loop.h"

#include <glib-unix.h>
#include <stdio.h>

#include "base/error.h"
#include "base/log.h"
#include "server/store-worker.h"

#define FEED_LOOK_MS 500 /* for changes that another process made */

typedef struct
{
  GmService *service;
  GMainLoop *loop;
  gint64 rev;
} Loop;

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* "import" and "worker" may be processes of their own; long polls here hear of their changes too.
 */
static gboolean
look_at_feed (gpointer user_data)
{
  Loop *self = user_data;
  g_auto (GmReader) reader = { 0 };
  gint64 rev;

  if (!gm_database_read (self->service->database, &reader, NULL) ||
      !gm_sql_int (reader.sql, "SELECT rev FROM feed", NULL, 0, &rev, NULL))
    return G_SOURCE_CONTINUE;
  if (rev != self->rev)
    gm_web_server_wake (self->service->web);
  self->rev = rev;
  return G_SOURCE_CONTINUE;
}

static void
poke (gpointer worker)
{
  gm_store_worker_poke (worker);
}

gboolean
gm_serve_loop_run (GmService *service, GmServeStarted started, gpointer user_data, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GmStoreWorker) worker = NULL;
  Loop self = { service, loop, 0 };
  guint sources[3];

  if (!gm_service_check_chain (service, error) || !gm_service_start (service, error))
    return FALSE;
  if (!service->config->no_worker)
    {
      worker = gm_store_worker_start (service);
      service->on_job_data = worker;
      service->on_job = poke;
    }
  sources[0] = g_unix_signal_add (SIGTERM, on_signal, loop);
  sources[1] = g_unix_signal_add (SIGINT, on_signal, loop);
  sources[2] = g_timeout_add (FEED_LOOK_MS, look_at_feed, &self);
  printf ("ready %s\n", gm_service_origin (service));
  fflush (stdout);
  gm_log (GM_LOG_INFO, "store serves", "ORIGIN", gm_service_origin (service), NULL);
  if (started != NULL)
    started (service, user_data);

  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  gm_log (GM_LOG_INFO, "store stops", NULL);
  gm_database_on_change (service->database, NULL, NULL);
  g_clear_pointer (&service->web, gm_web_server_stop);
  return TRUE;
}
