/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/durable.h"

#include <glib/gstdio.h>
#include <string.h>

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

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/durable/it-appears-whole-or-not-at-all", it_appears_whole_or_not_at_all);
  ADD ("/durable/a-new-one-takes-no-place", a_new_one_takes_no_place);
  ADD ("/durable/it-is-read-back-before-it-appears", it_is_read_back_before_it_appears);
  ADD ("/durable/a-missing-folder-is-said", a_missing_folder_is_said);
  return g_test_run ();
}
