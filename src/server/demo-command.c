/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>

#include "base/error.h"
#include "base/log.h"
#include "server/demo-music.h"
#include "server/holder-set.h"
#include "server/keynode-guard.h"
#include "server/serve-loop.h"
#include "server/server-cli.h"

static GmKeynodeGuard *
start_holders (GmService *service, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) policies = NULL;

  if (!gm_holder_set_ensure (service, error))
    return NULL;
  for (guint i = 1; i <= GM_HOLDER_SET_SIZE; i++)
    {
      g_autofree char *path = gm_holder_set_dup_policy (service, i);

      g_strv_builder_add (builder, path);
    }
  policies = g_strv_builder_end (builder);
  return gm_keynode_guard_start ((const char *const *) policies, error);
}

typedef struct
{
  GmDemoMusicAsk ask;
  GmDemoMusic *music;
} Demo;

/* Nobody waits for the music: the store is open while it fills. */
static void
on_started (GmService *service, gpointer user_data)
{
  Demo *demo = user_data;
  g_autoptr (GError) problem = NULL;

  demo->music = gm_demo_music_start (service, &demo->ask, &problem);
  if (demo->music == NULL)
    gm_log (GM_LOG_WARNING, "demo music", "ERROR", problem->message, NULL);
}

static gboolean
serve (GmService *service, const GmServerCall *call, GError **error)
{
  Demo demo = { .ask = { (guint) MAX (call->pieces, 0), call->fast } };
  gboolean served;

  signal (SIGPIPE, SIG_IGN); /* who reads our progress may leave */
  served = gm_serve_loop_run (service, on_started, &demo, error);
  gm_demo_music_stop (demo.music);
  return served;
}

/* One folder, one command: schema, keys, holders, music, API. Only on loopback, because the first
 * wallet becomes admin. */
gboolean
gm_demo_command (GmServerCall *call, GError **error)
{
  g_autofree char *database = gm_server_config_dup_path (call->config, "store.db");
  g_autoptr (GmService) service = NULL;
  g_autoptr (GmKeynodeGuard) guard = NULL;

  if (!gm_server_config_is_loopback (call->config))
    return gm_fail (error, GM_ERROR_DENIED, "a demo store is for this machine alone: 127.0.0.1");
  call->config->demo = TRUE;
  if (!gm_server_config_make_folders (call->config, error) ||
      !gm_server_config_hold (call->config, error) || !gm_database_migrate (database, 0, error))
    return FALSE;
  service = gm_service_open (g_steal_pointer (&call->config), error);
  guard = service != NULL ? start_holders (service, error) : NULL;
  return guard != NULL && serve (service, call, error);
}
