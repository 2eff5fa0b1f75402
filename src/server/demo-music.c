/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/demo-music.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/error.h"
#include "base/log.h"
#include "base/worker.h"
#include "demo/demo-store.h"
#include "server/importer.h"

#define THREADS 2
#define NICE    5 /* requests come first */
#define DONE    "done"

struct _GmDemoMusic
{
  GmService *service;
  GObject *owner; /* of the calls: they end with it */
  GmWorker *worker;
  gboolean fast;
  guint n_pieces;
  guint n_done;
};

typedef struct
{
  GmDemoMusic *music;
  const GmPiece *piece;
  guint index;
} Task;

static char *
dup_setting_name (guint index)
{
  return g_strdup_printf ("demo-piece-%02u", index + 1);
}

static gboolean
is_done (GmSql *sql, guint index, gboolean *done, GError **error)
{
  g_autofree char *name = dup_setting_name (index);
  g_autoptr (GError) problem = NULL;
  g_autofree char *value = gm_database_dup_setting (sql, name, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *done = g_strcmp0 (value, DONE) == 0;
  return TRUE;
}

static gboolean
remember (GmService *service, guint index, GError **error)
{
  g_autofree char *name = dup_setting_name (index);
  g_auto (GmWriter) writer = { 0 };

  return gm_database_begin (service->database, &writer, error) &&
         gm_database_put_setting (&writer, name, DONE, error) &&
         gm_database_commit (&writer, error);
}

static gboolean
import (const Task *task, const char *folder, GCancellable *cancellable, GError **error)
{
  const GmPiece *piece = task->piece;
  g_auto (GStrv) tags = g_strsplit (piece->tags, " ", 0);
  const GmAsset like = { .type = (char *) piece->type,
                         .tags = tags,
                         .is_featured = piece->featured,
                         .is_exclusive = piece->exclusive };
  GmImportSummary summary = { 0 };

  if (!gm_importer_run (
          task->music->service,
          &(GmImporterAsk){
              .folder = folder, .artist = piece->artist, .like = &like, .quiet = TRUE },
          &summary, cancellable, error))
    return FALSE;
  return summary.failed == 0 ||
         gm_fail (error, GM_ERROR_BUG, "the store does not take “%s”", piece->title);
}

/* On a worker. The same bytes again make the same asset, so dying anywhere in here is harmless. */
static gpointer
make (gpointer input, GCancellable *cancellable, GError **error)
{
  const Task *task = input;
  g_autofree char *name = g_strdup_printf ("spool/demo/%02u", task->index + 1);
  g_autofree char *folder = gm_server_config_dup_path (task->music->service->config, name);
  g_autofree char *path = NULL;
  gboolean done;

  setpriority (PRIO_PROCESS, 0, NICE); /* of this thread alone, and of the children it starts */
  path = gm_demo_store_render (&(GmDemoStoreAsk){ task->piece, folder, task->music->fast },
                               cancellable, error);
  if (path == NULL)
    return NULL;
  done = import (task, folder, cancellable, error);
  g_unlink (path); /* before it is remembered: nobody would look for it any more */
  g_rmdir (folder);
  return done && remember (task->music->service, task->index, error) ? (gpointer) task->piece->title
                                                                     : NULL;
}

static void
made (gpointer owner, gpointer result, const GError *error)
{
  GmDemoMusic *self = g_object_get_data (owner, "music");

  if (result == NULL)
    {
      gm_log (GM_LOG_WARNING, "demo music", "ERROR", error->message, NULL);
      return;
    }
  self->n_done++;
  printf ("progress %u %u %s\n", self->n_done, self->n_pieces, (const char *) result);
  fflush (stdout);
}

static gboolean
queue_missing (GmDemoMusic *self, const GmPiece *pieces, GError **error)
{
  g_auto (GmReader) reader = { 0 };

  if (!gm_database_read (self->service->database, &reader, error))
    return FALSE;
  for (guint i = 0; i < self->n_pieces; i++)
    {
      Task task = { self, &pieces[i], i };
      gboolean done;

      if (!is_done (reader.sql, i, &done, error))
        return FALSE;
      self->n_done += done;
      if (!done)
        gm_worker_run (self->worker, &(GmCall){ .owner = self->owner,
                                                .work = make,
                                                .input = g_memdup2 (&task, sizeof task),
                                                .free_input = g_free,
                                                .done = made });
    }
  return TRUE;
}

GmDemoMusic *
gm_demo_music_start (GmService *service, const GmDemoMusicAsk *ask, GError **error)
{
  g_autoptr (GmDemoMusic) self = g_new0 (GmDemoMusic, 1);
  guint n;
  const GmPiece *pieces = gm_piece_all (&n);

  self->service = service;
  self->fast = ask->fast;
  self->n_pieces = ask->n_pieces > 0 ? MIN (ask->n_pieces, n) : n;
  self->worker = gm_worker_new ("demo", THREADS);
  self->owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->owner, "music", self);
  return queue_missing (self, pieces, error) ? g_steal_pointer (&self) : NULL;
}

void
gm_demo_music_stop (GmDemoMusic *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->owner);
  gm_worker_free (self->worker);
  g_free (self);
}
