/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sound-files.h"

#include <glib/gstdio.h>
#include <unistd.h>

static char *
touch (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  return path;
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_music_is_found_in_order (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-sound-files-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "album", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;
  g_autofree char *d = NULL;
  g_autofree char *e = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (symlink (folder, loop), ==, 0);
  a = touch (folder, "b.FLAC");
  b = touch (folder, "cover.jpg");
  c = touch (inner, "a.wav");
  d = touch (folder, ".hidden.wav");
  e = touch (folder, "wav");
  found = gm_sound_files_find (folder);
  g_assert_cmpint (found->len, ==, 2);
  g_assert_cmpstr (found->pdata[0], ==, c);
  g_assert_cmpstr (found->pdata[1], ==, a);
  remove_all (folder);
}

/* The store says what is wrong with it; a name says nothing. */
static void
test_a_chosen_file_is_taken_as_it_is (void)
{
  g_autoptr (GPtrArray) found = gm_sound_files_find ("/nowhere/notes.txt");

  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpstr (found->pdata[0], ==, "/nowhere/notes.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound-files/music-is-found-in-order", test_music_is_found_in_order);
  g_test_add_func ("/sound-files/a-chosen-file-is-taken-as-it-is",
                   test_a_chosen_file_is_taken_as_it_is);
  return g_test_run ();
}
