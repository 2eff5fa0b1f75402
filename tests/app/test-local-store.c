/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/local-store.h"
#include "base/error.h"
#include "session-scene.h"
#include <glib/gstdio.h>

typedef struct
{
  SessionScene *scene;
  GmLocalStore *store; /* of the session */
  char *path;          /* PATH as it was */
} Fixture;

/* A program of this name comes first on the path; "demo" runs @script. */
static void
install (Fixture *self, const char *script)
{
  g_autofree char *program = g_build_filename (self->scene->folder, "gotmusic-server", NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  g_autofree char *path = g_strconcat (self->scene->folder, ":", self->path, NULL);

  g_assert_true (g_file_set_contents (program, text, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  g_setenv ("PATH", path, TRUE);
  self->store = gm_local_store_of (self->scene->session);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = session_scene_new ();
  gm_settings_set_store (self->scene->settings, "", "");
  g_object_set (self->scene->settings, "demo-store", FALSE, NULL);
  self->path = g_strdup (g_getenv ("PATH"));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_setenv ("PATH", self->path, TRUE);
  session_scene_free (self->scene);
  g_free (self->path);
}

static gboolean
is_ready (gpointer store)
{
  g_autofree char *url = NULL;

  g_object_get (store, "url", &url, NULL);
  return url != NULL;
}

static gboolean
has_failed (gpointer store)
{
  g_autoptr (GError) error = NULL;

  g_object_get (store, "error", &error, NULL);
  return error != NULL;
}

static void
take_fraction (GmLocalStore *store, GParamSpec *pspec, GArray *seen)
{
  double fraction;

  g_object_get (store, "fraction", &fraction, NULL);
  g_array_append_val (seen, fraction);
}

static void
test_tells_how_far_it_is (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *url = NULL;
  gboolean ours;

  install (self, "[ \"$1\" = demo ] || exit 9\n"
                 "echo progress 6 24 Making music\necho nonsense\necho progress x\n"
                 "echo ready http://127.0.0.1:8085\nexec sleep 60");
  g_assert_true (gm_local_store_is_available (self->store));
  g_signal_connect (self->store, "notify::fraction", G_CALLBACK (take_fraction), seen);
  gm_local_store_start (self->store);
  session_scene_wait (is_ready, self->store);
  g_object_get (self->store, "url", &url, NULL);
  g_object_get (self->scene->settings, "demo-store", &ours, NULL);
  g_assert_cmpstr (url, ==, "http://127.0.0.1:8085");
  g_assert_true (ours);
  g_assert_cmpuint (seen->len, ==, 3);
  g_assert_cmpfloat (g_array_index (seen, double, 1), ==, 0.25);
}

static void
test_says_why_it_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean running;

  install (self, "echo '{\"message\":\"log\"}' >&2; echo 'gotmusic-server: the port is taken' >&2\n"
                 "echo '{\"message\":\"log\"}' >&2; exit 1");
  gm_local_store_start (self->store);
  session_scene_wait (has_failed, self->store);
  g_object_get (self->store, "error", &error, "running", &running, NULL);
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_true (g_str_has_suffix (error->message, ": the port is taken"));
  g_assert_false (running);
}

static void
test_stopping_is_no_failure (Fixture *self, gconstpointer data)
{
  gboolean running;

  install (self, "echo ready http://127.0.0.1:8085\nexec sleep 60");
  gm_local_store_start (self->store);
  session_scene_wait (is_ready, self->store);
  gm_local_store_stop (self->store);
  g_object_get (self->store, "running", &running, NULL);
  g_assert_false (running);
  g_assert_false (is_ready (self->store));
  gm_local_store_start (self->store); /* and again */
  session_scene_wait (is_ready, self->store);
  g_assert_false (has_failed (self->store));
}

static void
test_starts_again_only_what_was_started_here (Fixture *self, gconstpointer data)
{
  gboolean running;

  install (self, "echo ready http://127.0.0.1:8085\nexec sleep 60");
  gm_settings_set_store (self->scene->settings, "http://127.0.0.1:8085", "0x00");
  gm_local_store_resume (self->store);
  g_object_get (self->store, "running", &running, NULL);
  g_assert_false (running);

  g_object_set (self->scene->settings, "demo-store", TRUE, NULL);
  gm_settings_set_store (self->scene->settings, "https://store.example", "0x00");
  gm_local_store_resume (self->store);
  g_object_get (self->store, "running", &running, NULL);
  g_assert_false (running);

  gm_settings_set_store (self->scene->settings, "http://127.0.0.1:8085", "0x00");
  gm_local_store_resume (self->store);
  session_scene_wait (is_ready, self->store);
}

static void
test_loopback_is_this_machine_only (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *url;
    gboolean loopback;
  } cases[] = {
    { "http://127.0.0.1:8085", TRUE },
    { "http://127.9.9.9/", TRUE },
    { "http://[::1]:8085", TRUE },
    { "http://localhost:8085", TRUE },
    { "http://LOCALHOST", TRUE },
    { "http://localhost.evil.example", FALSE },
    { "http://127.0.0.1.evil.example", FALSE },
    { "http://127.0.0.1@evil.example/", FALSE },
    { "http://10.0.0.1", FALSE },
    { "http://0.0.0.0", FALSE },
    { "nonsense", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gm_local_store_is_loopback (cases[i].url), ==, cases[i].loopback);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *self, gconstpointer data);
  } cases[] = {
    { "/local-store/tells-how-far-it-is", test_tells_how_far_it_is },
    { "/local-store/says-why-it-stopped", test_says_why_it_stopped },
    { "/local-store/stopping-is-no-failure", test_stopping_is_no_failure },
    { "/local-store/starts-again-only-what-was-started-here",
      test_starts_again_only_what_was_started_here },
    { "/local-store/loopback-is-this-machine-only", test_loopback_is_this_machine_only },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
