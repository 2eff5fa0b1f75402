/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>

#include "base/error.h"
#include "server/serve-loop.h"
#include "server/server-cli.h"
#include "server/store-worker.h"

gboolean
gm_serve_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmService) service = NULL;

  if (!gm_server_config_make_folders (call->config, error) ||
      !gm_server_config_hold (call->config, error))
    return FALSE;
  service = gm_service_open (g_steal_pointer (&call->config), error);
  return service != NULL && gm_serve_loop_run (service, NULL, NULL, error);
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

gboolean
gm_worker_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmService) service = gm_service_open (g_steal_pointer (&call->config), error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GmStoreWorker) worker = NULL;

  if (service == NULL)
    return FALSE;
  worker = gm_store_worker_start (service);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_main_loop_run (loop);
  return TRUE;
}
