/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "shopper.h"

#include "base/error.h"
#include "licenses/license-db.h"
#include "payments/pay-mock.h"
#include "storage/cipher.h"
#include "vault/credential.h"

static void
connect_to (Shopper *self, const char *origin)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) roles = NULL;

  self->store = gm_store_client_new (self->http, origin, &error);
  g_assert_no_error (error);
  self->descriptor = gm_store_client_descriptor (self->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  roles = gm_store_client_sign_in (self->store, self->descriptor->chain_id, self->wallet, NULL,
                                   &error);
  g_assert_no_error (error);
  self->provider = gm_pay_mock_new (self->store, 0);
}

Shopper *
shopper_new (const char *folder, const char *origin)
{
  Shopper *self = g_new0 (Shopper, 1);
  g_autofree char *ledger = g_build_filename (folder, "ledger.db", NULL);
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_strdup (folder);
  self->http = gm_http_new ("gotmusic-test");
  key = gm_credential_ensure (folder, "wallet.key", &error);
  g_assert_no_error (error);
  self->wallet = gm_credential_signer_new (key, &error);
  g_assert_no_error (error);
  self->library_key = gm_credential_ensure (folder, "library.key", &error);
  g_assert_no_error (error);
  if (origin != NULL)
    connect_to (self, origin);
  self->till = (GmTill){ .ledger = gm_license_db_open (ledger, &error),
                         .store = self->store,
                         .descriptor = self->descriptor,
                         .provider = self->provider,
                         .library_key = self->library_key,
                         .masters = self->folder };
  g_assert_no_error (error);
  return self;
}

void
shopper_free (Shopper *self)
{
  gm_sql_close (self->till.ledger);
  gm_provider_free (self->provider);
  g_clear_pointer (&self->descriptor, gm_descriptor_free);
  g_clear_pointer (&self->store, gm_store_client_unref);
  gm_credential_signer_free (self->wallet);
  gm_secret_unref (self->library_key);
  gm_http_free (self->http);
  g_free (self->folder);
  g_free (self);
}

gboolean
shopper_buy (Shopper *self, const char *asset, GError **error)
{
  g_autofree char *path = g_strconcat ("/api/assets/", asset, NULL);
  g_autoptr (JsonObject) json = gm_store_client_get (self->store, path, NULL, error);
  g_autoptr (GmAsset) offer = json != NULL ? gm_record_from_json (&gm_asset_type, json, error)
                                           : NULL;
  g_autoptr (GmPurchase) purchase = NULL;

  if (offer == NULL)
    return FALSE;

  purchase = gm_buy_quote (&self->till, offer, &self->wallet->address, NULL, error);
  return purchase != NULL && gm_buy_authorize (&self->till, purchase, self->wallet, NULL, error) &&
         gm_buy_resume (&self->till, purchase, NULL, error);
}

GBytes *
shopper_open (Shopper *self, const char *asset_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmOwned) owned = gm_license_db_find_owned (self->till.ledger, asset_id, &error);
  g_autofree char *path = NULL;
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GmCipher) cipher = NULL;
  guint8 *plaintext;
  gsize length;

  g_assert_no_error (error);
  g_assert_true (owned->ready);
  key = gm_license_db_key (self->till.ledger, owned->master_cid, self->library_key, &error);
  g_assert_no_error (error);
  path = gm_buy_master_path (self->folder, owned->master_cid);
  cipher = gm_cipher_open_file (path, key, &error);
  g_assert_no_error (error);
  length = gm_cipher_length (cipher);
  plaintext = g_malloc (length);
  for (gsize at = 0; at < length;)
    {
      gssize n = gm_cipher_read (cipher, at, plaintext + at, length - at, &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      at += (gsize) n;
    }
  return g_bytes_new_take (plaintext, length);
}
