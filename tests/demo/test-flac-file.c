/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/flac-file.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "demo/sleeve.h"
#include "media/probe.h"

#define N 44100

static GBytes *
dup_ramp (void)
{
  gint16 *frames = g_new (gint16, 2 * N);

  for (guint i = 0; i < 2 * N; i++)
    frames[i] = (gint16) (i % 8000);
  return g_bytes_new_take (frames, 2 * N * sizeof (gint16));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_tags_and_cover_are_read_back (void)
{
  g_autofree char *folder = g_dir_make_tmp ("flac-file-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Ann – Tide.flac", NULL);
  g_autoptr (GBytes) frames = dup_ramp ();
  g_autoptr (GBytes) picture = gm_sleeve_draw (&(GmSleeveAsk){ "Tide", "Ann", GM_SLEEVE_RAYS },
                                               NULL);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GmProbe) probe = NULL;
  g_autoptr (GError) error = NULL;

  gm_flac_file_write (path, frames,
                      &(GmFlacFileTags){ .title = "Tide “Ebb”",
                                         .artist = "Ann Ö",
                                         .album = "Water",
                                         .genre = "Dub",
                                         .comment = "Slow.",
                                         .mood = "Calm",
                                         .key_sig = "F#m",
                                         .bpm = 74,
                                         .price = "4.50",
                                         .picture = picture },
                      NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 1);

  probe = gm_probe_load (path, &read, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (probe->format, ==, "FLAC 44.1 kHz 16 bit stereo");
  g_assert_cmpint (probe->duration_ms, ==, 1000);
  g_assert_cmpstr (probe->title, ==, "Tide “Ebb”");
  g_assert_cmpstr (probe->artist, ==, "Ann Ö");
  g_assert_cmpstr (probe->album, ==, "Water");
  g_assert_cmpstr (probe->genre, ==, "Dub");
  g_assert_cmpstr (probe->comment, ==, "Slow.");
  g_assert_cmpstr (probe->mood, ==, "Calm");
  g_assert_cmpstr (probe->key_sig, ==, "F#m");
  g_assert_cmpint (probe->bpm, ==, 74);
  g_assert_cmpstr (probe->price, ==, "4.50");
  g_assert_true (g_bytes_equal (read, picture));

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_what_cannot_be_written_leaves_nothing (void)
{
  g_autofree char *folder = g_dir_make_tmp ("flac-file-XXXXXX", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "a.flac", NULL);
  g_autofree char *path = g_build_filename (folder, "a.flac", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GBytes) frames = dup_ramp ();
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_flac_file_write (nowhere, frames, &(GmFlacFileTags){ 0 }, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_clear_error (&error);

  g_cancellable_cancel (cancelled);
  g_assert_false (gm_flac_file_write (path, frames, &(GmFlacFileTags){ 0 }, cancelled, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flac-file/tags-and-cover-are-read-back", test_tags_and_cover_are_read_back);
  g_test_add_func ("/flac-file/what-cannot-be-written-leaves-nothing",
                   test_what_cannot_be_written_leaves_nothing);
  return g_test_run ();
}
