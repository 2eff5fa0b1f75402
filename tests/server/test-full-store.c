/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server-world.h"
#include "tests/media/sounds.h"

/* The real program on a disk that fills up: what it says, and that nothing is lost. Each case runs
 * in a child, which mounts a small disk; where it may not, its files are limited instead. */

#define DISK_MIB 64

static char *folder; /* of the small disk */
static char *music;
static gboolean is_mount;

static char *
run (const char *line, const char *file_blocks, gboolean succeeds)
{
  g_autofree char *program = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server",
                                               "gotmusic-server", NULL);
  g_autofree char *limited = g_strdup_printf (
      "trap '' XFSZ; ulimit -f %s; exec \"$0\" --data \"$1\" %s \"$2\" 2>&1", file_blocks, line);
  const char *argv[] = { "/bin/sh", "-c", limited, program, folder, music, NULL };
  g_autofree char *said = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL,
                               &status, NULL));
  g_printerr ("%s", said);
  g_assert_true (WIFEXITED (status)); /* never by a signal */
  g_assert_cmpint (WEXITSTATUS (status) == 0, ==, succeeds);
  return g_steal_pointer (&said);
}

/* Runs until it is ready, and stops it: what is sealed needs its key nodes. */
static void
found_a_store (void)
{
  g_autofree char *program = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server",
                                               "gotmusic-server", NULL);
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, program, "--data",
      folder, "--port", "0", "--pieces", "1", "--fast", "demo", NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (process));
  gboolean ready = FALSE;

  while (!ready)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      g_assert_nonnull (line);
      ready = g_str_has_prefix (line, "ready ");
    }
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

/* All but @left bytes of the disk. */
static void
fill_but (gint64 left)
{
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *zeros = NULL;
  struct statvfs about;
  gint64 bytes;

  g_assert_cmpint (statvfs (folder, &about), ==, 0);
  bytes = (gint64) (about.f_bavail * about.f_frsize) - left;
  zeros = g_malloc0 ((gsize) bytes);
  g_assert_true (
      g_file_set_contents_full (ballast, zeros, bytes, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
free_again (void)
{
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);

  g_assert_cmpint (g_unlink (ballast), ==, 0);
}

/* No part of what failed stays among the objects of the store. */
static void
assert_no_parts (void)
{
  static const char *const kinds[] = { "ipfs", "preview", "artwork", "waveform" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (folder, "objects", kinds[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_assert_false (g_str_has_prefix (name, ".part-"));
    }
}

/* Wherever it stops: in the database, the preview, the cover or the master. */
static void
import_on_a_full_disk (void)
{
  static const gint64 left_kib[] = { 16, 60, 200, 320, 700, 1000 };
  g_autofree char *said = NULL;

  found_a_store ();
  for (guint i = 0; i < G_N_ELEMENTS (left_kib) && is_mount; i++)
    {
      g_autofree char *words = NULL;

      fill_but (left_kib[i] * 1024);
      words = run ("import", "unlimited", FALSE);
      g_assert_nonnull (strstr (words, "disk is full"));
      g_assert_nonnull (strstr (words, "Free some space and try again"));
      g_assert_null (strstr (words, " added\n"));
      assert_no_parts ();
      free_again ();
    }
  if (!is_mount)
    {
      said = run ("import", "1024", FALSE);
      g_assert_nonnull (strstr (said, "the disk is full. Free some space and try again"));
      g_clear_pointer (&said, g_free);
      assert_no_parts ();
    }

  said = run ("import", "unlimited", TRUE); /* there is room again: the same command goes on */
  g_assert_nonnull (strstr (said, "1 added, 0 already there, 0 failed"));
}

static gboolean
mount_small (void)
{
  g_autofree char *options = g_strdup_printf ("size=%dm", DISK_MIB);

  if (unshare (CLONE_NEWNS) == 0)
    mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
  return mount ("gm-test", folder, "tmpfs", 0, options) == 0;
}

static void
test_import (void)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      is_mount = mount_small ();
      import_on_a_full_disk ();
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* In a child: GStreamer's threads would not outlive the fork of a case. */
static void
make_song (const char *path)
{
  const GmSound sound = { .format = "flac", .seconds = 10, .shape = gm_sound_noise };
  pid_t child = fork ();

  if (child == 0)
    {
      gst_init (NULL, NULL);
      gm_sound_write (path, &sound);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

int
main (int argc, char **argv)
{
  g_autofree char *song = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("gm-full-store-XXXXXX", NULL);
  music = g_dir_make_tmp ("gm-full-music-XXXXXX", NULL);
  song = g_build_filename (music, "song.flac", NULL);
  g_test_add_func ("/full-store/an-import-says-so-and-goes-on-later", test_import);
  make_song (song);
  result = g_test_run ();
  server_world_remove (folder);
  server_world_remove (music);
  g_free (folder);
  g_free (music);
  return result;
}
