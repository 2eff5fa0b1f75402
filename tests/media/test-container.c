/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/container.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

#include "base/error.h"
#include "tests/media/sounds.h"

static const struct
{
  const char *format;
  GmContainerKind kind;
  gint64 duration_ms; /* told by the header; 0: it does not */
  gint64 slack_ms;
  const char *cut_at_half; /* what a file of half the length is told; NULL: the decoder finds out */
} formats[] = {
  { "wav", GM_CONTAINER_WAV, 0, 0, "the file is cut off: * of * bytes are there" },
  { "aiff", GM_CONTAINER_AIFF, 0, 0, "the file is cut off: * of * bytes are there" },
  { "flac", GM_CONTAINER_FLAC, 2000, 0, NULL },
  { "mp3", GM_CONTAINER_MP3, 2000, 80, NULL },
  { "ogg", GM_CONTAINER_OGG, 2000, 1, "the file is cut off: its last page is missing" },
  { "opus", GM_CONTAINER_OPUS, 2000, 1, "the file is cut off: its last page is missing" },
  { "m4a", GM_CONTAINER_MP4, 0, 0, "the file is cut off: * of * bytes are there" },
  { "faststart.m4a", GM_CONTAINER_MP4, 0, 0, "the file is cut off: * of * bytes are there" },
};

static void
test_formats (void)
{
  g_autofree char *directory = g_dir_make_tmp ("container-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const GmSound sound = { .format = formats[i].format, .seconds = 2, .shape = gm_sound_sine };
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      GmContainer container;
      gsize length;

      gm_sound_write (path, &sound);
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_true (gm_container_load (path, &container, &error));
      g_assert_no_error (error);
      g_assert_cmpint (container.kind, ==, formats[i].kind);
      g_assert_cmpint (ABS (gm_container_duration_ms (&container) - formats[i].duration_ms), <=,
                       formats[i].slack_ms);

      if (formats[i].cut_at_half == NULL)
        g_assert_true (gm_container_parse ((guint8 *) text, length / 2, &container, NULL));
      else
        {
          g_assert_false (gm_container_parse ((guint8 *) text, length / 2, &container, &error));
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_true (g_pattern_match_simple (formats[i].cut_at_half, error->message));
        }
      g_remove (path);
    }
  g_rmdir (directory);
}

/* Every length of every format: an answer, never a read beyond the end (ASan watches). */
static void
test_any_length_is_safe (void)
{
  g_autofree char *directory = g_dir_make_tmp ("container-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sound", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const GmSound sound = { .format = formats[i].format, .seconds = 0.2, .shape = gm_sound_sine };
      g_autofree char *text = NULL;
      gsize length;

      gm_sound_write (path, &sound);
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      for (gsize n = 0; n < length; n += 1 + n / 256)
        {
          g_autofree guint8 *exact = g_memdup2 (text, n);
          g_autoptr (GError) error = NULL;
          GmContainer container;

          if (!gm_container_parse (exact, n, &container, &error))
            g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
        }
      g_remove (path);
    }
  g_rmdir (directory);
}

#define FOREIGN "this is not a sound file (WAV, AIFF, FLAC, MP3, Ogg, Opus or M4A)"

static const struct
{
  const char *bytes;
  gsize length;
  const char *wrong;
} others[] = {
  { "", 0, "the file is empty" },
  { "hello, this is text", 19, FOREIGN },
  { "\x89PNG\r\n\x1a\n", 8, FOREIGN },
  { "PK\3\4", 4, FOREIGN },
  { "RIFF\x10\0\0\0AVI LIST", 16, FOREIGN },
  { "RIFF\x04\0\0\0WAVE", 12, "the file is cut off: it ends before the sound begins" },
  { "ID3\4\0\0\0\0\0\5tag..", 15, "the file has a tag but no sound" },
  { "fLaC\0\0\0\x22", 8, "the file is cut off inside its header" },
  { "\0\0\0\x0c"
    "ftypM4A ",
    12, "the file is cut off: its index is missing" },
  { "\0\0\0\x0c"
    "ftypM4A \0\0\0\1mdat",
    20, "the file is damaged at byte 12" },
  { "OggS", 4, "the file is cut off: its last page is missing" },
};

static void
test_others (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      GmContainer container = { .frames = 77 };

      g_assert_false (gm_container_parse ((const guint8 *) others[i].bytes, others[i].length,
                                          &container, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_cmpstr (error->message, ==, others[i].wrong);
      g_assert_cmpuint (container.frames, ==, 77);
    }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/container/knows-formats-and-their-halves", test_formats);
  g_test_add_func ("/container/any-length-is-safe", test_any_length_is_safe);
  g_test_add_func ("/container/names-what-is-wrong", test_others);
  return g_test_run ();
}
