/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/decoder.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>

#include "base/error.h"
#include "tests/media/sounds.h"

typedef struct
{
  guint64 n_frames;
  guint rate;
  guint channels;
  double energy;
  double worst; /* difference from the sine */
} Seen;

static gboolean
on_frames (const GmFrames *frames, gpointer user_data, GError **error)
{
  Seen *seen = user_data;

  for (gsize i = 0; i < frames->n_frames; i++)
    {
      float x = frames->samples[i * frames->channels];

      seen->energy += (double) x * x;
      seen->worst = MAX (seen->worst,
                         fabs (x - (double) gm_sound_sine (seen->n_frames + i, 0, frames->rate)));
    }
  seen->n_frames += frames->n_frames;
  seen->rate = frames->rate;
  seen->channels = frames->channels;
  return TRUE;
}

/* Lossy codecs may add or drop this many frames at the ends. */
static const struct
{
  const char *format;
  guint64 slack;
  gboolean exact; /* samples are what was written, but for rounding to 16 bit */
} cases[] = {
  { "wav", 0, TRUE },     { "aiff", 0, TRUE },
  { "flac", 0, TRUE },    { "mp3", 3000, FALSE },
  { "ogg", 64, FALSE },   { "opus", 400, FALSE },
  { "m4a", 3000, FALSE }, { "faststart.m4a", 3000, FALSE },
};

static void
test_every_format (void)
{
  g_autofree char *directory = g_dir_make_tmp ("decoder-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/sound.%s", directory, cases[i].format);
      const GmSound sound = { .format = cases[i].format, .seconds = 2.5, .shape = gm_sound_sine };
      const GmDecoderAsk ask = { .path = path };
      g_autoptr (GError) error = NULL;
      Seen seen = { 0 };
      guint64 wanted;

      gm_sound_write (path, &sound);
      g_assert_true (gm_decoder_run (&ask, on_frames, &seen, NULL, &error));
      g_assert_no_error (error);
      wanted = seen.rate * 5 / 2;
      g_test_message ("%s: %" G_GUINT64_FORMAT " frames of %u Hz", cases[i].format, seen.n_frames,
                      seen.rate);
      g_assert_cmpuint (seen.channels, ==, 2);
      g_assert_cmpuint (seen.n_frames + cases[i].slack, >=, wanted);
      g_assert_cmpuint (seen.n_frames, <=, wanted + cases[i].slack);
      g_assert_cmpfloat_with_epsilon (sqrt (seen.energy / (double) seen.n_frames), 0.125 / sqrt (2),
                                      cases[i].exact ? 0.001 : 0.005);
      if (cases[i].exact)
        g_assert_cmpfloat (seen.worst, <, 1.0 / 32768);
      g_remove (path);
    }
  g_rmdir (directory);
}

static void
test_window_is_exact (void)
{
  g_autofree char *directory = g_dir_make_tmp ("decoder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound.flac", NULL);
  const GmSound sound = { .format = "flac", .seconds = 5, .rate = 48000, .shape = gm_sound_sine };
  /* 1 s is 440 whole periods, so the window begins like the file */
  const GmDecoderAsk ask = { .path = path, .start_ms = 1000, .stop_ms = 3500 };
  Seen seen = { 0 };

  gm_sound_write (path, &sound);
  g_assert_true (gm_decoder_run (&ask, on_frames, &seen, NULL, NULL));
  g_assert_cmpuint (seen.n_frames, ==, 48000 * 5 / 2);
  g_assert_cmpfloat (seen.worst, <, 1.0 / 32768);
  g_remove (path);
  g_rmdir (directory);
}

static void
test_refuses_other_files (void)
{
  g_autofree char *directory = g_dir_make_tmp ("decoder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "text.wav", NULL);
  const GmDecoderAsk ask = { .path = path };
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  g_assert_false (gm_decoder_run (&ask, on_frames, &seen, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "not a sound at all, just words", -1, NULL));
  g_assert_false (gm_decoder_run (&ask, on_frames, &seen, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpuint (seen.n_frames, ==, 0);
  g_remove (path);
  g_rmdir (directory);
}

static void
test_cancel_stops_it (void)
{
  g_autofree char *directory = g_dir_make_tmp ("decoder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound.wav", NULL);
  const GmSound sound = { .format = "wav", .seconds = 1, .shape = gm_sound_sine };
  const GmDecoderAsk ask = { .path = path };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  gm_sound_write (path, &sound);
  g_cancellable_cancel (cancellable);
  g_assert_false (gm_decoder_run (&ask, on_frames, &seen, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_remove (path);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoder/every-format-gives-its-frames", test_every_format);
  g_test_add_func ("/decoder/window-is-exact", test_window_is_exact);
  g_test_add_func ("/decoder/refuses-other-files", test_refuses_other_files);
  g_test_add_func ("/decoder/cancel-stops-it", test_cancel_stops_it);
  return g_test_run ();
}
