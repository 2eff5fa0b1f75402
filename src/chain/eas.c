/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/eas.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "evm/abi-decoder.h"

#define ABI       gm_contract_abi_eas
#define AT(field) G_STRUCT_OFFSET (GmEasAttestation, field)

/* As LicenseIssuer.SCHEMA; the test compares. */
#define RECEIPT                                                                                    \
  "(bytes32 orderId,bytes32 assetId,bytes32 manifestHash,address token,uint256 amount)"

static const GmAbiField attestation_fields[] = {
  { "uid", GM_ABI_FIELD_HASH, AT (uid) },
  { "schema", GM_ABI_FIELD_HASH, AT (schema) },
  { "time", GM_ABI_FIELD_U64, AT (time_unix) },
  { "expirationTime", GM_ABI_FIELD_U64, AT (expires_unix) },
  { "revocationTime", GM_ABI_FIELD_U64, AT (revoked_unix) },
  { "refUID", GM_ABI_FIELD_HASH, AT (ref_uid) },
  { "recipient", GM_ABI_FIELD_ADDRESS, AT (recipient) },
  { "attester", GM_ABI_FIELD_ADDRESS, AT (attester) },
  { "revocable", GM_ABI_FIELD_BOOL, AT (revocable) },
  { "data", GM_ABI_FIELD_BYTES, AT (data) },
  { NULL },
};

static const GmAbiField attestation_answer[] = {
  { "", GM_ABI_FIELD_STRUCT, 0, attestation_fields },
  { NULL },
};

static const GmAbiField receipt_fields[] = {
  { "orderId", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (GmEasReceipt, order_id) },
  { "assetId", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (GmEasReceipt, asset_id) },
  { "manifestHash", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (GmEasReceipt, manifest_hash) },
  { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (GmEasReceipt, token) },
  { "amount", GM_ABI_FIELD_UNITS, G_STRUCT_OFFSET (GmEasReceipt, amount_units) },
  { NULL },
};

void
gm_eas_attestation_clear (GmEasAttestation *self)
{
  gm_abi_struct_clear (attestation_fields, self);
}

char *
gm_eas_dup_version (const GmContract *self,
                    const GmBlock *block,
                    GCancellable *cancellable,
                    GError **error)
{
  static const GmAbiField answer[] = { { "", GM_ABI_FIELD_TEXT }, { NULL } };
  char *version = NULL;

  gm_contract_read (self, block,
                    &(GmContractCall){ ABI, "version", gm_contract_nothing, NULL, answer },
                    &version, cancellable, error);
  return version;
}

gboolean
gm_eas_attestation (const GmContract *self,
                    const GmBlock *block,
                    const GmHash *uid,
                    GmEasAttestation *out,
                    GCancellable *cancellable,
                    GError **error)
{
  GmEasAttestation attestation = { 0 };

  if (!gm_contract_read (
          self, block,
          &(GmContractCall){ ABI, "getAttestation", gm_contract_hash, uid, attestation_answer },
          &attestation, cancellable, error))
    return FALSE;
  if (gm_hash_is_zero (uid) || !gm_hash_equal (&attestation.uid, uid))
    {
      gm_eas_attestation_clear (&attestation);
      return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("there is no such attestation"));
    }
  *out = attestation;
  return TRUE;
}

static gboolean
read_receipt (GBytes *data, GmEasReceipt *out, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (RECEIPT, NULL);
  g_autoptr (GmAbiValue) values = gm_abi_decode (type, data, error);
  g_autoptr (GBytes) again = NULL;
  GmEasReceipt receipt;

  g_assert (gm_abi_struct_fits (type, receipt_fields));
  if (values == NULL || !gm_abi_struct_decode (type, receipt_fields, values, &receipt, error))
    return FALSE;
  again = gm_abi_value_encode (type, values);
  if (!g_bytes_equal (again, data))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the receipt has more than it says");
  *out = receipt;
  return TRUE;
}

gboolean
gm_eas_check_receipt (const GmEasAttestation *attestation,
                      const GmHash *schema,
                      const GmAddress *issuer,
                      GmEasReceipt *out,
                      GError **error)
{
  if (!gm_hash_equal (&attestation->schema, schema) ||
      !gm_address_equal (&attestation->attester, issuer))
    return gm_fail (error, GM_ERROR_DENIED, _ ("the attestation is no license of this store"));
  if (attestation->revoked_unix != 0)
    return gm_fail (error, GM_ERROR_DENIED, _ ("the license was revoked"));
  return read_receipt (attestation->data, out, error);
}

GBytes *
gm_eas_timestamp (const GmHash *data)
{
  return gm_contract_encode (&(GmContractCall){ ABI, "timestamp", gm_contract_hash, data }, NULL);
}

gboolean
gm_eas_read_timestamp (const GmContract *self,
                       const GmBlock *block,
                       const GmHash *data,
                       guint64 *out,
                       GCancellable *cancellable,
                       GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "getTimestamp", gm_contract_hash, data, gm_contract_u64 }, out,
      cancellable, error);
}
