/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/session-core.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "app/media-cache.h"
#include "base/error.h"
#include "licenses/license-db.h"

#define IO_THREADS    6
#define MEDIA_THREADS 2

static gboolean
make_folder (const char *path, GError **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 ||
         gm_fail (error, GM_ERROR_DENIED, "%s: %s", path, g_strerror (errno));
}

static void
start_workers (GmSessionCore *self)
{
  self->db = gm_worker_new ("db", 1);
  self->chain = gm_worker_new ("chain", 1);
  self->vault = gm_worker_new ("vault", 1);
  self->io = gm_worker_new ("io", IO_THREADS);
  self->media_io = gm_worker_new ("media", MEDIA_THREADS);
}

gboolean
gm_session_core_start (GmSessionCore *self, const char *data, const char *cache, GError **error)
{
  g_autoptr (GmSql) ledger = NULL;

  start_workers (self);
  self->http = gm_http_new ("GotMusic/" GM_VERSION);
  self->ledger = g_build_filename (data, "ledger.db", NULL);
  self->masters = g_build_filename (data, "masters", NULL);
  self->media = g_build_filename (cache, "media", NULL);
  if (!make_folder (self->masters, error) || !make_folder (self->media, error))
    return FALSE;

  gm_media_cache_trim (self->media, GM_MEDIA_CACHE_KEPT_BYTES);
  ledger = gm_license_db_open (self->ledger, error); /* migrates; users open it themselves */
  self->library_key = gm_library_key_new (data);
  return ledger != NULL;
}

void
gm_session_core_stop (GmSessionCore *self)
{
  g_clear_pointer (&self->db, gm_worker_free);
  g_clear_pointer (&self->chain, gm_worker_free);
  g_clear_pointer (&self->vault, gm_worker_free);
  g_clear_pointer (&self->io, gm_worker_free);
  g_clear_pointer (&self->media_io, gm_worker_free);
}

void
gm_session_core_clear (GmSessionCore *self)
{
  g_clear_pointer (&self->http, gm_http_free);
  g_clear_pointer (&self->library_key, gm_library_key_unref);
  g_clear_pointer (&self->ledger, g_free);
  g_clear_pointer (&self->masters, g_free);
  g_clear_pointer (&self->media, g_free);
}
