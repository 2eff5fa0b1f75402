/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/library-key.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "keyring-peer.h"

/* Run twice: on a desktop with a real keyring, and on one without. */

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
remove_all (const char *folder)
{
  static const char *const names[] = { "library.key", "library.keyring" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* As a program that was started anew asks. */
static GmSecret *
ask (const char *folder, GError **error)
{
  g_autoptr (GmLibraryKey) asked = gm_library_key_new (folder);

  return gm_library_key_get (asked, NULL, error);
}

static void
refuses (const char *folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (folder, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "Unlock the keyring and try again"));
  g_assert_false (is_there (folder, "library.key")); /* no new key that opens nothing */
}

static void
test_locked (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-library-XXXXXX", NULL);
  g_autoptr (GmSecret) key = ask (folder, NULL);
  g_autoptr (GmSecret) again = ask (folder, NULL);
  g_autoptr (GmSecret) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (is_there (folder, "library.keyring"));
  g_assert_false (is_there (folder, "library.key"));
  g_assert_true (gm_secret_equal (key, again));

  keyring_peer_lock ();
  refuses (folder);
  keyring_peer_unlock ();
  after = ask (folder, &error);
  g_assert_no_error (error);
  g_assert_true (gm_secret_equal (key, after));
  remove_all (folder);
}

/* Locked on the first day: nobody is there to unlock it, so a file keeps the key. */
static void
test_locked_at_first (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-library-XXXXXX", NULL);
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GmSecret) again = NULL;
  g_autoptr (GError) error = NULL;

  keyring_peer_lock ();
  key = ask (folder, &error);
  g_assert_no_error (error);
  g_assert_true (is_there (folder, "library.key"));
  keyring_peer_unlock ();
  again = ask (folder, &error);
  g_assert_no_error (error);
  g_assert_true (gm_secret_equal (key, again));
  remove_all (folder);
}

/* A restored backup, or a crash, without the note: the keyring still has what opens the library. */
static void
test_note_lost (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-library-XXXXXX", NULL);
  g_autofree char *note = g_build_filename (folder, "library.keyring", NULL);
  g_autoptr (GmSecret) key = ask (folder, NULL);
  g_autoptr (GmSecret) again = NULL;

  g_assert_cmpint (g_remove (note), ==, 0);
  again = ask (folder, NULL);
  g_assert_true (gm_secret_equal (key, again));
  g_assert_true (is_there (folder, "library.keyring"));
  remove_all (folder);
}

static void
test_emptied (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-library-XXXXXX", NULL);
  g_autofree char *note = g_build_filename (folder, "library.keyring", NULL);

  g_assert_true (g_file_set_contents (note, "", 0, NULL));
  refuses (folder);
  remove_all (folder);
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-library-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "library.key", NULL);
  g_autoptr (GmSecret) key = ask (folder, NULL);
  g_autoptr (GmSecret) again = ask (folder, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (gm_secret_equal (key, again));
  g_assert_false (is_there (folder, "library.keyring"));
  remove_all (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (keyring_peer_is_there ())
    {
      g_test_add_func ("/library-key/a-locked-keyring-is-said-to-be-locked", test_locked);
      g_test_add_func ("/library-key/a-lost-note-is-no-new-key", test_note_lost);
      g_test_add_func ("/library-key/an-emptied-keyring-is-no-new-key", test_emptied);
      g_test_add_func ("/library-key/a-keyring-locked-at-first-is-done-without",
                       test_locked_at_first);
    }
  else
    {
      g_test_add_func ("/library-key/without-a-keyring-a-file-keeps-it", test_file);
      g_test_add_func ("/library-key/an-absent-keyring-is-said-to-be-away", test_emptied);
    }
  return g_test_run ();
}
