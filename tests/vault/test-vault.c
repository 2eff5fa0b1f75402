/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/vault.h"

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/error.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define WORDS "test test test test test test test test test test test junk"

static const GmSealedCost cheap = { 64 * 1024, 1 };

typedef struct
{
  char *folder;
  char *path;
  GmSecret *words;
  GmSecret *password;
  GmVault *vault;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gm-vault-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "keystore.json", NULL);
  self->words = gm_secret_new_text (WORDS);
  self->password = gm_secret_new_text ("correct horse");
  self->vault = gm_vault_new (self->path, NULL);
  g_assert_nonnull (self->vault);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_autofree char *old = g_strconcat (self->path, ".old", NULL);

  gm_vault_unref (self->vault);
  gm_secret_unref (self->words);
  gm_secret_unref (self->password);
  g_unlink (self->path);
  g_unlink (old);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* and no part is left behind */
  g_free (self->path);
  g_free (self->folder);
  gm_clock_set_for_test (0);
}

static void
it_signs_while_unlocked (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GmSigner *signer;
  GmSignature signature;
  const GmHash digest = { { 1 } };

  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_ABSENT);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, &error));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_UNLOCKED);

  signer = gm_vault_signer_new (self->vault, 0, NULL);
  g_assert_true (signer->sign (signer, &digest, &signature, NULL));
  g_assert_true (gm_signature_verify (&signature, &digest, &signer->address, NULL));

  gm_vault_lock (self->vault);
  g_assert_false (signer->sign (signer, &digest, &signature, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  g_assert_true (signer->sign (signer, &digest, &signature, NULL));
  gm_vault_signer_free (signer);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/vault/it-signs-while-unlocked", it_signs_while_unlocked);
  return g_test_run ();
}
