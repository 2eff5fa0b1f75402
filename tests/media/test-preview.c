/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/preview.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "media/decoder.h"
#include "tests/media/sounds.h"

static char *master;
static char *preview_path;

/* A sine whose level rises by 6 dB after 20 s. */
static float
step (guint64 i, guint channel, guint rate)
{
  return gm_sound_sine (i, channel, rate) * (i < (guint64) rate * 20 ? 0.5F : 1.0F);
}

/* Loud on average, with spikes at full scale: the peak limits the gain. */
static float
spiky (guint64 i, guint channel, guint rate)
{
  return i % rate < 20 ? 0.9F : gm_sound_noise (i, channel, rate) * 0.2F;
}

static GmPreview *
make (const GmSound *sound, gint64 start_ms, GError **error)
{
  gm_sound_write (master, sound);
  return gm_preview_write (master, preview_path, start_ms, (gint64) (sound->seconds * 1000), NULL,
                           error);
}

static void
test_exact_length_and_level (void)
{
  static const struct
  {
    const char *format;
    guint rate;
    guint channels;
    double seconds;
    gint64 start_ms;
    gint64 frames;
    gint64 real_start_ms;
  } cases[] = {
    { "flac", 44100, 2, 40, 5000, 1440000, 5000 }, { "flac", 44100, 2, 40, 30000, 1440000, 10000 },
    { "wav", 48000, 1, 31, 0, 1440000, 0 },        { "mp3", 44100, 2, 40, 7300, 1440000, 7300 },
    { "ogg", 44100, 2, 33, 2000, 1440000, 2000 },  { "opus", 48000, 2, 33, 2000, 1440000, 2000 },
    { "m4a", 44100, 2, 33, 2000, 1440000, 2000 },  { "flac", 44100, 2, 30, 0, 1440000, 0 },
    { "flac", 44100, 2, 12.5, 3000, 600000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmSound sound = { .format = cases[i].format,
                              .rate = cases[i].rate,
                              .channels = cases[i].channels,
                              .seconds = cases[i].seconds,
                              .shape = gm_sound_sine };
      g_autoptr (GError) error = NULL;
      g_autoptr (GmPreview) preview = make (&sound, cases[i].start_ms, &error);

      g_assert_no_error (error);
      g_test_message ("%s %g s: %d frames, gain %d, %d clufs, peak %d", cases[i].format,
                      cases[i].seconds, (int) preview->frames, (int) preview->gain_cdb,
                      (int) preview->loudness_clufs, (int) preview->peak_cdb);
      /* a resampled short file ends between two frames */
      g_assert_cmpint (ABS (preview->frames - cases[i].frames), <=, cases[i].seconds < 30);
      g_assert_cmpint (preview->start_ms, ==, cases[i].real_start_ms);
      g_assert_cmpint (ABS (preview->loudness_clufs - GM_PREVIEW_TARGET_CLUFS), <=,
                       GM_PREVIEW_SLACK);
      g_assert_cmpint (preview->peak_cdb, <=, GM_PREVIEW_PEAK_CDB + GM_PREVIEW_SLACK);
    }
}

static void
test_peak_limits_gain (void)
{
  const GmSound sound = { .format = "wav", .seconds = 32, .shape = spiky };
  g_autoptr (GmPreview) preview = make (&sound, 0, NULL);

  g_assert_nonnull (preview);
  g_test_message ("gain %d, %d clufs, peak %d", (int) preview->gain_cdb,
                  (int) preview->loudness_clufs, (int) preview->peak_cdb);
  g_assert_cmpint (preview->loudness_clufs, <, GM_PREVIEW_TARGET_CLUFS - 500);
  g_assert_cmpint (preview->peak_cdb, <=, GM_PREVIEW_PEAK_CDB + GM_PREVIEW_SLACK);
  g_assert_cmpint (preview->peak_cdb, >=, GM_PREVIEW_PEAK_CDB - 300);
}

static void
test_silence_stays_silent (void)
{
  const GmSound sound = { .format = "flac", .seconds = 31, .shape = gm_sound_silence };
  g_autoptr (GmPreview) preview = make (&sound, 0, NULL);

  g_assert_nonnull (preview);
  g_assert_cmpint (preview->frames, ==, 1440000);
  g_assert_cmpint (preview->peak_cdb, <, -6000);
}

typedef struct
{
  guint64 n_frames;
  double energy[40]; /* per second */
} Seconds;

static gboolean
on_frames (const GmFrames *frames, gpointer user_data, GError **error)
{
  Seconds *seconds = user_data;

  for (gsize i = 0; i < frames->n_frames; i++, seconds->n_frames++)
    seconds->energy[MIN (seconds->n_frames / frames->rate, 39)] += (double) frames->samples[i * 2] *
                                                                   frames->samples[i * 2];
  return TRUE;
}

/* The level steps up 10 s into the preview when it starts at 10 s, and the last second fades. */
static void
test_window_and_fade (void)
{
  const GmSound sound = { .format = "flac", .seconds = 45, .shape = step };
  const GmDecoderAsk ask = { .path = preview_path };
  g_autoptr (GmPreview) preview = make (&sound, 10000, NULL);
  Seconds seconds = { 0 };

  g_assert_nonnull (preview);
  g_assert_true (gm_decoder_run (&ask, on_frames, &seconds, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (seconds.energy[10] / seconds.energy[9], 4, 0.3);
  g_assert_cmpfloat_with_epsilon (seconds.energy[28] / seconds.energy[11], 1, 0.1);
  g_assert_cmpfloat_with_epsilon (seconds.energy[29] / seconds.energy[28], 1.0 / 3, 0.1);
}

static void
test_no_tags_of_the_master (void)
{
  const GmSound sound = {
    .format = "flac", .seconds = 31, .tags = "title=Secretive,artist=Nobody", .shape = gm_sound_sine
  };
  g_autoptr (GmPreview) preview = make (&sound, 0, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_nonnull (preview);
  g_assert_true (g_file_get_contents (preview_path, &text, &length, NULL));
  g_assert_cmpuint (length, <=, GM_PREVIEW_MAX_BYTES);
  g_assert_null (memmem (text, length, "Secretive", 9));
  g_assert_null (memmem (text, length, "Nobody", 6));
}

static void
test_check (void)
{
  static const struct
  {
    const char *format;
    double seconds;
    GmSoundShape shape;
    const char *wrong; /* NULL: accepted */
  } cases[] = {
    { "opus", 30, gm_sound_sine, NULL },
    { "opus", 30.1, gm_sound_sine, "the preview is longer than 30 seconds" },
    { "opus", 3, spiky, "the preview is too loud" },
    { "flac", 10, gm_sound_sine, "a preview is Opus in Ogg" },
    { "ogg", 10, gm_sound_sine, "a preview is Opus in Ogg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmSound sound = { .format = cases[i].format,
                              .rate = 48000,
                              .seconds = cases[i].seconds,
                              .shape = cases[i].shape };
      g_autoptr (GError) error = NULL;
      g_autoptr (GmPreview) preview = NULL;

      gm_sound_write (preview_path, &sound);
      preview = gm_preview_check (preview_path, NULL, &error);
      if (cases[i].wrong == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
          g_assert_true (g_str_has_prefix (error->message, cases[i].wrong));
        }
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *directory = g_dir_make_tmp ("preview-XXXXXX", NULL);
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  master = g_build_filename (directory, "master.bin", NULL);
  preview_path = g_build_filename (directory, "preview.opus", NULL);
  g_test_add_func ("/preview/exact-length-and-level", test_exact_length_and_level);
  g_test_add_func ("/preview/peak-limits-gain", test_peak_limits_gain);
  g_test_add_func ("/preview/silence-stays-silent", test_silence_stays_silent);
  g_test_add_func ("/preview/window-and-fade-are-where-they-should", test_window_and_fade);
  g_test_add_func ("/preview/no-tags-of-the-master", test_no_tags_of_the_master);
  g_test_add_func ("/preview/check-measures-foreign-ones", test_check);
  status = g_test_run ();
  g_remove (master);
  g_remove (preview_path);
  g_rmdir (directory);
  g_free (master);
  g_free (preview_path);
  return status;
}
