/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/player.h"

#include <string.h>

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

  return gm_player_scene_master (scene, cipher, seconds);
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

/* In real time: the next is opened while the one before it is heard. */
static void
test_gapless (gconstpointer format)
{
  const guint64 frames[] = { RATE + 17, 2 * RATE + 1, RATE };
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("0.%s.gma1 1.%s.gma1 2.%s.gma1 ",
                                               (const char *) format, (const char *) format,
                                               (const char *) format);
  GmPlayerScene scene;
  GmTrack *tracks[3];
  guint64 at = 0;

  gm_player_scene_init (&scene, TRUE);
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
  return current && facts_of (scene)->position_ms > 0;
}

/* In real time, so that the first track is heard while the second is read ahead. */
static void
test_seek_while_reading_ahead (void)
{
  GmPlayerScene scene;
  GmTrack *tracks[2];

  for (guint round = 0; round < 2; round++)
    {
      gm_player_scene_init (&scene, TRUE);
      for (guint i = 0; i < 2; i++)
        tracks[i] = track (&scene, round % 2 == 0 ? "flac" : "wav", 3, i);
      gm_player_scene_play (&scene, 2, tracks);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);

      gm_player_seek (scene.player, 2500);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);
      gm_player_seek (scene.player, round == 0 ? 2700 : 1500);
      gm_player_scene_wait (&scene, second_is_heard);
      g_assert_cmpint (facts_of (&scene)->duration_ms, ==, 3000);
      g_assert_cmpint (facts_of (&scene)->position_ms, <, 2000); /* not the first one's */
      gm_player_seek (scene.player, 2900);
      gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
      g_assert_no_error (facts_of (&scene)->error);
      gm_player_scene_clear (&scene);
    }
}

static const char *
title_of (GmPlayerScene *scene)
{
  return gm_track_get_info (facts_of (scene)->track)->title;
}

static gboolean
is_behind_three_seconds (GmPlayerScene *scene)
{
  return facts_of (scene)->position_ms >= 3000;
}

static gboolean
has_length (GmPlayerScene *scene)
{
  return facts_of (scene)->duration_ms > 0;
}

static void
test_steps (void)
{
  GmPlayerScene scene;
  GmTrack *tracks[3];

  gm_player_scene_init (&scene, TRUE);
  for (guint i = 0; i < 3; i++)
    tracks[i] = track (&scene, "wav", 5, i);
  gm_player_scene_play (&scene, 3, tracks);
  g_assert_true (facts_of (&scene)->can_next);
  g_assert_true (facts_of (&scene)->can_previous);
  g_assert_cmpuint (g_list_model_get_n_items (gm_player_get_queue (scene.player)), ==, 3);

  gm_player_next (scene.player);
  g_assert_cmpstr (title_of (&scene), ==, "1.wav.gma1");
  gm_player_pause (scene.player);
  gm_player_next (scene.player); /* stays paused */
  g_assert_cmpstr (title_of (&scene), ==, "2.wav.gma1");
  g_assert_false (facts_of (&scene)->playing);
  g_assert_false (facts_of (&scene)->can_next);
  gm_player_next (scene.player);
  g_assert_cmpstr (title_of (&scene), ==, "2.wav.gma1");

  gm_player_previous (scene.player);
  g_assert_cmpstr (title_of (&scene), ==, "1.wav.gma1");
  gm_player_toggle (scene.player);
  gm_player_scene_wait (&scene, gm_player_scene_is_ready);
  gm_player_seek (scene.player, 2950);
  gm_player_scene_wait (&scene, is_behind_three_seconds);
  gm_player_previous (scene.player); /* to its beginning */
  g_assert_cmpstr (title_of (&scene), ==, "1.wav.gma1");
  g_assert_cmpint (facts_of (&scene)->position_ms, ==, 0);
  gm_player_previous (scene.player);
  gm_player_previous (scene.player); /* there is none before: its beginning */
  g_assert_cmpstr (title_of (&scene), ==, "0.wav.gma1");

  gm_player_scene_wait (&scene, has_length);
  gm_player_seek (scene.player, 5000); /* its end: the next */
  g_assert_cmpstr (title_of (&scene), ==, "1.wav.gma1");
  g_assert_true (facts_of (&scene)->playing);
  gm_player_scene_clear (&scene);
}

/* When a demuxer is taken away in the moment its thread ends, that thread may drop the last
 * reference. GStreamer warns, and nothing comes of it. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "Trying to join task") == NULL;
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A person who presses everything; nothing may hang, and what plays last is whole. */
static void
test_restless (void)
{
  GmPlayerScene scene;
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);
  const char *const forms[] = { "wav", "flac", "opus", "m4a" };
  GmTrack *last;
  guint beat;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  gm_player_scene_init (&scene, TRUE);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.%s", i, forms[i % 4]);
      g_autofree char *path = gm_player_scene_write (&scene, name,
                                                     &(GmSound){ .format = forms[i % 4],
                                                                 .seconds = i < 4 ? 0.3 : 6,
                                                                 .shape = gm_sound_noise });
      g_autofree char *cipher = gm_player_scene_encrypt (&scene, path);

      g_ptr_array_add (tracks, gm_player_scene_master (&scene, cipher, i < 4 ? 0.3 : 6));
    }

  beat = g_timeout_add (3, on_beat, NULL); /* so that no turn of the loop waits for ever */
  for (guint i = 0; i < 600; i++)
    {
      switch (g_test_rand_int_range (0, 8))
        {
        case 0: gm_player_play (scene.player, tracks, (guint) g_test_rand_int_range (0, 8)); break;
        case 1: gm_player_toggle (scene.player); break;
        case 2: gm_player_next (scene.player); break;
        case 3: gm_player_previous (scene.player); break;
        case 4: gm_player_seek (scene.player, g_test_rand_int_range (-10, 6200)); break;
        case 5: gm_player_seek (scene.player, facts_of (&scene)->duration_ms - 20); break;
        case 6: gm_player_set_volume (scene.player, g_test_rand_double ()); break;
        default:
          if (g_test_rand_int_range (0, 20) == 0)
            gm_player_stop (scene.player);
          break;
        }
      for (gint n = g_test_rand_int_range (0, 6); n > 0; n--)
        g_main_context_iteration (NULL, n % 2 == 0);
      g_assert_no_error (facts_of (&scene)->error);
    }

  g_source_remove (beat);
  gm_player_set_volume (scene.player, 1);
  last = gm_track_ref (tracks->pdata[4]);
  gm_player_scene_play (&scene, 1, &last);
  gm_player_seek (scene.player, 5000);
  gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
  g_assert_no_error (facts_of (&scene)->error);
  g_assert_cmpuint (scene.whole->len, ==, RATE * 4);
  assert_is_shape (scene.whole->data, 5 * RATE, RATE, gm_sound_noise);
  gm_player_scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/player-queue/flac-follows-flac-without-a-gap", "flac", test_gapless);
  g_test_add_data_func ("/player-queue/wav-follows-wav-without-a-gap", "wav", test_gapless);
  g_test_add_func ("/player-queue/seek-while-the-next-is-read-ahead",
                   test_seek_while_reading_ahead);
  g_test_add_func ("/player-queue/next-and-previous", test_steps);
  g_test_add_func ("/player-queue/any-order-of-presses-ends-well", test_restless);
  return g_test_run ();
}
