/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/device-key.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "base/error.h"
#include "keyring-peer.h"
#include "vault/sealed.h"

/* Run twice: on a desktop with a real keyring, and on one without. */

#define WORDS "test test test test test test test test test test test junk"

static const GmSealedCost cheap = { 64 * 1024, 1 };
static const SecretSchema schema = { "app.gotmusic.GotMusic.DeviceKey",
                                     SECRET_SCHEMA_NONE,
                                     { { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING }, { 0 } } };

typedef struct
{
  char *folder, *path, *old;
  GmSecret *password;
  GmVault *vault;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) words = gm_secret_new_text (WORDS);

  self->folder = g_dir_make_tmp ("gm-device-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "keystore.json", NULL);
  self->old = g_strconcat (self->path, ".old", NULL);
  self->password = gm_secret_new_text ("correct horse");
  self->vault = gm_vault_new (self->path, NULL);
  g_assert_true (gm_vault_create (self->vault, words, self->password, NULL));
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  gm_vault_unref (self->vault);
  gm_secret_unref (self->password);
  g_unlink (self->path);
  g_unlink (self->old);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->old);
}

static void
remember (Scene *self)
{
  g_autoptr (GError) error = NULL;

  gm_device_key_remember (self->vault, self->folder, NULL, &error);
  g_assert_no_error (error);
  gm_vault_lock (self->vault);
}

/* And the password helps. */
static void
assert_refused (Scene *self, GmErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  gm_vault_lock (self->vault);
  g_assert_false (gm_device_key_unlock (self->vault, self->folder, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, GM_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_LOCKED);
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
}

static void
the_keyring_opens_the_wallet (Scene *self, gconstpointer unused)
{
  g_autoptr (GmVault) again = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (self, GM_ERROR_NOT_FOUND, "Only the password"); /* off until it is wished */
  remember (self);
  g_assert_true (gm_device_key_unlock (self->vault, self->folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_UNLOCKED);

  again = gm_vault_new (self->path, NULL);
  g_assert_true (gm_vault_has_device (again));
  g_assert_true (gm_device_key_unlock (again, self->folder, NULL, &error));
}

static void
what_is_forgotten_opens_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  SecretValue *value;

  remember (self);
  value = secret_password_lookup_binary_sync (&schema, NULL, NULL, "folder", self->folder, NULL);
  g_assert_nonnull (value); /* as a thief would have it */
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  g_assert_true (gm_device_key_forget (self->vault, self->folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (
      secret_password_lookup_binary_sync (&schema, NULL, NULL, "folder", self->folder, NULL));
  g_assert_true (secret_password_store_binary_sync (&schema, SECRET_COLLECTION_DEFAULT, "stolen",
                                                    value, NULL, NULL, "folder", self->folder,
                                                    NULL));
  assert_refused (self, GM_ERROR_NOT_FOUND, "Only the password");
  secret_value_unref (value);
}

/* The wallet cannot be written: what opened it before does so still. */
static void
what_failed_leaves_the_old_key (Scene *self, gconstpointer unused)
{
  g_autofree char *away = g_strconcat (self->path, ".away", NULL);
  g_autoptr (GError) error = NULL;

  remember (self);
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  g_assert_cmpint (g_rename (self->path, away), ==, 0);
  g_assert_false (gm_device_key_remember (self->vault, self->folder, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (g_rename (away, self->path), ==, 0);
  gm_vault_lock (self->vault);
  g_assert_true (gm_device_key_unlock (self->vault, self->folder, NULL, &error));
  g_assert_no_error (error);
}

static void
a_locked_keyring_leaves_the_password (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  remember (self);
  keyring_peer_lock ();
  assert_refused (self, GM_ERROR_DENIED, "Your password opens the wallet");
  keyring_peer_unlock ();
  gm_vault_lock (self->vault);
  g_assert_true (gm_device_key_unlock (self->vault, self->folder, NULL, &error));
  g_assert_no_error (error);
}

static void
a_locked_keyring_remembers_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  keyring_peer_lock ();
  g_assert_false (gm_device_key_remember (self->vault, self->folder, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  keyring_peer_unlock ();
  g_assert_false (gm_vault_has_device (self->vault));
}

/* A person sees the keyring's dialog and presses Cancel. */
static void
a_dismissed_prompt_leaves_the_password (Scene *self, gconstpointer unused)
{
  remember (self);
  keyring_peer_lock ();
  keyring_peer_dismiss_start ();
  assert_refused (self, GM_ERROR_DENIED, "Your password opens the wallet");
  g_assert_cmpuint (keyring_peer_dismiss_stop (), >, 0);
  keyring_peer_unlock ();
}

static void
a_deleted_item_leaves_the_password (Scene *self, gconstpointer unused)
{
  remember (self);
  g_assert_true (secret_password_clear_sync (&schema, NULL, NULL, "folder", self->folder, NULL));
  assert_refused (self, GM_ERROR_DENIED, "Your password opens the wallet");
}

/* A keyring of an old backup, or one that lies. */
static void
a_wrong_secret_leaves_the_password (Scene *self, gconstpointer unused)
{
  static const struct
  {
    const char *secret, *words;
  } cases[] = {
    { "an incorrect secret of 32 bytes.", "the password does" },
    { "short", "Your password opens the wallet" },
    { "", "Your password opens the wallet" },
  };

  remember (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SecretValue *value = secret_value_new (cases[i].secret, -1, "application/octet-stream");

      g_assert_true (secret_password_store_binary_sync (&schema, SECRET_COLLECTION_DEFAULT, "wrong",
                                                        value, NULL, NULL, "folder", self->folder,
                                                        NULL));
      assert_refused (self, GM_ERROR_DENIED, cases[i].words);
      secret_value_unref (value);
    }
}

static void
a_locked_wallet_is_not_remembered (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  gm_vault_lock (self->vault);
  g_assert_false (gm_device_key_remember (self->vault, self->folder, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (gm_device_key_forget (self->vault, self->folder, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
}

static void
without_a_keyring_nothing_is_changed (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_device_key_remember (self->vault, self->folder, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "none runs on this computer"));
  g_assert_false (gm_vault_has_device (self->vault));
  assert_refused (self, GM_ERROR_NOT_FOUND, "Only the password");
}

static gboolean
set_device (GmKeystore *keystore, GmSecret *master, gpointer device_key, GError **error)
{
  return gm_keystore_set_device (keystore, master, device_key, error);
}

/* The keyring was there when it was wished. */
static void
an_absent_keyring_leaves_the_password (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);

  g_assert_true (gm_vault_use (self->vault, set_device, key, NULL));
  assert_refused (self, GM_ERROR_DENIED, "Your password opens the wallet");
  g_assert_true (gm_device_key_forget (self->vault, self->folder, NULL, NULL));
  g_assert_false (gm_vault_has_device (self->vault));
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/device-key/a-locked-wallet-is-not-remembered", a_locked_wallet_is_not_remembered);
  if (keyring_peer_is_there ())
    {
      ADD ("/device-key/the-keyring-opens-the-wallet", the_keyring_opens_the_wallet);
      ADD ("/device-key/what-is-forgotten-opens-nothing", what_is_forgotten_opens_nothing);
      ADD ("/device-key/what-failed-leaves-the-old-key", what_failed_leaves_the_old_key);
      ADD ("/device-key/a-locked-keyring-leaves-the-password",
           a_locked_keyring_leaves_the_password);
      ADD ("/device-key/a-locked-keyring-remembers-nothing", a_locked_keyring_remembers_nothing);
      ADD ("/device-key/a-dismissed-prompt-leaves-the-password",
           a_dismissed_prompt_leaves_the_password);
      ADD ("/device-key/a-deleted-item-leaves-the-password", a_deleted_item_leaves_the_password);
      ADD ("/device-key/a-wrong-secret-leaves-the-password", a_wrong_secret_leaves_the_password);
    }
  else
    {
      ADD ("/device-key/without-a-keyring-nothing-is-changed",
           without_a_keyring_nothing_is_changed);
      ADD ("/device-key/an-absent-keyring-leaves-the-password",
           an_absent_keyring_leaves_the_password);
    }
  return g_test_run ();
}
