/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/probe.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

#include "base/error.h"
#include "tests/media/sounds.h"

#define TAGS                                                                                       \
  "title=Tide,artist=\"Ann Example\",album=Sea,genre=House,comment=\"by hand\","                   \
  "beats-per-minute=124.0,extended-comment=\"INITIALKEY=A minor\""

static const struct
{
  const char *format;
  guint rate;
  guint channels;
  const char *words;
  const char *mime;
  const char *extension;
  gboolean has_tags; /* its muxer writes them */
} cases[] = {
  { "wav", 44100, 2, "WAV 44.1 kHz 16 bit stereo", "audio/wav", "wav", FALSE },
  { "wav", 8000, 1, "WAV 8 kHz 16 bit mono", "audio/wav", "wav", FALSE },
  { "aiff", 48000, 2, "AIFF 48 kHz 16 bit stereo", "audio/aiff", "aiff", FALSE },
  { "flac", 96000, 2, "FLAC 96 kHz 16 bit stereo", "audio/flac", "flac", TRUE },
  { "flac", 22050, 1, "FLAC 22.05 kHz 16 bit mono", "audio/flac", "flac", TRUE },
  { "mp3", 44100, 2, "MP3 44.1 kHz stereo", "audio/mpeg", "mp3", TRUE },
  { "ogg", 44100, 2, "Ogg Vorbis 44.1 kHz stereo", "audio/ogg", "ogg", TRUE },
  { "opus", 48000, 1, "Opus 48 kHz mono", "audio/ogg", "opus", TRUE },
  { "m4a", 44100, 2, "AAC 44.1 kHz stereo", "audio/mp4", "m4a", TRUE },
};

static void
test_every_format (void)
{
  g_autofree char *directory = g_dir_make_tmp ("probe-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (directory, "sound.bin", NULL);
      const GmSound sound = { .format = cases[i].format,
                              .seconds = 3,
                              .rate = cases[i].rate,
                              .channels = cases[i].channels,
                              .tags = cases[i].has_tags ? TAGS : NULL,
                              .shape = gm_sound_sine };
      g_autoptr (GmProbe) probe = NULL;
      g_autoptr (GError) error = NULL;

      gm_sound_write (path, &sound);
      probe = gm_probe_load (path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (probe->format, ==, cases[i].words);
      g_assert_cmpstr (probe->mime, ==, cases[i].mime);
      g_assert_cmpstr (probe->extension, ==, cases[i].extension);
      g_assert_cmpint (ABS (probe->duration_ms - 3000), <=, 100);
      g_assert_cmpstr (probe->title, ==, cases[i].has_tags ? "Tide" : NULL);
      g_assert_cmpstr (probe->artist, ==, cases[i].has_tags ? "Ann Example" : NULL);
      g_assert_cmpstr (probe->genre, ==, cases[i].has_tags ? "House" : NULL);
      if (strcmp (cases[i].format, "flac") == 0)
        {
          g_assert_cmpint (probe->bpm, ==, 124);
          g_assert_cmpstr (probe->key_sig, ==, "Am");
          g_assert_cmpstr (probe->album, ==, "Sea");
        }
      g_remove (path);
    }
  g_rmdir (directory);
}

static void
test_picture (void)
{
  static const char *const formats[] = { "flac", "mp3", "m4a", "ogg" };
  g_autofree char *directory = g_dir_make_tmp ("probe-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound.bin", NULL);
  g_autoptr (GBytes) picture = gm_sound_picture (100, 100, "png");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const GmSound sound = {
        .format = formats[i], .seconds = 1, .picture = picture, .shape = gm_sound_sine
      };
      g_autoptr (GBytes) found = NULL;
      g_autoptr (GmProbe) probe = NULL;

      gm_sound_write (path, &sound);
      probe = gm_probe_load (path, &found, NULL, NULL);
      g_assert_nonnull (probe);
      g_test_message ("%s: %s", formats[i], found != NULL ? "picture" : "none");
      g_assert_nonnull (found);
      g_assert_true (g_bytes_equal (found, picture));
      g_remove (path);
    }
  g_rmdir (directory);
}

/* Vorbis comments GStreamer has no name for. */
static void
test_extended_tags (void)
{
  g_autofree char *directory = g_dir_make_tmp ("probe-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound.flac", NULL);
  const GmSound sound = { .format = "flac",
                          .seconds = 1,
                          .tags = "extended-comment=\"PRICE=4.50\",title=\"a\\xe2\\x80\\xaeb\"",
                          .shape = gm_sound_sine };
  g_autoptr (GmProbe) probe = NULL;

  gm_sound_write (path, &sound);
  probe = gm_probe_load (path, NULL, NULL, NULL);
  g_assert_nonnull (probe);
  g_assert_cmpstr (probe->price, ==, "4.50");
  g_remove (path);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/every-format-in-words", test_every_format);
  g_test_add_func ("/probe/picture-comes-out-as-it-went-in", test_picture);
  g_test_add_func ("/probe/other-tags-are-found", test_extended_tags);
  return g_test_run ();
}
