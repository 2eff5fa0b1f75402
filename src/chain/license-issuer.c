/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/license-issuer.h"

#define ABI       gm_contract_abi_license_issuer
#define AT(field) G_STRUCT_OFFSET (GmLicenseIssuerLicense, field)

static const GmAbiField license_fields[] = {
  { "seq", GM_ABI_FIELD_U64, AT (seq) },           { "orderId", GM_ABI_FIELD_HASH, AT (order_id) },
  { "assetId", GM_ABI_FIELD_HASH, AT (asset_id) }, { "uid", GM_ABI_FIELD_HASH, AT (uid) },
  { "revoked", GM_ABI_FIELD_BOOL, AT (revoked) },  { NULL },
};

static const GmAbiField licenses_answer[] = {
  { "licenses", GM_ABI_FIELD_LIST, 0, license_fields, sizeof (GmLicenseIssuerLicense) },
  { NULL },
};

GBytes *
gm_license_issuer_issue (guint64 seq)
{
  return gm_contract_encode (&(GmContractCall){ ABI, "issue", gm_contract_u64, &seq }, NULL);
}

GBytes *
gm_license_issuer_revoke (const GmHash *order_id, const char *reason)
{
  typedef struct
  {
    GmHash order_id;
    const char *reason;
  } Arguments;
  static const GmAbiField fields[] = {
    { "orderId", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Arguments, order_id) },
    { "reason", GM_ABI_FIELD_TEXT, G_STRUCT_OFFSET (Arguments, reason) },
    { NULL },
  };
  const Arguments arguments = { *order_id, reason };

  return gm_contract_encode (&(GmContractCall){ ABI, "revoke", fields, &arguments }, NULL);
}

gboolean
gm_license_issuer_is_licensed (const GmContract *self,
                               const GmBlock *block,
                               const GmAddress *buyer,
                               const GmHash *asset_id,
                               gboolean *out,
                               GCancellable *cancellable,
                               GError **error)
{
  typedef struct
  {
    GmAddress buyer;
    GmHash asset_id;
  } Arguments;
  static const GmAbiField fields[] = {
    { "buyer", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, buyer) },
    { "assetId", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Arguments, asset_id) },
    { NULL },
  };
  const Arguments arguments = { *buyer, *asset_id };

  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "isLicensed", fields, &arguments, gm_contract_bool },
      out, cancellable, error);
}

gboolean
gm_license_issuer_receipt_of (const GmContract *self,
                              const GmBlock *block,
                              const GmHash *order_id,
                              GmHash *uid,
                              GCancellable *cancellable,
                              GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "receiptOf", gm_contract_hash, order_id, gm_contract_hash }, uid,
      cancellable, error);
}

GArray *
gm_license_issuer_licenses_of (const GmContract *self,
                               const GmBlock *block,
                               const GmAddress *buyer,
                               guint64 from,
                               guint64 n,
                               GCancellable *cancellable,
                               GError **error)
{
  typedef struct
  {
    GmAddress buyer;
    guint64 from, n;
  } Arguments;
  static const GmAbiField fields[] = {
    { "buyer", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, buyer) },
    { "from", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, from) },
    { "n", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, n) },
    { NULL },
  };
  const Arguments arguments = { *buyer, from, n };
  GArray *licenses = NULL;

  gm_contract_read (self, block,
                    &(GmContractCall){ ABI, "licensesOf", fields, &arguments, licenses_answer },
                    &licenses, cancellable, error);
  return licenses;
}

gboolean
gm_license_issuer_schema (const GmContract *self,
                          const GmBlock *block,
                          GmHash *out,
                          GCancellable *cancellable,
                          GError **error)
{
  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "schema", gm_contract_nothing, NULL, gm_contract_hash },
      out, cancellable, error);
}
