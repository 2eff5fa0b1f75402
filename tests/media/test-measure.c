/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/measure.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "media/loudness.h"
#include "tests/media/sounds.h"

static char *directory;

static GmMeasure *
measure (const GmSound *sound, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "sound.bin", NULL);
  GmMeasure *found;

  gm_sound_write (path, sound);
  found = gm_measure_run (path, NULL, NULL, NULL, error);
  g_remove (path);
  return found;
}

/* -18 dB peak, 440 Hz, both channels: -18.0 + small weighting at 440 Hz. */
static void
test_sine (void)
{
  static const char *const formats[] = { "wav", "flac", "mp3", "ogg", "opus", "m4a" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const GmSound sound = { .format = formats[i], .seconds = 5, .shape = gm_sound_sine };
      g_autoptr (GError) error = NULL;
      g_autoptr (GmMeasure) found = measure (&sound, &error);

      g_assert_no_error (error);
      g_test_message ("%s: %d ms, %d, %d", formats[i], (int) found->duration_ms,
                      (int) found->loudness_clufs, (int) found->peak_cdb);
      g_assert_cmpint (ABS (found->duration_ms - 5000), <=, 100);
      g_assert_cmpint (ABS (found->loudness_clufs + 1860), <=, 60);
      /* AAC overshoots where the sine begins */
      g_assert_cmpint (ABS (found->peak_cdb + 1806), <=, strcmp (formats[i], "m4a") ? 60 : 400);
      g_assert_cmpuint (g_bytes_get_size (found->peaks), ==, 64);
      g_assert_cmpuint (g_bytes_get_size (found->waveform), ==, 1024);
      g_assert_cmpint (ABS (((const guint8 *) g_bytes_get_data (found->peaks, NULL))[32] - 32), <=,
                       2);
    }
}

static void
test_no_sound (void)
{
  const GmSound sound = { .format = "flac", .seconds = 0, .shape = gm_sound_sine };
  g_autofree char *path = g_build_filename (directory, "empty.wav", NULL);
  /* a whole RIFF file whose data chunk is empty */
  static const guint8 wav[] = "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\2\0\x44\xac\0\0\x10\xb1\2\0\4\0"
                              "\x10\0data\0\0\0";
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sizeof wav, ==, 44);
  g_assert_true (g_file_set_contents (path, (const char *) wav, sizeof wav, NULL));
  g_assert_null (gm_measure_run (path, NULL, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_remove (path);
  g_clear_error (&error);

  g_assert_null (measure (&sound, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
test_silence (void)
{
  const GmSound sound = { .format = "flac", .seconds = 2, .shape = gm_sound_silence };
  g_autoptr (GmMeasure) found = measure (&sound, NULL);

  g_assert_nonnull (found);
  g_assert_cmpint (found->loudness_clufs, ==, GM_LOUDNESS_SILENT_CENTI);
  g_assert_cmpint (found->centi_bpm, ==, 0);
  g_assert_null (found->key_sig);
}

/* FLAC and MP3 say how many frames they have; half the file has fewer. */
static void
test_cut_off (void)
{
  static const char *const formats[] = { "flac", "mp3" };
  g_autofree char *path = g_build_filename (directory, "cut.bin", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const GmSound sound = { .format = formats[i], .seconds = 6, .shape = gm_sound_noise };
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      gm_sound_write (path, &sound);
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_true (g_file_set_contents (path, text, (gssize) length / 2, NULL));
      g_assert_null (gm_measure_run (path, NULL, NULL, NULL, &error));
      g_test_message ("%s: %s", formats[i], error->message);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (error->message, "the file is cut off: "));
      g_assert_nonnull (strstr (error->message, " of 6.0 seconds are there"));
      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("measure-XXXXXX", NULL);
  g_test_add_func ("/measure/sine-in-every-codec", test_sine);
  g_test_add_func ("/measure/no-sound-is-refused", test_no_sound);
  g_test_add_func ("/measure/silence-has-no-beat", test_silence);
  g_test_add_func ("/measure/cut-off-says-how-much-is-there", test_cut_off);
  status = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return status;
}
