/* order-terms.h - the terms of one sale and their hash, the order id (PROTOCOLS A1).
 *
 *   Order(uint256 chainId,address marketplace,uint256 listingId,uint64 listingVersion,
 *         bytes32 assetId,address buyer,address payer,address token,uint256 amount,
 *         bytes32 manifestHash,bytes32 licenseHash,bytes32 salt)
 *
 * The order id is keccak256 (abi.encode (ORDER_TYPEHASH, …)), which is EIP-712's hashStruct of the
 * same. In the embedded form listingId is the asset id, listingVersion the asset's version,
 * marketplace and token are 0.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 chain_id;
  GmAddress marketplace;
  GmHash listing_id;
  guint64 listing_version;
  GmHash asset_id;
  GmAddress buyer;
  GmAddress payer;
  GmAddress token;
  gint64 amount_units;
  GmHash manifest_hash;
  GmHash license_hash;
  GmHash salt; /* the buyer's 32 random bytes; on chain gm_order_terms_salt () */
} GmOrderTerms;

/* What the salt of an order on chain binds besides; docs/decisions/012-terms-in-the-salt.md. */
typedef struct
{
  GmHash secret; /* the buyer's 32 random bytes */
  guint64 expires_unix;
  guint64 max_prior_leases; /* standard licenses sold before an exclusive one, at most */
} GmOrderSalt;

extern const char gm_order_terms_type[];

GmAbi *gm_order_terms_struct (const GmOrderTerms *self); /* the type's hash, then the members */
void gm_order_terms_id (const GmOrderTerms *self, GmHash *out);
void gm_order_terms_salt (const GmOrderSalt *salt, GmHash *out);

G_END_DECLS
