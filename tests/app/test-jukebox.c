/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/jukebox.h"
#include "base/error.h"
#include "session-scene.h"

static void
take_failure (GmJukebox *jukebox, const GError *error, GError **into)
{
  g_clear_error (into);
  *into = g_error_copy (error);
}

static void
test_unknown_names_are_said (void)
{
  SessionScene *scene = session_scene_new ();
  g_autoptr (GmJukebox) jukebox = gm_jukebox_new (scene->session);
  g_autofree char *nine = session_scene_dup_asset_id (9);
  g_autoptr (GError) error = NULL;

  g_signal_connect (jukebox, "failed", G_CALLBACK (take_failure), &error);
  gm_jukebox_preview (jukebox, "01M891GFPS47RP2AFJK1FREKCA");
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  gm_jukebox_play (jukebox, nine);
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_object (&jukebox);
  session_scene_free (scene);
}

static void
test_keys_before_the_start_do_nothing (void)
{
  SessionScene *scene = session_scene_new ();
  GmJukebox *jukebox = gm_jukebox_new (scene->session);
  const GmPlayerFacts *facts = gm_player_state_get_facts (gm_jukebox_get_state (jukebox));

  gm_jukebox_press (jukebox, GM_JUKEBOX_TOGGLE);
  gm_jukebox_seek (jukebox, 1000);
  gm_jukebox_seek_by (jukebox, -1000);
  g_assert_null (gm_jukebox_get_queue (jukebox));
  g_assert_cmpint (facts->mode, ==, GM_PLAYER_IDLE);
  g_assert_finalize_object (jukebox);
  session_scene_free (scene);
}

static gboolean
is_loaded (gpointer jukebox)
{
  return gm_player_state_get_facts (gm_jukebox_get_state (jukebox))->mode == GM_PLAYER_MASTER;
}

/* What is asked for before GStreamer is there is played once it is. */
static void
test_what_was_asked_early_is_played (void)
{
  SessionScene *scene = session_scene_new ();
  GmJukebox *jukebox = gm_jukebox_new (scene->session);
  GmPlayerState *state = gm_jukebox_get_state (jukebox);
  g_autofree char *one = session_scene_dup_asset_id (1);
  g_autofree char *title = NULL;
  double volume;

  g_object_set (scene->settings, "volume", 0.5, NULL);
  session_scene_own (scene, 1, "no sound at all");
  gm_jukebox_play (jukebox, one);
  session_scene_wait (is_loaded, jukebox);
  g_object_get (state, "title", &title, "volume", &volume, NULL);
  g_assert_cmpstr (title, ==, "Piece 1");
  g_assert_cmpfloat_with_epsilon (volume, 0.5, 1e-6);
  g_assert_cmpuint (g_list_model_get_n_items (gm_jukebox_get_queue (jukebox)), ==, 1);
  g_assert_finalize_object (jukebox);
  session_scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jukebox/unknown-names-are-said", test_unknown_names_are_said);
  g_test_add_func ("/jukebox/keys-before-the-start-do-nothing",
                   test_keys_before_the_start_do_nothing);
  g_test_add_func ("/jukebox/what-was-asked-early-is-played", test_what_was_asked_early_is_played);
  return g_test_run ();
}
