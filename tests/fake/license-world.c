/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "license-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/json.h"
#include "crypto/hpke.h"
#include "licenses/session-key.h"
#include "vault/credential.h"

GmSigner *
gm_world_signer (guint8 byte)
{
  guint8 key[32];
  g_autoptr (GmSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  GmSigner *signer;

  memset (key, byte, sizeof key);
  secret = gm_secret_new_copy (key, sizeof key);
  signer = gm_credential_signer_new (secret, &error);
  g_assert_no_error (error);
  return signer;
}

void
gm_world_signer_free (GmSigner *signer)
{
  gm_credential_signer_free (signer);
}

static void
add_holder (GmWorld *self, guint i)
{
  g_autofree char *id = g_strdup_printf ("holder-%u", i + 1);
  GmHash hpke_public, sign_public;

  gm_hpke_generate (&self->hpke_keys[i], &hpke_public);
  self->sign_seeds[i] = gm_secret_new_random (32);
  g_assert_true (gm_credential_ed25519_public (self->sign_seeds[i], &sign_public, NULL));
  g_ptr_array_add (self->holders, gm_key_holder_new (id, NULL, &hpke_public, &sign_public));
}

GmAttestation *
gm_world_license (const GmWorld *self, const GmHash *asset_id)
{
  const GmLicenseReceipt receipt = { .order_id = self->order_id,
                                     .asset_id = *asset_id,
                                     .asset_version = 1,
                                     .payer = self->buyer->address,
                                     .amount_units = 25000000 };
  g_autoptr (GError) error = NULL;
  GmAttestation *license = gm_license_receipt_issue (&receipt, &self->buyer->address, WORLD_CHAIN,
                                                     WORLD_NOW - 60, self->issuer, &error);

  g_assert_no_error (error);
  return license;
}

GmWorld *
gm_world_new (void)
{
  GmWorld *self = g_new0 (GmWorld, 1);
  g_autoptr (GBytes) music = g_bytes_new_static ("music", 5);
  g_autoptr (GError) error = NULL;

  self->owner = gm_world_signer (0x11);
  self->issuer = gm_world_signer (0x22);
  self->buyer = gm_world_signer (0x46);
  self->stranger = gm_world_signer (0x55);
  self->session = gm_session_key_new ();
  self->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  for (guint i = 0; i < WORLD_HOLDERS; i++)
    add_holder (self, i);
  gm_hpke_generate (&self->recovery_key, &self->recovery_public);

  self->content_key = gm_secret_new_random (32);
  g_assert_true (gm_cipher_encrypt_bytes (music, self->content_key, NULL, &self->stored, &error));
  g_assert_no_error (error);
  memcpy (self->header.b, g_bytes_get_data (self->stored, NULL), sizeof self->header.b);

  memset (&self->asset_id, 0xa5, sizeof self->asset_id);
  memset (&self->order_id, 0x0d, sizeof self->order_id);
  self->condition = gm_condition_new_offchain (WORLD_CHAIN, &self->issuer->address,
                                               &self->asset_id);
  self->envelope = gm_key_envelope_seal (self->content_key, self->condition, 2, self->holders,
                                         &self->recovery_public, &error);
  g_assert_no_error (error);
  self->license = gm_world_license (self, &self->asset_id);
  return self;
}

void
gm_world_free (GmWorld *self)
{
  gm_credential_signer_free (self->owner);
  gm_credential_signer_free (self->issuer);
  gm_credential_signer_free (self->buyer);
  gm_credential_signer_free (self->stranger);
  gm_session_key_free (self->session);
  for (guint i = 0; i < WORLD_HOLDERS; i++)
    {
      gm_secret_unref (self->hpke_keys[i]);
      gm_secret_unref (self->sign_seeds[i]);
    }
  g_ptr_array_unref (self->holders);
  gm_secret_unref (self->recovery_key);
  gm_secret_unref (self->content_key);
  g_bytes_unref (self->stored);
  gm_condition_free (self->condition);
  gm_key_envelope_free (self->envelope);
  gm_attestation_free (self->license);
  g_free (self);
}

static GmKeyEnvelope *
copy_envelope (const GmKeyEnvelope *envelope)
{
  g_autoptr (GBytes) json = gm_key_envelope_encode (envelope, NULL);
  g_autoptr (GError) error = NULL;
  GmKeyEnvelope *copy = gm_key_envelope_parse (json, &error);

  g_assert_no_error (error);
  return copy;
}

void
gm_world_sign (const GmWorld *self, GmKeyAsk *ask)
{
  const GmSigner *signer = ask->delegate != NULL ? self->session : self->buyer;
  const GmCondition *condition = ask->envelope->condition;

  if (ask->delegate != NULL)
    g_assert_true (gm_key_delegate_sign (ask->delegate, condition->chain_id, &condition->attester,
                                         self->buyer, NULL));
  g_assert_true (
      gm_key_request_sign (&ask->request, condition->chain_id, &condition->attester, signer, NULL));
}

GmKeyAsk *
gm_world_ask (const GmWorld *self, gboolean delegated, GmSecret **response_secret)
{
  GmKeyAsk *ask = g_new0 (GmKeyAsk, 1);
  g_autoptr (GmSecret) secret = NULL;

  gm_hpke_generate (&secret, &ask->request.response_key);
  ask->request.asset_id = self->asset_id;
  ask->request.order_id = self->order_id;
  ask->request.uid = self->license->uid;
  ask->request.buyer = self->buyer->address;
  gm_hash_random (&ask->request.nonce);
  ask->request.issued_at = WORLD_NOW;
  ask->request.expires_at = WORLD_NOW + 240;
  ask->attestation = gm_attestation_copy (self->license);
  ask->envelope = copy_envelope (self->envelope);
  if (delegated)
    {
      ask->delegate = g_new0 (GmKeyDelegate, 1);
      ask->delegate->scope = self->order_id;
      ask->delegate->session_key = self->session->address;
      ask->delegate->expires_at = WORLD_NOW + 3600;
    }
  gm_world_sign (self, ask);
  if (response_secret != NULL)
    *response_secret = g_steal_pointer (&secret);
  return ask;
}

GmRevocationList *
gm_world_revocations (const GmWorld *self, gint64 issued_at, const GmHash *uid)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (GmHash));
  g_autoptr (GError) error = NULL;
  GmRevocationList *list;

  if (uid != NULL)
    g_array_append_val (uids, *uid);
  list = gm_revocation_list_sign (WORLD_CHAIN, issued_at, uids, self->issuer, &error);
  g_assert_no_error (error);
  return list;
}

void
gm_world_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      gm_world_remove_folder (child);
    }
  g_remove (path);
}

JsonObject *
gm_world_vectors (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("GM_SOURCE_DIR"), "tests", "vectors", name,
                                            NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  json = g_bytes_new (text, length);
  object = gm_json_parse_object (json, 1024 * 1024, &error);
  g_assert_no_error (error);
  return object;
}
