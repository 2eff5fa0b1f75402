/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/license-receipt.h"

#include "base/error.h"
#include "evm/abi-reader.h"
#include "evm/abi.h"

const char gm_license_receipt_schema[] =
    "bytes32 orderId,bytes32 assetId,uint64 assetVersion,bytes32 manifestHash,"
    "bytes32 licenseHash,address payer,address token,uint256 amount";

#define DATA_BYTES (8 * 32)

void
gm_license_receipt_schema_uid (GmHash *out)
{
  static const GmAddress no_resolver;

  gm_attestation_schema_uid (gm_license_receipt_schema, &no_resolver, TRUE, out);
}

static GBytes *
encode (const GmLicenseReceipt *receipt)
{
  g_autoptr (GmAbi) fields = gm_abi_new ();

  gm_abi_add_hash (fields, &receipt->order_id);
  gm_abi_add_hash (fields, &receipt->asset_id);
  gm_abi_add_uint (fields, 64, receipt->asset_version);
  gm_abi_add_hash (fields, &receipt->manifest_hash);
  gm_abi_add_hash (fields, &receipt->license_hash);
  gm_abi_add_address (fields, &receipt->payer);
  gm_abi_add_address (fields, &receipt->token);
  gm_abi_add_uint (fields, 64, (guint64) receipt->amount_units);
  return gm_abi_encode (fields);
}

GmAttestation *
gm_license_receipt_issue (const GmLicenseReceipt *receipt,
                          const GmAddress *buyer,
                          guint64 chain_id,
                          guint64 issued_at,
                          const GmSigner *issuer,
                          GError **error)
{
  g_autoptr (GmAttestation) attestation = g_new0 (GmAttestation, 1);

  if (receipt->amount_units < 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "license receipt: a negative amount");

  attestation->chain_id = chain_id;
  attestation->eas_version = g_strdup (GM_ATTESTATION_EAS_VERSION);
  gm_license_receipt_schema_uid (&attestation->schema);
  attestation->recipient = *buyer;
  attestation->time = issued_at;
  attestation->revocable = TRUE;
  attestation->data = encode (receipt);
  attestation->salt = receipt->order_id;
  if (!gm_attestation_sign (attestation, issuer, error))
    return NULL;

  return g_steal_pointer (&attestation);
}

gboolean
gm_license_receipt_read (const GmAttestation *attestation, GmLicenseReceipt *out, GError **error)
{
  GmAbiReader reader = gm_abi_reader (attestation->data);
  GmLicenseReceipt receipt;
  guint64 amount;

  if (g_bytes_get_size (attestation->data) != DATA_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "license receipt: data of another size");
  if (!gm_abi_read_hash (&reader, &receipt.order_id, error) ||
      !gm_abi_read_hash (&reader, &receipt.asset_id, error) ||
      !gm_abi_read_u64 (&reader, &receipt.asset_version, error) ||
      !gm_abi_read_hash (&reader, &receipt.manifest_hash, error) ||
      !gm_abi_read_hash (&reader, &receipt.license_hash, error) ||
      !gm_abi_read_address (&reader, &receipt.payer, error) ||
      !gm_abi_read_address (&reader, &receipt.token, error) ||
      !gm_abi_read_u64 (&reader, &amount, error))
    return FALSE;
  if (amount > G_MAXINT64)
    return gm_fail (error, GM_ERROR_BAD_DATA, "license receipt: an amount above 63 bits");

  receipt.amount_units = (gint64) amount;
  *out = receipt;
  return TRUE;
}
