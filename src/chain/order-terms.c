/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/order-terms.h"

#include "evm/keccak.h"

const char gm_order_terms_type[] =
    "Order(uint256 chainId,address marketplace,uint256 listingId,uint64 listingVersion,"
    "bytes32 assetId,address buyer,address payer,address token,uint256 amount,"
    "bytes32 manifestHash,bytes32 licenseHash,bytes32 salt)";

GmAbi *
gm_order_terms_struct (const GmOrderTerms *self)
{
  GmAbi *abi = gm_abi_new ();
  GmHash type;

  gm_keccak256_text (gm_order_terms_type, &type);
  gm_abi_add_hash (abi, &type);
  gm_abi_add_uint (abi, 64, self->chain_id);
  gm_abi_add_address (abi, &self->marketplace);
  gm_abi_add_hash (abi, &self->listing_id);
  gm_abi_add_uint (abi, 64, self->listing_version);
  gm_abi_add_hash (abi, &self->asset_id);
  gm_abi_add_address (abi, &self->buyer);
  gm_abi_add_address (abi, &self->payer);
  gm_abi_add_address (abi, &self->token);
  gm_abi_add_uint (abi, 64, (guint64) self->amount_units);
  gm_abi_add_hash (abi, &self->manifest_hash);
  gm_abi_add_hash (abi, &self->license_hash);
  gm_abi_add_hash (abi, &self->salt);
  return abi;
}

void
gm_order_terms_id (const GmOrderTerms *self, GmHash *out)
{
  g_autoptr (GmAbi) abi = gm_order_terms_struct (self);

  gm_abi_hash (abi, out);
}

void
gm_order_terms_salt (const GmOrderSalt *salt, GmHash *out)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();

  gm_abi_add_hash (abi, &salt->secret);
  gm_abi_add_uint (abi, 64, salt->expires_unix);
  gm_abi_add_uint (abi, 64, salt->max_prior_leases);
  gm_abi_hash (abi, out);
}
