/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/keynode-guard.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/log.h"
#include "server-world.h"

/* A program that says it listens and ends, and the next time says nothing for ever. */
static char *
make_program (const char *folder)
{
  char *path = g_build_filename (folder, "node", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "cd '%s' || exit 1\n"
                                           "[ -e begun ] && touch hangs && exec sleep 60\n"
                                           "touch begun\n"
                                           "echo ready\n",
                                           folder);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_hang (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-guard-XXXXXX", NULL);
  g_autofree char *program = make_program (folder);
  g_autofree char *hangs = g_build_filename (folder, "hangs", NULL);
  const char *const policies[] = { "policy", NULL };
  const gint64 until = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;
  const guint tick = g_timeout_add (10, on_tick, NULL);
  g_autoptr (GError) error = NULL;
  GmKeynodeGuard *guard;

  g_setenv ("GM_KEYNODE", program, TRUE);
  guard = gm_keynode_guard_start (policies, &error);
  g_assert_no_error (error);
  while (!g_file_test (hangs, G_FILE_TEST_EXISTS))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, until);
    }
  gm_keynode_guard_stop (guard);
  g_source_remove (tick);
  server_world_remove (folder);
}

/* At the start its words are waited for. */
static void
test_silent (void)
{
  const char *const policies[] = { "policy", NULL };
  g_autoptr (GError) error = NULL;

  g_setenv ("GM_KEYNODE", "/bin/true", TRUE);
  g_assert_null (gm_keynode_guard_start (policies, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gm_log_init ("test", GM_LOG_ERROR);
  g_test_add_func ("/keynode-guard/a-node-that-hangs-hangs-nothing", test_hang);
  g_test_add_func ("/keynode-guard/a-node-that-does-not-start-is-an-error", test_silent);
  return g_test_run ();
}
