/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/player.h"

#include "playback/track-item.h"
#include "tests/playback/player-scene.h"

#define RATE 44100

static const GmPlayerFacts *
facts_of (GmPlayerScene *scene)
{
  return gm_player_state_get_facts (scene->state);
}

static float
other_noise (guint64 i, guint channel, guint rate)
{
  return gm_sound_noise (i + 1000000007, channel, rate);
}

static float
third_noise (guint64 i, guint channel, guint rate)
{
  return gm_sound_noise (i + 2000000011, channel, rate);
}

static const GmSoundShape shapes[] = { gm_sound_noise, other_noise, third_noise };

static GmTrack *
track (GmPlayerScene *scene, const char *format, double seconds, guint which)
{
  g_autofree char *name = g_strdup_printf ("%u.%s", which, format);
  g_autofree char *path = gm_player_scene_write (
      scene, name, &(GmSound){ .format = format, .seconds = seconds, .shape = shapes[which] });
  g_autofree char *cipher = gm_player_scene_encrypt (scene, path);

  return gm_player_scene_master (scene, cipher);
}

static void
assert_is_shape (const guint8 *pcm, guint64 from, guint64 n, GmSoundShape shape)
{
  const gint16 *samples = (const gint16 *) (gconstpointer) pcm;

  for (guint64 i = 0; i < n * 2; i++)
    g_assert_cmpfloat_with_epsilon ((double) samples[i] / 32768,
                                    (double) shape (from + i / 2, i % 2, RATE), 1.0 / 32000);
}

static void
note_title (GmPlayerState *state, GParamSpec *pspec, GString *titles)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (state);

  g_string_append_printf (titles, "%s ", gm_track_get_info (facts->track)->title);
}

static void
test_gapless (gconstpointer format)
{
  const guint64 frames[] = { 3 * RATE + 17, 2 * RATE + 1, RATE };
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("0.%s.gma1 1.%s.gma1 2.%s.gma1 ",
                                               (const char *) format, (const char *) format,
                                               (const char *) format);
  GmPlayerScene scene;
  GmTrack *tracks[3];
  guint64 at = 0;

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < 3; i++)
    tracks[i] = track (&scene, format, (double) frames[i] / RATE, i);
  g_signal_connect (scene.state, "notify::title", G_CALLBACK (note_title), titles);

  gm_player_scene_play (&scene, 3, tracks);
  gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
  g_assert_no_error (facts_of (&scene)->error);
  g_assert_cmpuint (scene.n_starts, ==, 3);
  g_assert_cmpuint (scene.whole->len, ==, (frames[0] + frames[1] + frames[2]) * 4);
  for (guint i = 0; i < 3; at += frames[i++])
    assert_is_shape (scene.whole->data + at * 4, 0, frames[i], shapes[i]);

  g_assert_cmpstr (titles->str, ==, expected);
  g_assert_cmpint (facts_of (&scene)->mode, ==, GM_PLAYER_MASTER);
  g_assert_cmpint (facts_of (&scene)->position_ms, ==, 0);
  g_assert_cmpint (facts_of (&scene)->duration_ms, ==, 1000);
  g_assert_false (facts_of (&scene)->can_next);
  gm_player_scene_clear (&scene);
}

static gboolean
second_is_heard (GmPlayerScene *scene)
{
  g_autoptr (GmTrackItem) item = g_list_model_get_item (gm_player_get_queue (scene->player), 1);
  gboolean current;

  g_object_get (item, "current", &current, NULL);
  return current && facts_of (scene)->duration_ms > 0;
}

/* In real time, so that the first track is heard while the second is read ahead. */
static void
test_seek_while_reading_ahead (void)
{
  GmPlayerScene scene;
  GmTrack *tracks[2];

  for (guint round = 0; round < 4; round++)
    {
      gm_player_scene_init (&scene, TRUE);
      for (guint i = 0; i < 2; i++)
        tracks[i] = track (&scene, round % 2 == 0 ? "flac" : "wav", 3, i);
      gm_player_scene_play (&scene, 2, tracks);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);

      gm_player_seek (scene.player, 2500);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);
      gm_player_seek (scene.player, round < 2 ? 2700 : 1500);
      gm_player_scene_wait (&scene, second_is_heard);
      g_assert_cmpint (facts_of (&scene)->duration_ms, ==, 3000);
      g_assert_cmpint (facts_of (&scene)->position_ms, <, 500);
      gm_player_seek (scene.player, 2900);
      gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
      g_assert_no_error (facts_of (&scene)->error);
      gm_player_scene_clear (&scene);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/player-queue/flac-follows-flac-without-a-gap", "flac", test_gapless);
  g_test_add_data_func ("/player-queue/wav-follows-wav-without-a-gap", "wav", test_gapless);
  g_test_add_func ("/player-queue/seek-while-the-next-is-read-ahead",
                   test_seek_while_reading_ahead);
  return g_test_run ();
}
