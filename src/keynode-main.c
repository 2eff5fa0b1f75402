/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/secret.h"
#include "keynode/holder-service.h"

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static GmHolderService *
start (const char *path, GError **error)
{
  GmPolicy *policy = gm_policy_load (path, error);
  GmHolderService *service = policy != NULL ? gm_holder_service_start (policy, error) : NULL;

  if (service == NULL)
    g_prefix_error (error, "%s: ", path);
  return service;
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = { { "policy", 0, 0, G_OPTION_ARG_FILENAME, &path,
                                     "What this holder serves", "FILE" },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GmHolderService) service = NULL;
  g_autoptr (GError) error = NULL;

  gm_secret_harden_process ();
  gm_log_init ("gotmusic-keynode", GM_LOG_INFO);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || path == NULL ||
      (service = start (path, &error)) == NULL)
    {
      fprintf (stderr, "gotmusic-keynode: %s\n",
               error != NULL ? error->message : "--policy FILE is needed");
      return EXIT_FAILURE;
    }

  printf ("listening on port %u\n", gm_holder_service_port (service));
  fflush (stdout);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
