/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/documents.h"

#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "licenses/license-db.h"
#include "payments/gateway.h"

void
gm_documents_free (GmDocuments *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->manifest, gm_manifest_free);
  g_clear_pointer (&self->envelope, gm_key_envelope_free);
  g_free (self);
}

static gboolean
fetch_one (GmSql *ledger,
           GmStoreClient *store,
           const GmDescriptor *descriptor,
           const char *name,
           gsize max_bytes,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GBytes) known = NULL;
  g_autoptr (GBytes) content = NULL;
  GmHash hash;

  if (name == NULL)
    return gm_fail (error, GM_ERROR_CONFLICT, "this is not for sale at the moment");
  if (!gm_hash_parse (name, &hash, error))
    return FALSE;

  known = gm_license_db_document (ledger, &hash, NULL);
  if (known != NULL)
    return TRUE;

  content = gm_gateway_fetch (store, descriptor, &hash, max_bytes, cancellable, error);
  return content != NULL && gm_license_db_put_document (ledger, content, NULL, error);
}

gboolean
gm_documents_fetch (GmSql *ledger,
                    GmStoreClient *store,
                    const GmDescriptor *descriptor,
                    const GmAsset *asset,
                    GCancellable *cancellable,
                    GError **error)
{
  if (!fetch_one (ledger, store, descriptor, asset->manifest_hash, GM_MANIFEST_MAX_BYTES,
                  cancellable, error))
    {
      g_prefix_error (error, "get the manifest: ");
      return FALSE;
    }
  if (!fetch_one (ledger, store, descriptor, asset->envelope_hash, GM_KEY_ENVELOPE_MAX_BYTES,
                  cancellable, error))
    {
      g_prefix_error (error, "get the key envelope: ");
      return FALSE;
    }
  return TRUE;
}

GmDocuments *
gm_documents_load (GmSql *ledger,
                   const char *manifest_hash,
                   const char *envelope_hash,
                   GError **error)
{
  g_autoptr (GmDocuments) self = g_new0 (GmDocuments, 1);
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (GBytes) envelope = NULL;
  GmHash manifest_name, envelope_name;

  if (!gm_hash_parse (manifest_hash, &manifest_name, error) ||
      !gm_hash_parse (envelope_hash, &envelope_name, error))
    return NULL;

  manifest = gm_license_db_document (ledger, &manifest_name, error);
  self->manifest = manifest != NULL ? gm_manifest_parse (manifest, error) : NULL;
  if (self->manifest == NULL)
    return NULL;

  envelope = gm_license_db_document (ledger, &envelope_name, error);
  self->envelope = envelope != NULL ? gm_key_envelope_parse (envelope, error) : NULL;
  if (self->envelope == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
is_hash (const char *text, const GmHash *hash)
{
  g_autofree char *expected = gm_hash_dup_hex (hash);

  return g_strcmp0 (text, expected) == 0;
}

static gboolean
check_manifest (const GmManifest *manifest,
                const GmDescriptor *descriptor,
                const GmAsset *asset,
                GError **error)
{
  GmAddress seller;

  if (manifest->chain_id != descriptor->chain_id ||
      !gm_address_equal (&manifest->marketplace, &descriptor->marketplace))
    return gm_fail (error, GM_ERROR_DENIED, "the manifest belongs to another store");
  if (!is_hash (asset->asset_id, &manifest->asset_id))
    return gm_fail (error, GM_ERROR_DENIED, "the manifest is of another asset");
  if (asset->seller == NULL || !gm_address_parse (asset->seller, &seller, error) ||
      !gm_address_equal (&manifest->seller, &seller))
    return gm_fail (error, GM_ERROR_DENIED, "the manifest is from another seller");
  if (!is_hash (asset->license_hash, &manifest->license_hash))
    return gm_fail (error, GM_ERROR_DENIED, "the manifest has other license terms");
  if (gm_manifest_find (manifest, "master") == NULL)
    return gm_fail (error, GM_ERROR_DENIED, "the manifest names no master");

  return TRUE;
}

static gboolean
is_pinned (const GmDescriptor *descriptor, const GmKeyHolder *given)
{
  const GmKeyHolder *pinned = gm_descriptor_find_holder (descriptor, given->id);

  return pinned != NULL && gm_hash_equal (&pinned->hpke_key, &given->hpke_key) &&
         gm_hash_equal (&pinned->sign_key, &given->sign_key);
}

/* The shares of strangers do not count: a store could have made them up. */
static gboolean
check_holders (const GmKeyEnvelope *envelope, const GmDescriptor *descriptor, GError **error)
{
  guint known = 0;

  for (guint i = 0; i < envelope->shares->len; i++)
    {
      const GmSealedShare *share = g_ptr_array_index (envelope->shares, i);

      known += is_pinned (descriptor, &share->holder) ? 1 : 0;
    }
  return known >= envelope->t ||
         gm_fail (error, GM_ERROR_DENIED,
                  "%u of the key's holders are known, %u are needed to open it", known,
                  envelope->t);
}

static gboolean
check_envelope (const GmKeyEnvelope *envelope,
                const GmDescriptor *descriptor,
                const GmAsset *asset,
                GError **error)
{
  const GmCondition *condition = envelope->condition;

  if (!is_hash (asset->asset_id, &envelope->asset_id))
    return gm_fail (error, GM_ERROR_DENIED, "the key is for another asset");
  if ((condition->kind == GM_CONDITION_OFFCHAIN) != gm_descriptor_is_local (descriptor) ||
      condition->chain_id != descriptor->chain_id ||
      !gm_address_equal (&condition->attester, &descriptor->issuer) ||
      !gm_hash_equal (&condition->schema, &descriptor->license_schema) ||
      !gm_address_equal (&condition->eas_contract, &descriptor->eas_contract) ||
      strcmp (condition->eas_version, descriptor->eas_version) != 0)
    return gm_fail (error, GM_ERROR_DENIED,
                    "the key opens with other licenses than this store issues");

  return check_holders (envelope, descriptor, error);
}

gboolean
gm_documents_check (const GmDocuments *self,
                    const GmDescriptor *descriptor,
                    const GmAsset *asset,
                    GError **error)
{
  return check_manifest (self->manifest, descriptor, asset, error) &&
         check_envelope (self->envelope, descriptor, asset, error);
}
