/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/error.h"

typedef struct
{
  char *folder;
  char *path;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gm-durable-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "file", NULL);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* and no part is left behind */
  g_free (self->path);
  g_free (self->folder);
}

static void
assert_content (Scene *self, const char *wanted)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static gboolean
write_file (Scene *self, const char *text, gboolean only_new, GError **error)
{
  g_autoptr (GmDurable) file = gm_durable_begin (self->path, error);

  return file != NULL && gm_durable_write (file, text, strlen (text), error) &&
         (only_new ? gm_durable_commit_new (file, error) : gm_durable_commit (file, error));
}

static void
it_appears_whole_or_not_at_all (Scene *self, gconstpointer unused)
{
  g_autoptr (GmDurable) file = gm_durable_begin (self->path, NULL);

  g_assert_true (gm_durable_write (file, "one", 3, NULL));
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&file, gm_durable_free);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_true (write_file (self, "one", FALSE, NULL));
  assert_content (self, "one");
  g_assert_true (write_file (self, "two", FALSE, NULL));
  assert_content (self, "two");
}

static void
a_new_one_takes_no_place (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_file (self, "one", TRUE, NULL));
  g_assert_false (write_file (self, "two", TRUE, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  assert_content (self, "one");
}

static void
it_is_read_back_before_it_appears (Scene *self, gconstpointer unused)
{
  g_autoptr (GmDurable) file = gm_durable_begin (self->path, NULL);
  g_autoptr (GBytes) nothing = gm_durable_read_back (file, NULL);
  g_autoptr (GBytes) all = NULL;

  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
  g_assert_true (gm_durable_write (file, "one", 3, NULL));
  g_assert_true (gm_durable_write (file, "two", 3, NULL));
  all = gm_durable_read_back (file, NULL);
  g_assert_cmpmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all), "onetwo", 6);
  g_assert_true (gm_durable_write (file, "three", 5, NULL));
  g_assert_true (gm_durable_commit (file, NULL));
  assert_content (self, "onetwothree");
}

static void
a_missing_folder_is_said (Scene *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "none", "file", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_durable_begin (path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
reads_are_whole_or_refused (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  char text[4] = "....";
  int file;

  g_assert_true (g_file_set_contents (self->path, "abcdef", 6, NULL));
  file = g_open (self->path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_true (gm_durable_read_at (file, 2, text, 4, self->path, &error));
  g_assert_cmpmem (text, 4, "cdef", 4);
  g_assert_true (gm_durable_read_at (file, 6, text, 0, self->path, &error));
  g_assert_false (gm_durable_read_at (file, 3, text, 4, self->path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "ends at byte 6"));
  close (file);
}

static char *
make_file (Scene *self, const char *name, gint64 age_seconds)
{
  char *path = g_build_filename (self->folder, name, NULL);
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - age_seconds;
  const struct timeval times[2] = { { .tv_sec = then }, { .tv_sec = then } };

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_cmpint (utimes (path, times), ==, 0);
  return path;
}

static void
old_parts_are_swept (Scene *self, gconstpointer unused)
{
  g_autofree char *old = make_file (self, ".part-abcdef", 24 * 3600 + 60);
  g_autofree char *young = make_file (self, ".part-ghijkl", 24 * 3600 - 60);
  g_autofree char *other = make_file (self, "old", 48 * 3600);

  gm_durable_sweep (self->folder);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (young), ==, 0);
  g_assert_cmpint (g_unlink (other), ==, 0);
  gm_durable_sweep (self->path); /* no folder: nothing to sweep */
}

static void
a_failed_call_says_what_can_be_done (Scene *self, gconstpointer unused)
{
  static const struct
  {
    int number;
    GmErrorCode code;
  } cases[] = {
    { ENOSPC, GM_ERROR_OFFLINE },  { EDQUOT, GM_ERROR_OFFLINE },   { ENOENT, GM_ERROR_NOT_FOUND },
    { EACCES, GM_ERROR_DENIED },   { EROFS, GM_ERROR_DENIED },     { EEXIST, GM_ERROR_CONFLICT },
    { EISDIR, GM_ERROR_BAD_DATA }, { ENOTDIR, GM_ERROR_BAD_DATA }, { EIO, GM_ERROR_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      gm_durable_set_errno (&error, cases[i].number, "Write", "/a/folder/song.gma1");
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, "Write “song.gma1”: "));
    }
}

static void
a_file_is_read_up_to_a_length (Scene *self, gconstpointer unused)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_durable_read (self->path, 4, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gm_durable_read (self->folder, 4, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_true (write_file (self, "four", TRUE, NULL));
  whole = gm_durable_read (self->path, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), "four", 4);
  g_assert_null (gm_durable_read (self->path, 3, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  g_unlink (self->path);
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0); /* nobody writes: it must not wait */
  g_assert_null (gm_durable_read (self->path, 4, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/durable/it-appears-whole-or-not-at-all", it_appears_whole_or_not_at_all);
  ADD ("/durable/a-new-one-takes-no-place", a_new_one_takes_no_place);
  ADD ("/durable/it-is-read-back-before-it-appears", it_is_read_back_before_it_appears);
  ADD ("/durable/a-missing-folder-is-said", a_missing_folder_is_said);
  ADD ("/durable/reads-are-whole-or-refused", reads_are_whole_or_refused);
  ADD ("/durable/old-parts-are-swept", old_parts_are_swept);
  ADD ("/durable/a-failed-call-says-what-can-be-done", a_failed_call_says_what_can_be_done);
  ADD ("/durable/a-file-is-read-up-to-a-length", a_file_is_read_up_to_a_length);
  return g_test_run ();
}
