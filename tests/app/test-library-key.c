/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/library-key.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"

/* Run twice: on a desktop with a real keyring, and on one without. */

#define PASSWORD "a password of this run\n" /* of tools/run-headless */

static GDBusConnection *bus;

static GVariant *
call (const char *name, const char *path, const char *method, GVariant *arguments)
{
  const char *dot = strrchr (method, '.');
  g_autofree char *interface = g_strndup (method, (gsize) (dot - method));

  return g_dbus_connection_call_sync (bus, name, path, interface, dot + 1, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, 10000, NULL, NULL);
}

static gboolean
has_keyring (void)
{
  g_autoptr (GVariant) owner = call ("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                     "org.freedesktop.DBus.GetNameOwner",
                                     g_variant_new ("(s)", "org.freedesktop.secrets"));

  return owner != NULL;
}

static void
lock (void)
{
  static const char *const paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };
  g_autoptr (GVariant) locked = call ("org.freedesktop.secrets", "/org/freedesktop/secrets",
                                      "org.freedesktop.Secret.Service.Lock",
                                      g_variant_new ("(^ao)", paths));

  g_assert_nonnull (locked);
}

/* What the keyring's own dialog does with the password. */
static void
unlock (void)
{
  g_autoptr (GVariant) session = call ("org.freedesktop.secrets", "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service.OpenSession",
                                       g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_autoptr (GVariant) unlocked = NULL;
  const char *path;

  g_assert_nonnull (session);
  g_variant_get (session, "(v&o)", NULL, &path);
  unlocked = call (
      "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword",
      g_variant_new (
          "(o(o@ay@ays))", "/org/freedesktop/secrets/aliases/default", path,
          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD, strlen (PASSWORD), 1),
          "text/plain"));
  g_assert_nonnull (unlocked);
}

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

  lock ();
  refuses (folder);
  unlock ();
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

  lock ();
  key = ask (folder, &error);
  g_assert_no_error (error);
  g_assert_true (is_there (folder, "library.key"));
  unlock ();
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
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (bus);
  if (has_keyring ())
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
  status = g_test_run ();
  g_object_unref (bus);
  return status;
}
