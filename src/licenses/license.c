/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/license.h"

#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "licenses/license-receipt.h"

static const GmField fields[] = {
  GM_FIELD (GmLicense, order_id, "orderId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, uid, "uid", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, asset_id, "assetId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, asset, "asset", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, asset_version, "assetVersion", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, buyer, "buyer", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, seller, "seller", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, manifest_hash, "manifestHash", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, license_hash, "licenseHash", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, kind, "kind", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, amount_units, "amountUnits", UNITS, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, currency, "currency", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, issued_at, "issuedAt", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmLicense, revoked_at, "revokedAt", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmLicense, attestation, "attestation", TEXT, GM_FIELD_REQUIRED),
};

const GmRecordType gm_license_type = { "licenses", sizeof (GmLicense), fields,
                                       G_N_ELEMENTS (fields) };

void
gm_license_free (GmLicense *license)
{
  gm_record_free (&gm_license_type, license);
}

static gboolean
same_hash (const char *text, const GmHash *hash)
{
  g_autofree char *expected = gm_hash_dup_hex (hash);

  return strcmp (text, expected) == 0;
}

GmAttestation *
gm_license_dup_attestation (const GmLicense *license, GError **error)
{
  g_autoptr (GmAttestation) attestation = gm_attestation_parse (license->attestation, error);
  g_autofree char *buyer = NULL;
  GmLicenseReceipt receipt;

  if (attestation == NULL || !gm_license_receipt_read (attestation, &receipt, error))
    return NULL;

  buyer = gm_address_dup_text (&attestation->recipient);
  if (!same_hash (license->uid, &attestation->uid) || strcmp (license->buyer, buyer) != 0 ||
      !same_hash (license->order_id, &receipt.order_id) ||
      !same_hash (license->asset_id, &receipt.asset_id) ||
      !same_hash (license->manifest_hash, &receipt.manifest_hash) ||
      !same_hash (license->license_hash, &receipt.license_hash) || license->asset_version < 0 ||
      (guint64) license->asset_version != receipt.asset_version ||
      license->amount_units != receipt.amount_units)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "license: its attestation says something else");

  return g_steal_pointer (&attestation);
}
