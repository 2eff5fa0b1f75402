/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/contract-order.h"

#define AT(member) G_STRUCT_OFFSET (GmContractOrder, member)

/* r ‖ s ‖ v */
#define SIGNATURE_FIELDS(Type)                                                                     \
  { "r", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Type, signature) },                                   \
      { "s", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Type, signature) + sizeof (GmHash) },             \
  {                                                                                                \
    "v", GM_ABI_FIELD_BYTE, G_STRUCT_OFFSET (Type, signature) + 2 * sizeof (GmHash)                \
  }

const GmAbiField gm_contract_order_fields[] = {
  { "listingId", GM_ABI_FIELD_HASH, AT (terms.listing_id) },
  { "listingVersion", GM_ABI_FIELD_U64, AT (terms.listing_version) },
  { "assetId", GM_ABI_FIELD_HASH, AT (terms.asset_id) },
  { "buyer", GM_ABI_FIELD_ADDRESS, AT (terms.buyer) },
  { "payer", GM_ABI_FIELD_ADDRESS, AT (terms.payer) },
  { "token", GM_ABI_FIELD_ADDRESS, AT (terms.token) },
  { "amount", GM_ABI_FIELD_UNITS, AT (terms.amount_units) },
  { "manifestHash", GM_ABI_FIELD_HASH, AT (terms.manifest_hash) },
  { "licenseHash", GM_ABI_FIELD_HASH, AT (terms.license_hash) },
  { "secret", GM_ABI_FIELD_HASH, AT (salt.secret) },
  { "expiresAt", GM_ABI_FIELD_U64, AT (salt.expires_unix) },
  { "maxPriorLeases", GM_ABI_FIELD_U64, AT (salt.max_prior_leases) },
  { NULL },
};

const GmAbiField gm_contract_order_authorization[] = {
  { "validAfter", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (GmContractAuthorization, valid_after_unix) },
  { "validBefore", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (GmContractAuthorization, valid_before_unix) },
  SIGNATURE_FIELDS (GmContractAuthorization),
  { NULL },
};

const GmAbiField gm_contract_order_permit[] = {
  { "deadline", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (GmContractPermit, deadline_unix) },
  SIGNATURE_FIELDS (GmContractPermit),
  { NULL },
};

void
gm_contract_order_seal (GmContractOrder *self, GmHash *id)
{
  gm_order_terms_salt (&self->salt, &self->terms.salt);
  if (id != NULL)
    gm_order_terms_id (&self->terms, id);
}

GBytes *
gm_contract_order_encode (const char *const *abi,
                          const char *function,
                          const GmContractOrder *order,
                          GError **error)
{
  static const GmAbiField fields[] = {
    { "order", GM_ABI_FIELD_STRUCT, 0, gm_contract_order_fields },
    { NULL },
  };

  return gm_contract_encode (&(GmContractCall){ abi, function, fields, order }, error);
}
