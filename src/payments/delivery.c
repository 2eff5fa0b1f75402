/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/delivery.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "licenses/key-client.h"
#include "licenses/license-db.h"
#include "licenses/license-receipt.h"
#include "licenses/session-key.h"
#include "payments/documents.h"
#include "payments/gateway.h"

#define MAX_JSON 65536

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSigner, gm_session_key_free)

static GmOrder *
load_order (const GmPurchase *purchase, GError **error)
{
  g_autoptr (GBytes) text = g_bytes_new_static (purchase->order_json,
                                                strlen (purchase->order_json));
  g_autoptr (JsonObject) object = gm_json_parse_object (text, MAX_JSON, error);

  return object != NULL ? gm_record_from_json (&gm_order_type, object, error) : NULL;
}

static gboolean
deny (GError **error, const char *reason)
{
  return gm_fail (error, GM_ERROR_DENIED, "the license is not ours: %s", reason);
}

static gboolean
check_issuer (const GmAttestation *attestation, const GmDescriptor *descriptor, GError **error)
{
  if (attestation->chain_id != descriptor->chain_id ||
      !gm_address_equal (&attestation->contract, &descriptor->eas_contract) ||
      strcmp (attestation->eas_version, descriptor->eas_version) != 0)
    return deny (error, "it belongs to another chain");
  if (!gm_hash_equal (&attestation->schema, &descriptor->license_schema))
    return deny (error, "it has another schema");
  if (!gm_address_equal (&attestation->attester, &descriptor->issuer))
    return deny (error, "it is from another issuer");
  if (attestation->expiration_time != 0)
    return deny (error, "it ends");

  return TRUE;
}

static gboolean
check_terms (const GmAttestation *attestation, const GmOrderTerms *terms, GError **error)
{
  GmLicenseReceipt receipt;
  GmHash order_id;

  if (!gm_license_receipt_read (attestation, &receipt, error))
    return FALSE;

  gm_order_terms_id (terms, &order_id);
  if (!gm_address_equal (&attestation->recipient, &terms->buyer))
    return deny (error, "it belongs to another buyer");
  if (!gm_hash_equal (&receipt.order_id, &order_id))
    return deny (error, "it is for another order");
  if (!gm_hash_equal (&receipt.asset_id, &terms->asset_id) ||
      receipt.asset_version != terms->listing_version)
    return deny (error, "it is for another asset");
  if (!gm_hash_equal (&receipt.manifest_hash, &terms->manifest_hash) ||
      !gm_hash_equal (&receipt.license_hash, &terms->license_hash))
    return deny (error, "it is for other files or terms");
  if (!gm_address_equal (&receipt.payer, &terms->payer) ||
      !gm_address_equal (&receipt.token, &terms->token) ||
      receipt.amount_units != terms->amount_units)
    return deny (error, "it names another payment");

  return TRUE;
}

gboolean
gm_delivery_check_license (const GmLicense *license,
                           const GmOrder *order,
                           const GmDescriptor *descriptor,
                           GError **error)
{
  g_autoptr (GmAttestation) attestation = gm_license_dup_attestation (license, error);
  GmOrderTerms terms;

  return attestation != NULL && gm_order_check (order, &terms, error) &&
         check_issuer (attestation, descriptor, error) && check_terms (attestation, &terms, error);
}

static GmOwned *
owned_new (const GmPurchase *purchase, const GmManifestFile *master)
{
  GmOwned *owned = g_new0 (GmOwned, 1);

  owned->order_id = g_strdup (purchase->order_id);
  owned->store = g_strdup (purchase->store);
  owned->asset = g_strdup (purchase->asset);
  owned->asset_id = g_strdup (purchase->asset_id);
  owned->title = g_strdup (purchase->title);
  owned->artist = g_strdup (purchase->artist);
  owned->artwork = g_strdup (purchase->artwork);
  owned->mime = g_strdup (master->mime);
  owned->master_cid = gm_cid_dup_text (&master->cid);
  owned->master_bytes = master->bytes;
  owned->duration_ms = purchase->duration_ms;
  owned->bought_at = purchase->created_at;
  return owned;
}

static GmDocuments *
load_documents (GmTill *till, const GmPurchase *purchase, GError **error)
{
  g_autoptr (GmDocuments) documents = gm_documents_load (till->ledger, purchase->manifest_hash,
                                                         purchase->envelope_hash, error);

  if (documents == NULL)
    return NULL;
  if (gm_manifest_find (documents->manifest, "master") == NULL)
    return gm_fail_null (error, GM_ERROR_BUG, "a bought manifest names no master");

  return g_steal_pointer (&documents);
}

/* License, library row and step in one commit. */
static gboolean
store_license (GmTill *till,
               GmPurchase *purchase,
               const GmLicense *license,
               const GmOwned *owned,
               GError **error)
{
  if (!gm_sql_begin (till->ledger, error))
    return FALSE;

  if (gm_license_db_put (till->ledger, license, error) &&
      gm_license_db_put_owned (till->ledger, owned, error) &&
      gm_journal_deliver (till->ledger, purchase, GM_DELIVERY_LICENSED, error) &&
      gm_sql_commit (till->ledger, error))
    return TRUE;

  gm_sql_rollback (till->ledger);
  return FALSE;
}

gboolean
gm_delivery_license (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmOrder) order = load_order (purchase, error);
  g_autoptr (GmDocuments) documents = NULL;
  g_autoptr (GmLicense) license = NULL;
  g_autoptr (GmOwned) owned = NULL;

  if (order == NULL)
    return FALSE;

  documents = load_documents (till, purchase, error);
  license = documents != NULL
                ? till->provider->receipt (till->provider, purchase, cancellable, error)
                : NULL;
  if (license == NULL || !gm_delivery_check_license (license, order, till->descriptor, error))
    {
      g_prefix_error (error, "get the license: ");
      return FALSE;
    }

  owned = owned_new (purchase, gm_manifest_find (documents->manifest, "master"));
  return store_license (till, purchase, license, owned, error);
}

typedef struct
{
  GmTill *till;
  const GmPurchase *purchase;
} Downloading;

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  const Downloading *downloading = user_data;

  if (downloading->till->progress != NULL)
    downloading->till->progress (downloading->purchase, GM_BUY_MASTER,
                                 total > 0 ? (double) done / (double) total : -1,
                                 downloading->till->user_data);
}

gboolean
gm_delivery_master (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmDocuments) documents = load_documents (till, purchase, error);
  const GmManifestFile *master;
  g_autofree char *cid = NULL;
  g_autofree char *path = NULL;
  Downloading downloading = { till, purchase };

  if (documents == NULL)
    return FALSE;

  master = gm_manifest_find (documents->manifest, "master");
  cid = gm_cid_dup_text (&master->cid);
  path = gm_buy_master_path (till->masters, cid);
  return gm_gateway_download (till->store, till->descriptor, master, path, on_progress,
                              &downloading, cancellable, error) &&
         gm_journal_deliver (till->ledger, purchase, GM_DELIVERY_MASTER, error);
}

/* Key, proofs, library row and step in one commit. */
static gboolean
store_key (GmTill *till,
           GmPurchase *purchase,
           const GmManifestFile *master,
           GmSecret *content_key,
           GPtrArray *proofs,
           GError **error)
{
  g_autofree char *cid = gm_cid_dup_text (&master->cid);
  g_autoptr (GmOwned) owned = owned_new (purchase, master);
  gboolean stored;

  owned->ready = TRUE;
  if (!gm_sql_begin (till->ledger, error))
    return FALSE;

  stored = gm_license_db_put_key (till->ledger, cid, content_key, till->library_key, error);
  for (guint i = 0; stored && i < proofs->len; i++)
    stored = gm_license_db_put_proof (till->ledger, purchase->order_id,
                                      g_ptr_array_index (proofs, i), error);
  if (stored && gm_license_db_put_owned (till->ledger, owned, error) &&
      gm_journal_deliver (till->ledger, purchase, GM_DELIVERY_READY, error) &&
      gm_sql_commit (till->ledger, error))
    return TRUE;

  gm_sql_rollback (till->ledger);
  return FALSE;
}

static GmKeyDelegate *
load_delegate (const GmPurchase *purchase, GError **error)
{
  g_autoptr (GBytes) text = g_bytes_new_static (purchase->delegate_json,
                                                strlen (purchase->delegate_json));
  g_autoptr (JsonObject) object = gm_json_parse_object (text, MAX_JSON, error);

  return object != NULL ? gm_key_delegate_from_json (object, error) : NULL;
}

static GmAttestation *
load_attestation (GmTill *till, const GmPurchase *purchase, GError **error)
{
  g_autoptr (GmLicense) license = gm_license_db_find (till->ledger, purchase->order_id, error);

  return license != NULL ? gm_license_dup_attestation (license, error) : NULL;
}

gboolean
gm_delivery_key (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmDocuments) documents = load_documents (till, purchase, error);
  g_autoptr (GmAttestation) attestation = NULL;
  g_autoptr (GmKeyDelegate) delegate = NULL;
  g_autoptr (GmSigner) session = NULL;
  g_autoptr (GPtrArray) proofs = NULL;
  g_autoptr (GmSecret) key = NULL;
  const GmManifestFile *master;
  GmKeyQuery query;

  if (documents == NULL)
    return FALSE;

  attestation = load_attestation (till, purchase, error);
  delegate = attestation != NULL ? load_delegate (purchase, error) : NULL;
  session = delegate != NULL ? gm_session_key_open (purchase->session_box, till->library_key, error)
                             : NULL;
  if (session == NULL)
    return FALSE;

  master = gm_manifest_find (documents->manifest, "master");
  query = (GmKeyQuery){ .http = gm_store_client_http (till->store),
                        .envelope = documents->envelope,
                        .holders = till->descriptor->holders,
                        .header = &master->header,
                        .attestation = attestation,
                        .delegate = delegate,
                        .signer = session };
  if (!gm_hash_parse (purchase->order_id, &query.order_id, error))
    return FALSE;

  key = gm_key_client_fetch (&query, &proofs, NULL, cancellable, error);
  return key != NULL && store_key (till, purchase, master, key, proofs, error);
}
