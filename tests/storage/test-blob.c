/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/blob.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "base/error.h"

typedef struct
{
  char *folder;
  GmBlob *blob;
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  g_autofree char *objects = NULL;

  scene->folder = g_dir_make_tmp ("gm-blob-XXXXXX", NULL);
  objects = g_build_filename (scene->folder, "a", "objects", NULL);
  scene->blob = gm_blob_open_directory (objects, NULL);
  g_assert_nonnull (scene->blob);
}

static void
delete_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        delete_tree (child);
      g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  gm_blob_free (scene->blob);
  delete_tree (scene->folder);
  g_free (scene->folder);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }
  return n;
}

static void
test_put_get (Scene *scene, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("waves", 5);
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autofree char *name = gm_blob_name_for ("waveform", content, "bin");
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (name, "waveform/"));
  g_assert_true (g_str_has_suffix (name, ".bin"));
  g_assert_cmpuint (strlen (name), ==, 9 + 64 + 4);
  g_assert_false (gm_blob_has (scene->blob, name));
  g_assert_null (gm_blob_get (scene->blob, name, 100, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (gm_blob_put_bytes (scene->blob, name, content, NULL));
  g_assert_true (gm_blob_put_bytes (scene->blob, name, other, NULL)); /* immutable */
  g_assert_true (gm_blob_has (scene->blob, name));
  back = gm_blob_get (scene->blob, name, 5, NULL);
  g_assert_true (g_bytes_equal (back, content));
  g_assert_null (gm_blob_get (scene->blob, name, 4, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  g_assert_true (gm_blob_put_bytes (scene->blob, "ipfs/empty", nothing, NULL));
  empty = gm_blob_get (scene->blob, "ipfs/empty", 0, NULL);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
  g_assert_cmpuint (count_files (scene->folder), ==, 2); /* no temp file */

  g_assert_true (gm_blob_delete (scene->blob, name, NULL));
  g_assert_false (gm_blob_delete (scene->blob, name, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
test_put_file (Scene *scene, gconstpointer data)
{
  g_autofree char *file = g_build_filename (scene->folder, "in", NULL);
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "music", -1, NULL));
  g_assert_true (gm_blob_put_file (scene->blob, "ipfs/bafk", file, NULL));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS)); /* same file system: moved */
  path = gm_blob_dup_path (scene->blob, "ipfs/bafk");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "music");

  g_assert_true (gm_blob_put_file (scene->blob, "ipfs/bafk", file, NULL)); /* is there already */
  g_assert_false (gm_blob_put_file (scene->blob, "ipfs/other", file, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_blob_put_file (scene->blob, "ipfs/other", scene->folder, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_cmpint (symlink (path, file), ==, 0);
  g_assert_false (gm_blob_put_file (scene->blob, "ipfs/other", file, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_false (gm_blob_has (scene->blob, "ipfs/other"));
}

/* From another file system it is copied, and what is there is whole all the same. */
static void
test_put_file_from_elsewhere (Scene *scene, gconstpointer data)
{
  g_autofree char *file = g_strdup ("/dev/shm/gm-blob-XXXXXX");
  g_autoptr (GBytes) back = NULL;
  struct stat here, there;
  int fd = g_mkstemp (file);

  if (fd < 0 || stat (scene->folder, &here) != 0 || fstat (fd, &there) != 0 ||
      here.st_dev == there.st_dev)
    {
      g_test_skip ("no second file system to move from");
      return;
    }
  g_assert_cmpint (write (fd, "abc", 3), ==, 3);
  close (fd);
  g_assert_true (gm_blob_put_file (scene->blob, "preview/x.ogg", file, NULL));
  back = gm_blob_get (scene->blob, "preview/x.ogg", 10, NULL);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), "abc", 3);
  g_unlink (file);
}

static void
test_hostile_names (Scene *scene, gconstpointer data)
{
  static const char *const names[] = {
    "",
    "/",
    ".",
    "..",
    "a",
    "a/",
    "/a",
    "//",
    "a//b",
    "a/b/c",
    "../a",
    "a/..",
    "a/../b",
    "a/.",
    "a/.b",
    "a/b.",
    "a/b..c",
    ".a/b",
    "a./b",
    "a.b/c.",
    "a/b c",
    "a/b\n",
    "a/b\\c",
    "a\\b",
    "a/b:c",
    "a/~b",
    "~/b",
    "a/b%2f",
    "a/%2e%2e",
    "a/b*",
    "a/b?",
    "a/b|c",
    "a/b;c",
    "a/b$c",
    "a/b`c",
    "a/-b",
    "-a/b",
    "a/b_c",
    "a/b-c",
    "C:/x",
    "a/\xc3\xa9",
    "a/\xe2\x80\xae"
    "b",
    "a/\xff",
    "a/b\x01",
    "\xef\xbc\x8e\xef\xbc\x8e/x",
    "a/b\xe2\x81\x84"
    "c",
    ".part-abc123/x",
    "a/.part-abc123",
  };
  g_autofree char *longest = g_strconcat ("a/", "", NULL);
  g_autofree char *fill = g_strnfill (198, 'x');
  g_autofree char *fits = g_strconcat (longest, fill, NULL);
  g_autofree char *too_long = g_strconcat (fits, "x", NULL);
  g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
  g_autofree char *file = g_build_filename (scene->folder, "in", NULL);

  g_assert_true (g_file_set_contents (file, "music", -1, NULL));
  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      const char *name = i < G_N_ELEMENTS (names) ? names[i] : too_long;
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_blob_put_bytes (scene->blob, name, content, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_clear_error (&error);
      g_assert_false (gm_blob_put_file (scene->blob, name, file, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_clear_error (&error);
      g_assert_null (gm_blob_get (scene->blob, name, 100, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_clear_error (&error);
      g_assert_false (gm_blob_delete (scene->blob, name, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_null (gm_blob_dup_path (scene->blob, name));
      g_assert_false (gm_blob_has (scene->blob, name));
    }
  g_assert_cmpuint (count_files (scene->folder), ==, 1); /* nothing was written, "in" is there */
  g_assert_true (gm_blob_put_bytes (scene->blob, fits, content, NULL));
}

/* A link planted in the folder leads nowhere. */
static void
test_links_not_followed (Scene *scene, gconstpointer data)
{
  g_autofree char *secret = g_build_filename (scene->folder, "secret", NULL);
  g_autofree char *kind = g_build_filename (scene->folder, "a", "objects", "ipfs", NULL);
  g_autofree char *link = g_build_filename (kind, "x", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (secret, "s", -1, NULL));
  g_assert_cmpint (g_mkdir_with_parents (kind, 0700), ==, 0);
  g_assert_cmpint (symlink (secret, link), ==, 0);
  g_assert_null (gm_blob_get (scene->blob, "ipfs/x", 10, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
test_old_parts_swept (Scene *scene, gconstpointer data)
{
  g_autofree char *objects = g_build_filename (scene->folder, "a", "objects", NULL);
  g_autofree char *kind = g_build_filename (objects, "ipfs", NULL);
  g_autofree char *old = g_build_filename (kind, ".part-aaaaaa", NULL);
  g_autofree char *fresh = g_build_filename (kind, ".part-bbbbbb", NULL);
  g_autofree char *object = g_build_filename (kind, "bafk", NULL);
  const struct utimbuf long_ago = { 1000000000, 1000000000 };
  GmBlob *again;

  g_assert_cmpint (g_mkdir_with_parents (kind, 0700), ==, 0);
  g_assert_true (g_file_set_contents (old, "x", -1, NULL));
  g_assert_true (g_file_set_contents (fresh, "x", -1, NULL));
  g_assert_true (g_file_set_contents (object, "x", -1, NULL));
  utime (old, &long_ago);
  utime (object, &long_ago);
  again = gm_blob_open_directory (objects, NULL);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS)); /* somebody may be writing it */
  g_assert_true (g_file_test (object, G_FILE_TEST_EXISTS));
  gm_blob_free (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/blob/" path, Scene, NULL, set_up, f, tear_down)
  ADD ("put-get-delete", test_put_get);
  ADD ("file-is-moved-in", test_put_file);
  ADD ("file-is-copied-from-elsewhere", test_put_file_from_elsewhere);
  ADD ("hostile-names-touch-nothing", test_hostile_names);
  ADD ("links-are-not-followed", test_links_not_followed);
  ADD ("old-parts-are-swept", test_old_parts_swept);
  return g_test_run ();
}
