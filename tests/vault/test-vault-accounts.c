/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/vault-accounts.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "evm/signable.h"
#include "vault/sealed.h"

#define WORDS  "test test test test test test test test test test test junk"
#define SECOND "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"

static const GmSealedCost cheap = { 64 * 1024, 1 };
static const GmAddress theirs = { { 0xab, 0xcd } };

typedef struct
{
  char *folder, *path, *old;
  GmSecret *password, *key;
  GmAddress address; /* of key */
  GmVault *vault;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) words = gm_secret_new_text (WORDS);

  self->folder = g_dir_make_tmp ("gm-accounts-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "keystore.json", NULL);
  self->old = g_strconcat (self->path, ".old", NULL);
  self->password = gm_secret_new_text ("correct horse");
  self->key = gm_secret_new_random (32);
  g_assert_true (gm_signature_address (self->key, &self->address, NULL));
  self->vault = gm_vault_new (self->path, NULL);
  g_assert_true (gm_vault_create (self->vault, words, self->password, NULL));
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  gm_vault_unref (self->vault);
  gm_secret_unref (self->password);
  gm_secret_unref (self->key);
  g_unlink (self->path);
  g_unlink (self->old);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->old);
}

static void
assert_account (GmVault *vault, guint i, const char *name, GmKeystoreKind kind)
{
  g_autoptr (GPtrArray) list = gm_vault_list (vault);
  const GmVaultAccount *account;

  g_assert_cmpuint (i, <, list->len);
  account = list->pdata[i];
  g_assert_cmpstr (account->name, ==, name);
  g_assert_cmpint (account->kind, ==, kind);
}

static void
assert_signs (GmVault *vault, guint account)
{
  g_autoptr (GError) error = NULL;
  GmSigner *signer = gm_vault_signer_new (vault, account, &error);
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmHash digest;
  GmSignature signature;
  GmAddress address;

  g_assert_no_error (error);
  g_assert_true (signer->sign (signer, &what, &signature, &error));
  g_assert_true (gm_vault_account (vault, account, &address, NULL));
  gm_signature_personal_digest (what.text, &digest);
  g_assert_true (gm_signature_verify (&signature, &digest, &address, &error));
  g_assert_no_error (error);
  gm_vault_signer_free (signer);
}

static void
add_all (Scene *self)
{
  g_assert_true (gm_vault_accounts_derive (self->vault, "Second", NULL));
  g_assert_true (gm_vault_accounts_import (self->vault, self->key, "Imported", NULL));
  g_assert_true (gm_vault_accounts_watch (self->vault, &theirs, "Watched", NULL));
  g_assert_true (gm_vault_accounts_derive_at (self->vault, 9, "Ninth", NULL));
}

static void
assert_all (GmVault *vault)
{
  assert_account (vault, 0, "Main account", GM_KEYSTORE_WORDS);
  assert_account (vault, 1, "Second", GM_KEYSTORE_WORDS);
  assert_account (vault, 2, "Imported", GM_KEYSTORE_KEY);
  assert_account (vault, 3, "Watched", GM_KEYSTORE_WATCHED);
  assert_account (vault, 4, "Ninth", GM_KEYSTORE_WORDS);
}

static void
each_account_signs_for_itself (Scene *self, gconstpointer unused)
{
  g_autoptr (GmVault) again = NULL;

  add_all (self);
  assert_all (self->vault);
  for (guint i = 0; i < 5; i++)
    if (i != 3)
      assert_signs (self->vault, i);

  again = gm_vault_new (self->path, NULL);
  assert_all (again); /* locked */
  g_assert_true (gm_vault_unlock (again, self->password, NULL));
  assert_signs (again, 4);
}

static void
a_watched_account_signs_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add_all (self);
  g_assert_null (gm_vault_signer_new (self->vault, 3, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "only watched"));
  g_clear_error (&error);
  g_assert_null (gm_vault_accounts_dup_key (self->vault, &theirs, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  assert_signs (self->vault, 0);
}

/* A signer made for one account never signs with the key of another that moved to its place. */
static void
a_signer_keeps_its_address (Scene *self, gconstpointer unused)
{
  GmSigner *imported, *ninth;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmHash digest;
  GmSignature signature;
  g_autoptr (GError) error = NULL;

  add_all (self);
  imported = gm_vault_signer_new (self->vault, 2, NULL);
  ninth = gm_vault_signer_new (self->vault, 4, NULL);
  g_assert_true (imported->sign (imported, &what, &signature, NULL));
  g_assert_true (ninth->sign (ninth, &what, &signature, NULL));
  g_assert_true (gm_vault_accounts_remove (self->vault, &self->address, NULL));
  g_assert_true (gm_vault_accounts_remove (self->vault, &theirs, NULL));

  g_assert_false (imported->sign (imported, &what, &signature, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (ninth->sign (ninth, &what, &signature, &error));
  gm_signature_personal_digest (what.text, &digest);
  g_assert_true (gm_signature_verify (&signature, &digest, &ninth->address, &error));
  g_assert_no_error (error);
  assert_account (self->vault, 2, "Ninth", GM_KEYSTORE_WORDS);
  gm_vault_signer_free (imported);
  gm_vault_signer_free (ninth);
}

static void
accounts_are_renamed_and_removed (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GmAddress second;

  add_all (self);
  g_assert_true (gm_address_parse (SECOND, &second, NULL));
  g_assert_true (gm_vault_accounts_rename (self->vault, &second, "Zweites", NULL));
  assert_account (self->vault, 1, "Zweites", GM_KEYSTORE_WORDS);
  g_assert_false (gm_vault_accounts_rename (self->vault, &second, "", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_vault_accounts_remove (self->vault, &second, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (gm_vault_accounts_remove (self->vault, &self->address, NULL));
  g_assert_false (gm_vault_accounts_remove (self->vault, &self->address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_vault_accounts_rename (self->vault, &self->address, "Name", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
a_key_is_exported (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) key = NULL;

  add_all (self);
  key = gm_vault_accounts_dup_key (self->vault, &self->address, NULL);
  g_assert_true (gm_secret_equal (key, self->key));
}

static void
no_account_is_there_twice (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add_all (self);
  g_assert_false (gm_vault_accounts_import (self->vault, self->key, "Again", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gm_vault_accounts_watch (self->vault, &self->address, "Again", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gm_vault_accounts_derive_at (self->vault, 9, "Again", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  assert_all (self->vault);
}

static void
a_locked_vault_changes_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add_all (self);
  gm_vault_lock (self->vault);
  g_assert_false (gm_vault_accounts_derive (self->vault, "Third", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (gm_vault_accounts_watch (self->vault, &theirs, "Watched", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (gm_vault_accounts_dup_key (self->vault, &self->address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  assert_all (self->vault);
}

/* Two windows of GotMusic: what the one adds, the other does not write over. */
static void
what_another_process_added_stays (Scene *self, gconstpointer unused)
{
  g_autoptr (GmVault) other = gm_vault_new (self->path, NULL);

  g_assert_true (gm_vault_unlock (other, self->password, NULL));
  g_assert_true (gm_vault_accounts_derive (other, "Theirs", NULL));
  g_assert_true (gm_vault_accounts_derive (self->vault, "Ours", NULL));
  assert_account (self->vault, 1, "Theirs", GM_KEYSTORE_WORDS);
  assert_account (self->vault, 2, "Ours", GM_KEYSTORE_WORDS);
  assert_signs (self->vault, 2);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/vault-accounts/each-account-signs-for-itself", each_account_signs_for_itself);
  ADD ("/vault-accounts/a-watched-account-signs-nothing", a_watched_account_signs_nothing);
  ADD ("/vault-accounts/a-signer-keeps-its-address", a_signer_keeps_its_address);
  ADD ("/vault-accounts/accounts-are-renamed-and-removed", accounts_are_renamed_and_removed);
  ADD ("/vault-accounts/a-key-is-exported", a_key_is_exported);
  ADD ("/vault-accounts/no-account-is-there-twice", no_account_is_there_twice);
  ADD ("/vault-accounts/a-locked-vault-changes-nothing", a_locked_vault_changes_nothing);
  ADD ("/vault-accounts/what-another-process-added-stays", what_another_process_added_stays);
  return g_test_run ();
}
