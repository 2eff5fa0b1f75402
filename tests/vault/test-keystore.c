/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/keystore.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "evm/address.h"
#include "evm/signature.h"
#include "vault/device-slot.h"
#include "vault/hdkey.h"
#include "vault/keystore-box.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define WORDS "test test test test test test test test test test test junk"

static const GmSealedCost cheap = { 64 * 1024, 1 };

typedef struct
{
  char *folder, *path, *old;
  GmSecret *words, *password, *master;
  GmKeystore *keystore;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gm-keystore-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "keystore.json", NULL);
  self->old = g_strconcat (self->path, ".old", NULL);
  self->words = gm_secret_new_text (WORDS);
  self->password = gm_secret_new_text ("correct horse");
  self->master = gm_keystore_create (self->path, self->words, "Main", self->password, NULL);
  g_assert_nonnull (self->master);
  self->keystore = gm_keystore_load (self->path, NULL);
  g_assert_nonnull (self->keystore);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  gm_keystore_free (self->keystore);
  gm_secret_unref (self->words);
  gm_secret_unref (self->password);
  gm_secret_unref (self->master);
  g_unlink (self->path);
  g_unlink (self->old);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* and no part is left behind */
  g_free (self->folder);
  g_free (self->path);
  g_free (self->old);
}

static char *
address_text (const GmKeystore *keystore, guint account)
{
  GmKeystoreAccount found;

  g_assert_true (gm_keystore_get (keystore, account, &found));
  return gm_address_dup_text (&found.address);
}

/* The file as a new process finds it. */
static GmKeystore *
reload (Scene *self)
{
  g_autoptr (GError) error = NULL;
  GmKeystore *keystore = gm_keystore_load (self->path, &error);

  g_assert_no_error (error);
  return keystore;
}

static void
put (Scene *self, const char *text, gssize length)
{
  g_unlink (self->path);
  g_assert_true (g_file_set_contents_full (self->path, text, length, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL)); /* not synced: thousands of them */
}

static void
assert_key_fits (GmKeystore *keystore, GmSecret *master, guint account)
{
  g_autoptr (GmSecret) key = gm_keystore_key (keystore, master, account, NULL);
  GmKeystoreAccount found;
  GmAddress address;

  g_assert_nonnull (key);
  g_assert_true (gm_keystore_get (keystore, account, &found));
  g_assert_true (gm_signature_address (key, &address, NULL));
  g_assert_true (gm_address_equal (&address, &found.address));
}

static void
what_is_made_is_found_again (Scene *self, gconstpointer unused)
{
  g_autoptr (GmKeystore) keystore = reload (self);
  g_autoptr (GmSecret) master = gm_keystore_unlock (keystore, self->password, NULL);
  g_autoptr (GmSecret) words = gm_keystore_words (keystore, master, NULL);
  g_autofree char *address = address_text (keystore, 0);
  GmKeystoreAccount found;
  GStatBuf status;

  g_assert_true (gm_secret_equal (master, self->master));
  g_assert_true (gm_secret_equal (words, self->words));
  g_assert_cmpuint (gm_keystore_count (keystore), ==, 1);
  g_assert_true (gm_keystore_get (keystore, 0, &found));
  g_assert_false (gm_keystore_get (keystore, 1, &found));
  g_assert_cmpstr (found.name, ==, "Main");
  g_assert_cmpint (found.kind, ==, GM_KEYSTORE_WORDS);
  g_assert_cmpuint (found.index, ==, 0);
  g_assert_cmpstr (address, ==, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  assert_key_fits (keystore, master, 0);
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

/* tests/vectors/keystore-1.json was made by another implementation, from the drawing in
 * keystore.h; a file of version 1 opens for ever. */
static void
another_implementation_fits (Scene *self, gconstpointer unused)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors", "keystore-1.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmKeystore) keystore = gm_keystore_load (path, &error);
  g_autoptr (GmSecret) master = NULL;
  g_autoptr (GmSecret) words = NULL;
  GmKeystoreAccount found;

  g_assert_no_error (error);
  master = gm_keystore_unlock (keystore, self->password, &error);
  g_assert_no_error (error);
  words = gm_keystore_words (keystore, master, &error);
  g_assert_no_error (error);
  g_assert_true (gm_secret_equal (words, self->words));
  g_assert_cmpuint (gm_keystore_count (keystore), ==, 3);
  for (guint i = 0; i < 3; i++)
    assert_key_fits (keystore, master, i);
  g_assert_true (gm_keystore_get (keystore, 1, &found));
  g_assert_cmpstr (found.name, ==, "Zweites „Konto“");
  g_assert_cmpuint (found.index, ==, 1);
  g_assert_true (gm_keystore_get (keystore, 2, &found));
  g_assert_cmpint (found.kind, ==, GM_KEYSTORE_KEY);
}

static void
accounts_are_added_imported_and_renamed (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GmKeystore) again = NULL;
  g_autofree char *second = NULL, *fourth = NULL;
  GmKeystoreAccount found;

  g_assert_true (gm_keystore_add (self->keystore, self->master, "Second", NULL));
  g_assert_true (gm_keystore_import (self->keystore, self->master, key, "Imported", NULL));
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Fourth", NULL));
  g_assert_true (gm_keystore_rename (self->keystore, self->master, 1, "Zweites", NULL));

  again = reload (self);
  g_assert_cmpuint (gm_keystore_count (again), ==, 4);
  for (guint i = 0; i < 4; i++)
    assert_key_fits (again, self->master, i);
  second = address_text (again, 1);
  fourth = address_text (again, 3);
  g_assert_cmpstr (second, ==, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  g_assert_cmpstr (fourth, ==, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
  g_assert_true (gm_keystore_get (again, 1, &found));
  g_assert_cmpstr (found.name, ==, "Zweites");
  g_assert_true (gm_keystore_get (again, 2, &found));
  g_assert_cmpint (found.kind, ==, GM_KEYSTORE_KEY);
}

static GmAddress
some_address (guint8 byte)
{
  GmAddress address;

  memset (address.b, byte, sizeof address.b);
  return address;
}

static gboolean
has_version (Scene *self, const char *version)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  return strstr (text, version) != NULL;
}

/* An older GotMusic reads the file again as soon as there is nothing in it that it does not know.
 */
static void
an_address_is_watched (Scene *self, gconstpointer unused)
{
  const GmAddress address = some_address (0xab);
  g_autoptr (GmKeystore) again = NULL;
  g_autoptr (GmSecret) master = NULL;
  g_autoptr (GError) error = NULL;
  GmKeystoreAccount found;

  g_assert_true (has_version (self, "\"version\":1}"));
  g_assert_true (gm_keystore_watch (self->keystore, self->master, &address, "Theirs", &error));
  g_assert_no_error (error);
  g_assert_true (has_version (self, "\"version\":2}"));

  again = reload (self);
  master = gm_keystore_unlock (again, self->password, NULL);
  g_assert_nonnull (master);
  g_assert_true (gm_keystore_get (again, 1, &found));
  g_assert_cmpint (found.kind, ==, GM_KEYSTORE_WATCHED);
  g_assert_cmpstr (found.name, ==, "Theirs");
  g_assert_true (gm_address_equal (&found.address, &address));
  g_assert_null (gm_keystore_key (again, master, 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "only watched"));
  g_assert_true (gm_keystore_rename (again, master, 1, "Hers", NULL));
  g_assert_true (gm_keystore_remove (again, master, 1, NULL));
  g_assert_true (has_version (self, "\"version\":1}"));
}

static void
what_was_not_derived_is_removed (Scene *self, gconstpointer unused)
{
  const GmAddress address = some_address (0xcd);
  g_autoptr (GmSecret) first = gm_secret_new_random (32);
  g_autoptr (GmSecret) second = gm_secret_new_random (32);
  g_autoptr (GmKeystore) again = NULL;
  g_autoptr (GError) error = NULL;
  GmKeystoreAccount found;

  g_assert_true (gm_keystore_import (self->keystore, self->master, first, "First", NULL));
  g_assert_true (gm_keystore_watch (self->keystore, self->master, &address, "Watched", NULL));
  g_assert_true (gm_keystore_import (self->keystore, self->master, second, "Second", NULL));
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Derived", NULL));
  g_assert_true (gm_keystore_remove (self->keystore, self->master, 1, NULL));

  again = reload (self);
  g_assert_cmpuint (gm_keystore_count (again), ==, 4);
  assert_key_fits (again, self->master, 0);
  assert_key_fits (again, self->master, 2);
  assert_key_fits (again, self->master, 3);
  g_assert_true (gm_keystore_get (again, 2, &found));
  g_assert_cmpstr (found.name, ==, "Second");
  g_assert_true (gm_keystore_import (again, self->master, first, "First", NULL)); /* back again */
  assert_key_fits (again, self->master, 4);

  g_assert_false (gm_keystore_remove (again, self->master, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (gm_keystore_remove (again, self->master, 5, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_keystore_remove (again, first, 4, &error)); /* not the master key */
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_cmpuint (gm_keystore_count (again), ==, 5);
}

static void
an_account_is_derived_at_its_index (Scene *self, gconstpointer unused)
{
  g_autofree char *ninth = NULL, *next = NULL;
  g_autoptr (GError) error = NULL;
  GmKeystoreAccount found;

  g_assert_true (gm_keystore_add_at (self->keystore, self->master, 9, "Ninth", &error));
  g_assert_no_error (error);
  ninth = address_text (self->keystore, 1);
  g_assert_cmpstr (ninth, ==, "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Tenth", NULL));
  g_assert_true (gm_keystore_get (self->keystore, 2, &found));
  g_assert_cmpuint (found.index, ==, 10);

  g_assert_false (gm_keystore_add_at (self->keystore, self->master, 9, "Again", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gm_keystore_add_at (self->keystore, self->master, 0x80000000u, "No", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpuint (gm_keystore_count (self->keystore), ==, 3);
}

static void
no_address_is_there_twice (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) own = gm_keystore_key (self->keystore, self->master, 0, NULL);
  g_autoptr (GmSecret) seed = gm_words_to_seed (self->words, NULL, NULL);
  g_autoptr (GmSecret) second = gm_hdkey_account (seed, 1, NULL);
  g_autoptr (GError) error = NULL;
  GmKeystoreAccount found;

  g_assert_true (gm_keystore_get (self->keystore, 0, &found));
  g_assert_false (gm_keystore_watch (self->keystore, self->master, &found.address, "Me", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gm_keystore_import (self->keystore, self->master, own, "Me", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);

  /* Imported, it is passed over when the next one is derived. */
  g_assert_true (gm_keystore_import (self->keystore, self->master, second, "Second", NULL));
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Third", &error));
  g_assert_no_error (error);
  g_assert_true (gm_keystore_get (self->keystore, 2, &found));
  g_assert_cmpuint (found.index, ==, 2);
}

/* PATH.old is the file before the last change, whole. */
static void
the_old_file_stays (Scene *self, gconstpointer unused)
{
  g_autofree char *before = NULL, *kept = NULL;
  GStatBuf status;

  g_assert_false (g_file_test (self->old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (self->path, &before, NULL, NULL));
  g_assert_true (gm_keystore_rename (self->keystore, self->master, 0, "Other", NULL));
  g_assert_true (g_file_get_contents (self->old, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, before);
  g_assert_cmpint (g_stat (self->old, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static void
a_password_is_changed (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) wrong = gm_secret_new_text ("wrong");
  g_autoptr (GmSecret) fresh = gm_secret_new_text ("battery staple");
  g_autoptr (GmSecret) empty = gm_secret_new (0);
  g_autoptr (GmKeystore) again = NULL;
  g_autoptr (GmSecret) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_keystore_change_password (self->keystore, wrong, fresh, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (gm_keystore_change_password (self->keystore, self->password, empty, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_true (gm_keystore_change_password (self->keystore, self->password, fresh, NULL));

  again = reload (self);
  g_assert_null (gm_keystore_unlock (again, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  opened = gm_keystore_unlock (again, fresh, NULL);
  g_assert_true (gm_secret_equal (opened, self->master));
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Second", NULL));
}

static void
the_master_key_is_that_of_the_password (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) opened = gm_keystore_unlock (self->keystore, self->password, NULL);

  g_assert_true (gm_secret_equal (opened, self->master));
}

/* Who knows the old password and finds the folder finds nothing that it opens. */
static void
an_old_password_opens_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) fresh = gm_secret_new_text ("battery staple");
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_assert_true (gm_keystore_rename (self->keystore, self->master, 0, "Other", NULL));
  g_assert_true (g_file_test (self->old, G_FILE_TEST_EXISTS));
  g_assert_true (gm_keystore_change_password (self->keystore, self->password, fresh, NULL));

  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr (GmKeystore) keystore = gm_keystore_load (path, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (keystore);
      g_assert_null (gm_keystore_unlock (keystore, self->password, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
}

static void
a_device_opens_it_until_it_is_taken_out (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) device = gm_secret_new_random (32);
  g_autoptr (GmSecret) other = gm_secret_new_random (32);
  g_autoptr (GmSecret) opened = NULL, with_password = NULL, with_other = NULL;
  g_autoptr (GmKeystore) again = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_keystore_unlock_device (self->keystore, device, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (gm_keystore_set_device (self->keystore, self->master, device, &error));
  g_assert_no_error (error);
  g_assert_true (has_version (self, "\"version\":2}"));

  again = reload (self);
  g_assert_true (gm_keystore_has_device (again));
  opened = gm_keystore_unlock_device (again, device, &error);
  g_assert_no_error (error);
  g_assert_true (gm_secret_equal (opened, self->master));
  with_password = gm_keystore_unlock (again, self->password, &error);
  g_assert_no_error (error);
  g_assert_null (gm_keystore_unlock_device (again, other, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_keystore_unlock (again, device, &error)); /* it is no password */
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (gm_keystore_set_device (again, other, device, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);

  g_assert_true (gm_keystore_set_device (again, self->master, other, NULL)); /* one at a time */
  g_assert_null (gm_keystore_unlock_device (again, device, NULL));
  with_other = gm_keystore_unlock_device (again, other, NULL);
  g_assert_nonnull (with_other);
  g_assert_true (gm_keystore_rename (again, self->master, 0, "Other", NULL));
  g_assert_true (g_file_test (self->old, G_FILE_TEST_EXISTS));
  g_assert_true (gm_keystore_set_device (again, self->master, NULL, NULL));
  g_assert_false (g_file_test (self->old, G_FILE_TEST_EXISTS)); /* it would open with the device */

  after = reload (self);
  g_assert_false (gm_keystore_has_device (after));
  g_assert_null (gm_keystore_unlock_device (after, other, NULL));
  g_assert_true (has_version (self, "\"version\":1}"));
}

/* A device stays through a new password: it opens the same master key. */
static void
a_device_outlives_a_password (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) device = gm_secret_new_random (32);
  g_autoptr (GmSecret) fresh = gm_secret_new_text ("battery staple");
  g_autoptr (GmKeystore) again = NULL;
  g_autoptr (GmSecret) opened = NULL;

  g_assert_true (gm_keystore_set_device (self->keystore, self->master, device, NULL));
  g_assert_true (gm_keystore_change_password (self->keystore, self->password, fresh, NULL));
  again = reload (self);
  opened = gm_keystore_unlock_device (again, device, NULL);
  g_assert_true (gm_secret_equal (opened, self->master));
}

static void
what_is_wrong_of_a_device_is_said (Scene *self, gconstpointer unused)
{
  static const struct
  {
    const char *from, *to, *complaint;
  } cases[] = {
    { "\"version\":2}", "\"version\":1}", "knows no device" },
    { "\"kind\":\"device\"}", "\"kind\":\"devise\"}", "kind" },
    { "\"kind\":\"device\"}", "\"kind\":\"device\",\"more\":1}", "not a slot of a device" },
    { "\"slots\":[{\"box\":\"", "\"slots\":[{\"kind\":\"device\",\"box\":\"\"},{\"box\":\"",
      "not a slot of a device" },
  };
  g_autoptr (GmSecret) device = gm_secret_new_random (32);
  g_autofree char *text = NULL;

  g_assert_true (gm_keystore_set_device (self->keystore, self->master, device, NULL));
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, cases[i].from, 2);
      g_autofree char *changed = g_strjoinv (cases[i].to, pieces);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (pieces), ==, 2);
      put (self, changed, -1);
      g_assert_null (gm_keystore_load (self->path, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].complaint));
    }
}

/* Parsed from a file that has a device alone, or two of them. */
static void
a_device_alone_is_refused (Scene *self, gconstpointer unused)
{
  for (guint n = 1; n <= 2; n++)
    {
      g_autoptr (GmKeystoreFile) file = NULL;
      g_autoptr (GBytes) bytes = NULL, written = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GmSecret) device = gm_secret_new_random (32);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
      bytes = g_bytes_new (text, strlen (text));
      file = gm_keystore_file_parse (bytes, NULL);
      if (n == 1)
        g_ptr_array_set_size (file->slots, 0);
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (file->slots, gm_device_slot_new (self->master, device));
      written = gm_keystore_file_encode (file);
      g_assert_null (gm_keystore_file_parse (written, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, n == 1 ? "none for a password" : "2 devices"));
    }
}

static void
what_cannot_be_is_refused (Scene *self, gconstpointer unused)
{
  g_autofree char *long_name = g_strnfill (GM_KEYSTORE_MAX_NAME + 1, 'a');
  const char *const names[] = { "", long_name, "a\nb", "\xff" };
  g_autoptr (GmSecret) other = gm_secret_new_random (32);
  g_autoptr (GmSecret) short_key = gm_secret_new (31);
  g_autoptr (GmSecret) zero = gm_secret_new (32);
  g_autoptr (GmSecret) own = gm_keystore_key (self->keystore, self->master, 0, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (gm_keystore_rename (self->keystore, self->master, 0, names[i], &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_clear_error (&error);
    }
  g_assert_false (gm_keystore_add (self->keystore, other, "Second", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_keystore_key (self->keystore, other, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_keystore_key (self->keystore, self->master, 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_keystore_rename (self->keystore, self->master, 1, "Name", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_keystore_import (self->keystore, self->master, short_key, "Key", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_keystore_import (self->keystore, self->master, zero, "Key", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_keystore_import (self->keystore, self->master, own, "Key", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (gm_keystore_create (self->path, self->words, "Main", self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_cmpuint (gm_keystore_count (self->keystore), ==, 1);
}

/* Made at once: a hundred changes would be five hundred syncs of the disk. */
static void
the_longest_keystore_is_read (Scene *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GmKeystoreFile) file = NULL;
  g_autoptr (GmKeystore) keystore = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < GM_KEYSTORE_MAX_NAME; i++)
    g_string_append (name, "\U0001f3b5"); /* four bytes each */
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  bytes = g_bytes_new (text, strlen (text));
  file = gm_keystore_file_parse (bytes, NULL);
  for (guint i = 1; i < GM_KEYSTORE_MAX_ACCOUNTS - 1; i++)
    {
      g_autoptr (GmSecret) key = gm_secret_new_random (32);
      GmKeystoreEntry entry = { .name = name->str, .box = (int) i };

      gm_keystore_box_add (file, FALSE, key, self->master);
      g_assert_true (gm_keystore_box_address (file, &entry, self->master, NULL));
      gm_keystore_file_add_entry (file, &entry);
    }
  gm_keystore_file_prove (file, self->master, &file->proof);
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = gm_keystore_file_encode (file);
  put (self, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

  keystore = reload (self);
  g_assert_true (gm_keystore_add (keystore, self->master, name->str, NULL));
  g_assert_false (gm_keystore_add (keystore, self->master, "One more", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_pointer (&keystore, gm_keystore_free);
  keystore = reload (self);
  g_assert_cmpuint (gm_keystore_count (keystore), ==, GM_KEYSTORE_MAX_ACCOUNTS);
  assert_key_fits (keystore, self->master, GM_KEYSTORE_MAX_ACCOUNTS - 1);
}

/* Two processes: the second to write would take back what the first did. */
static void
a_change_by_another_is_a_conflict (Scene *self, gconstpointer unused)
{
  g_autoptr (GmKeystore) other = reload (self);
  g_autoptr (GmKeystore) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_keystore_add (other, self->master, "Theirs", NULL));
  g_assert_false (gm_keystore_add (self->keystore, self->master, "Ours", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_cmpuint (gm_keystore_count (self->keystore), ==, 1);
  after = reload (self);
  g_assert_cmpuint (gm_keystore_count (after), ==, 2);
}

static void
a_full_disk_changes_nothing (Scene *self, gconstpointer unused)
{
  const struct rlimit small = { 100, RLIM_INFINITY };
  struct rlimit usual;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (self->path, &before, NULL, NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &usual);
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (gm_keystore_add (self->keystore, self->master, "Second", &error));
  setrlimit (RLIMIT_FSIZE, &usual);
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_true (g_file_get_contents (self->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (gm_keystore_count (self->keystore), ==, 1);
  g_assert_true (gm_keystore_add (self->keystore, self->master, "Second", NULL));
}

/* A child renames without end and is killed at any instruction: the file is always whole. */
static void
a_kill_leaves_a_whole_file (Scene *self, gconstpointer unused)
{
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (GmKeystore) keystore = NULL;
      g_autoptr (GmSecret) master = NULL;
      pid_t child = fork ();

      if (child == 0)
        for (guint i = 0;; i++)
          {
            g_autoptr (GmKeystore) own = gm_keystore_load (self->path, NULL);
            char name[16];

            g_snprintf (name, sizeof name, "Name %u", i);
            if (own == NULL || !gm_keystore_rename (own, self->master, 0, name, NULL))
              _exit (1);
          }
      g_usleep ((gulong) g_test_rand_int_range (1000, 40000)); /* when it dies is the point */
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      keystore = reload (self);
      master = gm_keystore_unlock (keystore, self->password, NULL);
      g_assert_nonnull (master);
    }
}

static void
remove_parts (Scene *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, ".part-"))
      {
        g_autofree char *path = g_build_filename (self->folder, name, NULL);

        g_unlink (path);
      }
  tear_down (self, NULL);
}

/* Every byte of the file, changed: it is refused, or it is as it was (white space, case of a hex
 * digit in an address or slot that its tag still covers). Never another account. */
static void
no_changed_byte_gets_through (Scene *self, gconstpointer unused)
{
  static const char bits[] = { 1, 0x20, 0x40 };
  g_autofree char *text = NULL;
  g_autofree char *address = address_text (self->keystore, 0);
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  for (gsize i = 0; i < length; i++)
    for (guint n = 0; n < G_N_ELEMENTS (bits); n++)
      {
        g_autoptr (GmKeystore) keystore = NULL;
        g_autoptr (GmSecret) master = NULL;
        g_autoptr (GError) error = NULL;

        text[i] ^= bits[n];
        put (self, text, (gssize) length);
        text[i] ^= bits[n];
        keystore = gm_keystore_load (self->path, &error);
        master = keystore != NULL ? gm_keystore_unlock (keystore, self->password, &error) : NULL;
        if (master == NULL)
          {
            g_assert_true (gm_error_is (error, GM_ERROR_BAD_DATA) ||
                           gm_error_is (error, GM_ERROR_DENIED) ||
                           gm_error_is (error, GM_ERROR_CONFLICT));
            g_assert_cmpuint (strlen (error->message), >, 10);
          }
        else
          {
            g_autofree char *same = address_text (keystore, 0);

            g_assert_cmpstr (same, ==, address);
            assert_key_fits (keystore, master, 0);
          }
      }
}

static void
a_cut_file_is_refused (Scene *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  for (gsize i = 0; i < length; i += 7)
    {
      g_autoptr (GError) error = NULL;

      put (self, text, (gssize) i);
      g_assert_null (gm_keystore_load (self->path, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
what_is_wrong_is_said (Scene *self, gconstpointer unused)
{
  static const struct
  {
    const char *from, *to, *complaint;
    GmErrorCode code;
  } cases[] = {
    { "gotmusic-keystore", "other-keystore", "the format is", GM_ERROR_BAD_DATA },
    { "\"version\":1}", "\"version\":3}", "newer GotMusic", GM_ERROR_CONFLICT },
    { "\"version\":1}", "\"version\":0}", "version 0", GM_ERROR_BAD_DATA },
    { "\"version\":1}", "\"version\":1.5}", "version", GM_ERROR_BAD_DATA },
    { "\"version\":1}", "\"version\":1,\"more\":1}", "7 members", GM_ERROR_BAD_DATA },
    { "\"kind\":\"words\"", "\"kind\":\"woods\"", "no kind of secret", GM_ERROR_BAD_DATA },
    { "\"kind\":\"words\"", "\"kind\":1", "kind", GM_ERROR_BAD_DATA },
    { "\"index\":0", "\"index\":2147483648", "no index", GM_ERROR_BAD_DATA },
    { "\"index\":0", "\"index\":-1", "no index", GM_ERROR_BAD_DATA },
    { "\"secret\":0", "\"secret\":1", "no secret 1", GM_ERROR_BAD_DATA },
    { "\"secret\":0", "\"secret\":-1", "version 1 watches nothing", GM_ERROR_BAD_DATA },
    { "\"secret\":0", "\"secret\":-2", "no secret -2", GM_ERROR_BAD_DATA },
    { "\"index\":0,\"name\":\"Main\",\"secret\":0", "\"index\":1,\"name\":\"Main\",\"secret\":-1",
      "no index 1", GM_ERROR_BAD_DATA },
    { "\"Main\"", "\"\"", "A name has", GM_ERROR_BAD_DATA },
    { "\"Main\"", "\"\\u0007\"", "control character", GM_ERROR_BAD_DATA },
    { "0xf39F", "0xf39f", "checksum", GM_ERROR_BAD_DATA },
    { "argon2id", "scrypt", "kdf", GM_ERROR_BAD_DATA },
    { "\"passes\":1", "\"passes\":99", "outside the limits", GM_ERROR_BAD_DATA },
    { "\"memory\":65536", "\"memory\":4294967296", "outside the limits", GM_ERROR_BAD_DATA },
    { "\"proof\":\"", "\"proof\":\"00", "digits", GM_ERROR_BAD_DATA },
    { "\"accounts\":[{", "\"accounts\":[{},{", "accounts, entry 0", GM_ERROR_BAD_DATA },
    { "\"accounts\":[{", "\"accounts\":[1,{", "entry 0 is no object", GM_ERROR_BAD_DATA },
    { "\"slots\":[", "\"slots\":[[],", "entry 0 is no object", GM_ERROR_BAD_DATA },
    { "\"slots\":", "\"slots\":[],\"other\":", "members", GM_ERROR_BAD_DATA },
    { "{", "[{", "JSON", GM_ERROR_BAD_DATA },
  };
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, cases[i].from, 2);
      g_autofree char *changed = g_strjoinv (cases[i].to, pieces);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].to);
      g_assert_cmpuint (g_strv_length (pieces), ==, 2);
      put (self, changed, -1);
      g_assert_null (gm_keystore_load (self->path, &error));
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].complaint));
    }
}

static void
what_is_no_file_is_refused (Scene *self, gconstpointer unused)
{
  g_autofree char *none = g_build_filename (self->folder, "none.json", NULL);
  g_autofree char *large = g_strnfill (GM_KEYSTORE_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_keystore_load (none, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gm_keystore_load (self->folder, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  put (self, large, -1);
  g_assert_null (gm_keystore_load (self->path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

/* Names are not sealed, only proved. */
static void
a_changed_name_is_seen_when_unlocked (Scene *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autoptr (GmKeystore) keystore = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  pieces = g_strsplit (text, "\"Main\"", 2);
  changed = g_strjoinv ("\"Mine\"", pieces);
  put (self, changed, -1);
  keystore = reload (self);
  g_assert_null (gm_keystore_unlock (keystore, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/keystore/what-is-made-is-found-again", what_is_made_is_found_again);
  ADD ("/keystore/another-implementation-fits", another_implementation_fits);
  ADD ("/keystore/accounts-are-added-imported-and-renamed",
       accounts_are_added_imported_and_renamed);
  ADD ("/keystore/an-address-is-watched", an_address_is_watched);
  ADD ("/keystore/what-was-not-derived-is-removed", what_was_not_derived_is_removed);
  ADD ("/keystore/an-account-is-derived-at-its-index", an_account_is_derived_at_its_index);
  ADD ("/keystore/no-address-is-there-twice", no_address_is_there_twice);
  ADD ("/keystore/the-old-file-stays", the_old_file_stays);
  ADD ("/keystore/a-password-is-changed", a_password_is_changed);
  ADD ("/keystore/the-master-key-is-that-of-the-password", the_master_key_is_that_of_the_password);
  ADD ("/keystore/an-old-password-opens-nothing", an_old_password_opens_nothing);
  ADD ("/keystore/a-device-opens-it-until-it-is-taken-out",
       a_device_opens_it_until_it_is_taken_out);
  ADD ("/keystore/a-device-outlives-a-password", a_device_outlives_a_password);
  ADD ("/keystore/what-is-wrong-of-a-device-is-said", what_is_wrong_of_a_device_is_said);
  ADD ("/keystore/a-device-alone-is-refused", a_device_alone_is_refused);
  ADD ("/keystore/what-cannot-be-is-refused", what_cannot_be_is_refused);
  ADD ("/keystore/the-longest-keystore-is-read", the_longest_keystore_is_read);
  ADD ("/keystore/a-change-by-another-is-a-conflict", a_change_by_another_is_a_conflict);
  ADD ("/keystore/a-full-disk-changes-nothing", a_full_disk_changes_nothing);
  g_test_add ("/keystore/a-kill-leaves-a-whole-file", Scene, NULL, set_up,
              a_kill_leaves_a_whole_file, remove_parts);
  ADD ("/keystore/no-changed-byte-gets-through", no_changed_byte_gets_through);
  ADD ("/keystore/a-cut-file-is-refused", a_cut_file_is_refused);
  ADD ("/keystore/what-is-wrong-is-said", what_is_wrong_is_said);
  ADD ("/keystore/what-is-no-file-is-refused", what_is_no_file_is_refused);
  ADD ("/keystore/a-changed-name-is-seen-when-unlocked", a_changed_name_is_seen_when_unlocked);
  return g_test_run ();
}
