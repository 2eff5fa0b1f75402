/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/player.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "tests/playback/player-scene.h"

#define RATE 44100

/* What a decoded file may differ from what was written, in frames. */
static const struct
{
  const char *format;
  guint slack;
  gboolean lossless;
} formats[] = {
  { "wav", 0, TRUE },     { "aiff", 0, TRUE },
  { "flac", 0, TRUE },    { "mp3", 3000, FALSE },
  { "ogg", 64, FALSE },   { "opus", 400, FALSE },
  { "m4a", 3000, FALSE }, { "faststart.m4a", 3000, FALSE },
};

static const GmPlayerFacts *
facts_of (GmPlayerScene *scene)
{
  return gm_player_state_get_facts (scene->state);
}

static char *
sound (GmPlayerScene *scene,
       const char *name,
       const char *format,
       double seconds,
       GmSoundShape shape)
{
  return gm_player_scene_write (scene, name,
                                &(GmSound){ .format = format, .seconds = seconds, .shape = shape });
}

static GmTrack *
master_of (GmPlayerScene *scene, const char *path)
{
  g_autofree char *cipher = gm_player_scene_encrypt (scene, path);

  return gm_player_scene_master (scene, cipher, 0);
}

/* Plays @track alone to its end; the PCM is in scene->whole. */
static void
play_through (GmPlayerScene *scene, GmTrack *track)
{
  gm_player_scene_play (scene, 1, &track);
  gm_player_scene_wait (scene, gm_player_scene_has_stopped);
  g_assert_no_error (facts_of (scene)->error);
}

/* S16LE stereo as the sounds are written. */
static void
assert_is_shape (const GByteArray *pcm, guint64 from, guint64 n, GmSoundShape shape)
{
  const gint16 *samples = (const gint16 *) (gpointer) pcm->data;

  g_assert_cmpuint (pcm->len, ==, n * 4);
  for (guint64 i = 0; i < n * 2; i++)
    g_assert_cmpfloat_with_epsilon ((double) samples[i] / 32768,
                                    (double) shape (from + i / 2, i % 2, RATE), 1.0 / 32000);
}

static void
test_every_format (void)
{
  GmPlayerScene scene;

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = gm_player_scene_sound (&scene, formats[i].format, 4);
      g_autoptr (GByteArray) plain = NULL;
      guint64 expected, n;

      play_through (&scene, gm_player_scene_plain (&scene, GM_TRACK_MASTER, path));
      plain = g_byte_array_ref (scene.whole);
      scene.whole = g_byte_array_new ();

      play_through (&scene, master_of (&scene, path));
      g_assert_cmpmem (scene.whole->data, scene.whole->len, plain->data, plain->len);

      expected = 4 * scene.rate;
      n = plain->len / scene.frame_bytes;
      g_test_message ("%s: %" G_GUINT64_FORMAT " frames of %" G_GUINT64_FORMAT, formats[i].format,
                      n, expected);
      g_assert_cmpuint (n, >=, expected - formats[i].slack);
      g_assert_cmpuint (n, <=, expected + formats[i].slack);
      g_assert_cmpint (facts_of (&scene)->duration_ms, >=, 3900);
      g_assert_cmpint (facts_of (&scene)->duration_ms, <=, 4100);
      if (formats[i].lossless && strcmp (formats[i].format, "aiff") != 0) /* S16BE */
        assert_is_shape (plain, 0, expected, gm_sound_noise);
    }
  gm_player_scene_clear (&scene);
}

static float
late_tone (guint64 i, guint channel, guint rate)
{
  return i < 8 * (guint64) rate ? 0 : gm_sound_sine (i, channel, rate);
}

/* Frame at which the tone begins, in stream time. */
static double
onset (GmPlayerScene *scene, const GByteArray *pcm, double from)
{
  gboolean is_float = scene->frame_bytes == 8;

  for (guint64 i = 0; i < pcm->len / scene->frame_bytes; i++)
    {
      double x = is_float ? fabs ((double) ((float *) (gpointer) pcm->data)[2 * i])
                          : fabs (((gint16 *) (gpointer) pcm->data)[2 * i] / 32768.0);

      if (x > 0.06)
        return from + (double) i / scene->rate;
    }
  return -1;
}

static gboolean
has_landed (GmPlayerScene *scene)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&scene->lock);

  return scene->flushes > 0 && scene->heard->len > 0;
}

static void
test_seek (void)
{
  GmPlayerScene scene;

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strdup_printf ("late.%s", formats[i].format);
      g_autofree char *path = sound (&scene, name, formats[i].format, 10, late_tone);
      GmTrack *track = master_of (&scene, path);
      g_autoptr (GByteArray) full = NULL;
      double heard, sought;
      GstClockTime from;

      play_through (&scene, gm_track_ref (track));
      full = g_byte_array_ref (scene.whole);
      scene.whole = g_byte_array_new ();
      heard = onset (&scene, full, 0);

      gm_player_scene_play (&scene, 1, &track);
      gm_player_pause (scene.player);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);
      scene.flushes = 0;
      gm_player_seek (scene.player, 7300);
      gm_player_scene_wait (&scene, has_landed);
      from = scene.from;
      gm_player_toggle (scene.player);
      gm_player_scene_wait (&scene, gm_player_scene_has_stopped);

      sought = onset (&scene, scene.whole, (double) from / GST_SECOND);
      g_test_message ("%s: from %.6f, onset %.5f and %.5f", formats[i].format,
                      (double) from / GST_SECOND, heard, sought);
      g_assert_cmpfloat_with_epsilon ((double) from / GST_SECOND, 7.3, 0.00005);
      g_assert_cmpfloat_with_epsilon (sought, heard, 0.0001);
      if (formats[i].lossless)
        {
          gsize skip = full->len - scene.whole->len;

          g_assert_cmpuint (scene.whole->len, ==, 27 * RATE / 10 * 4);
          g_assert_cmpmem (scene.whole->data, scene.whole->len, full->data + skip,
                           full->len - skip);
        }
    }
  gm_player_scene_clear (&scene);
}

/* A preview that is too long: the store gives none, so nobody else tests this lock. */
static GmTrack *
long_preview (GmPlayerScene *scene, const char *format)
{
  g_autofree char *path = gm_player_scene_sound (scene, format, 33);

  return gm_player_scene_plain (scene, GM_TRACK_PREVIEW, path);
}

static void
assert_rewound (GmPlayerScene *scene)
{
  const GmPlayerFacts *facts = facts_of (scene);

  g_assert_no_error (facts->error);
  g_assert_cmpint (facts->mode, ==, GM_PLAYER_PREVIEW);
  g_assert_false (facts->playing);
  g_assert_cmpint (facts->position_ms, ==, 0);
  g_assert_cmpint (facts->duration_ms, ==, 30000);
}

static void
test_preview_ends (void)
{
  GmPlayerScene scene;

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GmTrack) track = long_preview (&scene, formats[i].format);

      gm_player_stop (scene.player);
      gm_player_preview (scene.player, track);
      for (guint again = 0; again < 2; again++)
        {
          gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
          g_test_message ("%s: %u frames", formats[i].format, scene.whole->len / scene.frame_bytes);
          g_assert_cmpuint (scene.whole->len, ==, 30 * scene.rate * scene.frame_bytes);
          assert_rewound (&scene);
          g_byte_array_set_size (scene.whole, 0);
          gm_player_toggle (scene.player);
        }
    }
  gm_player_scene_clear (&scene);
}

static void
test_preview_seek (void)
{
  static const guint sought[] = { 29000, 12345, 29999, 3 };
  GmPlayerScene scene;
  g_autoptr (GmTrack) track = NULL;

  gm_player_scene_init (&scene, FALSE);
  track = long_preview (&scene, "flac");
  for (guint i = 0; i < G_N_ELEMENTS (sought); i++)
    {
      guint64 expected = (guint64) (30000 - sought[i]) * RATE / 1000;

      gm_player_preview (scene.player, track);
      gm_player_seek (scene.player, sought[i]); /* before it is even open */
      g_assert_cmpint (facts_of (&scene)->position_ms, ==, sought[i]);
      gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
      assert_rewound (&scene);
      g_assert_cmpuint (scene.whole->len / 4, >=, expected - 1);
      g_assert_cmpuint (scene.whole->len / 4, <=, expected + 1);
    }

  for (gint64 to = 30000; to <= 60000; to += 2999)
    {
      gm_player_preview (scene.player, track);
      gm_player_pause (scene.player);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);
      gm_player_seek (scene.player, to);
      assert_rewound (&scene);
    }
  gm_player_scene_clear (&scene);
}

static gboolean
is_near_the_limit (GmPlayerScene *scene)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&scene->lock);

  return scene->heard->len > 0 && scene->from == 27900 * GST_MSECOND;
}

/* Seconds between Play and the end, on the clock. */
static double
time_the_end (GmPlayerScene *scene, GmTrack *track)
{
  gint64 start;

  gm_player_preview (scene->player, track);
  gm_player_pause (scene->player);
  gm_player_scene_wait (scene, gm_player_scene_is_ready);
  gm_player_seek (scene->player, 27900);
  gm_player_scene_wait (scene, is_near_the_limit);

  start = g_get_monotonic_time ();
  gm_player_toggle (scene->player);
  gm_player_scene_wait (scene, gm_player_scene_has_stopped);
  assert_rewound (scene);
  return (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
}

/* From 27.9 s a preview is heard for 2.1 s; a busy machine has three tries to notice it in time. */
static void
test_preview_on_time (void)
{
  GmPlayerScene scene;
  g_autoptr (GmTrack) track = NULL;
  double seconds = 0;

  gm_player_scene_init (&scene, TRUE);
  track = long_preview (&scene, "opus");
  for (guint i = 0; i < 3 && fabs (seconds - 2.1) > 0.1; i++)
    {
      seconds = time_the_end (&scene, track);
      g_test_message ("stopped after %.3f s", seconds);
      g_assert_cmpfloat (seconds, >, 2.0);
    }
  g_assert_cmpfloat_with_epsilon (seconds, 2.1, 0.1);
  gm_player_scene_clear (&scene);
}

typedef struct
{
  guint n;
  gint64 last;
} Ticks;

static void
note_position (GmPlayerState *state, GParamSpec *pspec, Ticks *ticks)
{
  gint64 position = gm_player_state_get_facts (state)->position_ms;

  g_assert_cmpint (position, >, ticks->last);
  ticks->last = position;
  ticks->n++;
}

static gboolean
is_behind_two_seconds (GmPlayerScene *scene)
{
  return facts_of (scene)->position_ms >= 2000;
}

static void
test_position_moves (void)
{
  GmPlayerScene scene;
  Ticks ticks = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  GmTrack *track;
  double fraction;

  gm_player_scene_init (&scene, TRUE);
  path = gm_player_scene_sound (&scene, "wav", 4);
  track = master_of (&scene, path);
  g_signal_connect (scene.state, "notify::position-ms", G_CALLBACK (note_position), &ticks);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_scene_wait (&scene, is_behind_two_seconds);

  g_test_message ("%u updates in 2 s", ticks.n);
  g_assert_cmpuint (ticks.n, >=, 5); /* a slow machine */
  g_assert_cmpuint (ticks.n, <=, 21);
  g_object_get (scene.state, "position-text", &text, "fraction", &fraction, NULL);
  g_assert_cmpstr (text, ==, "0:02");
  g_assert_cmpfloat_with_epsilon (fraction, 0.5, 0.06);
  g_signal_handlers_disconnect_by_data (scene.state, &ticks);
  gm_player_scene_clear (&scene);
}

static void
test_scrubbing (void)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  GmTrack *track;

  gm_player_scene_init (&scene, FALSE);
  path = gm_player_scene_sound (&scene, "flac", 20);
  track = master_of (&scene, path);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_pause (scene.player);
  gm_player_scene_wait (&scene, gm_player_scene_is_ready);

  scene.flushes = 0;
  for (guint i = 0; i < 100; i++)
    gm_player_seek (scene.player, 100 * i);
  gm_player_toggle (scene.player);
  gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
  g_assert_cmpuint (scene.whole->len, ==, 101 * RATE / 10 * 4); /* 20 - 9.9 s */
  g_assert_cmpuint (scene.flushes, <=, 3); /* the first, the last, and the rewind */
  gm_player_scene_clear (&scene);
}

static void
test_volume (void)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  GmTrack *track;
  const gint16 *samples;

  gm_player_scene_init (&scene, FALSE);
  path = gm_player_scene_sound (&scene, "wav", 1);
  gm_player_set_volume (scene.player, 0.5);
  g_assert_cmpfloat (facts_of (&scene)->volume, ==, 0.5);
  track = master_of (&scene, path);
  play_through (&scene, track);

  samples = (const gint16 *) (gpointer) scene.whole->data;
  for (guint i = 0; i < scene.whole->len / 2; i++)
    g_assert_cmpfloat_with_epsilon ((double) samples[i] / 32768,
                                    (double) gm_sound_noise (i / 2, i % 2, RATE) / 8, 1.0 / 16000);
  g_assert_cmpfloat_with_epsilon (facts_of (&scene)->volume, 0.5, 1e-6);
  gm_player_scene_clear (&scene);
}

static void
test_idle (void)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;
  GmTrack *track;

  gm_player_scene_init (&scene, TRUE);
  gm_player_toggle (scene.player);
  gm_player_pause (scene.player);
  gm_player_next (scene.player);
  gm_player_previous (scene.player);
  gm_player_seek (scene.player, 1000);
  g_assert_cmpint (facts_of (&scene)->mode, ==, GM_PLAYER_IDLE);

  path = gm_player_scene_sound (&scene, "wav", 1);
  track = master_of (&scene, path);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_scene_wait (&scene, gm_player_scene_is_ready);
  gm_player_stop (scene.player);
  g_assert_cmpint (facts_of (&scene)->mode, ==, GM_PLAYER_IDLE);
  g_assert_false (facts_of (&scene)->playing);
  g_assert_null (facts_of (&scene)->track);
  g_assert_cmpint (facts_of (&scene)->duration_ms, ==, 0);
  g_object_get (scene.state, "title", &title, NULL);
  g_assert_null (title);
  g_assert_cmpuint (g_list_model_get_n_items (gm_player_get_queue (scene.player)), ==, 0);
  gm_player_scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player/every-format-sounds-to-its-last-sample", test_every_format);
  g_test_add_func ("/player/seeks-are-exact-in-every-format", test_seek);
  g_test_add_func ("/player/preview-ends-after-30-seconds-and-rewinds", test_preview_ends);
  g_test_add_func ("/player/preview-is-not-sought-past-its-limit", test_preview_seek);
  g_test_add_func ("/player/preview-ends-on-time", test_preview_on_time);
  g_test_add_func ("/player/position-moves-ten-times-a-second", test_position_moves);
  g_test_add_func ("/player/only-the-newest-seek-is-done", test_scrubbing);
  g_test_add_func ("/player/volume-is-cubic", test_volume);
  g_test_add_func ("/player/stop-leaves-nothing", test_idle);
  return g_test_run ();
}
