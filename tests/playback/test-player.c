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

  return gm_player_scene_master (scene, cipher);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player/every-format-sounds-to-its-last-sample", test_every_format);
  g_test_add_func ("/player/seeks-are-exact-in-every-format", test_seek);
  return g_test_run ();
}
