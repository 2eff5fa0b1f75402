/* marketplace-contract.h - what is called of Marketplace to buy, and the sales it tells of.
 *
 * Calldata is sent to the marketplace by whoever the function names; money is decided on what is
 * read at a block that is deep enough (chain.h). The order id and the settle address need no node.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract-order.h"

G_BEGIN_DECLS

typedef struct
{
  GmHash order_id;
  GmHash asset_id;
  GmAddress buyer;
  GmAddress seller;
  guint64 listing_id;
  guint64 listing_version;
  GmAddress token;
  gint64 amount_units;
  GmHash manifest_hash;
  GmHash license_hash;
  guint path; /* Path of contracts/src/Types.sol: 0 authorization, allowance, settle, external,
                 layaway */
} GmMarketplaceSale;

/* By anyone. */
GBytes *gm_marketplace_contract_buy_with_authorization (const GmContractOrder *order,
                                                        const GmContractAuthorization *paid,
                                                        GError **error);
/* By the payer. */
GBytes *gm_marketplace_contract_buy (const GmContractOrder *order, GError **error);
GBytes *gm_marketplace_contract_buy_with_permit (const GmContractOrder *order,
                                                 const GmContractPermit *permit,
                                                 GError **error);
/* By anyone; sells, or credits the buyer. */
GBytes *gm_marketplace_contract_settle (const GmContractOrder *order, GError **error);
/* Credits the buyer with what is at the settle address; token 0 is ETH. */
GBytes *gm_marketplace_contract_recover (const GmContractOrder *order,
                                         const GmAddress *token,
                                         GError **error);
/* By the recorder. */
GBytes *gm_marketplace_contract_record_external (const GmContractOrder *order, GError **error);

/* A GmObstacle of contract-error.h. */
gboolean gm_marketplace_contract_obstacle (const GmContract *self,
                                           const GmBlock *block,
                                           const GmContractOrder *order,
                                           guint *out,
                                           GCancellable *cancellable,
                                           GError **error);
gboolean gm_marketplace_contract_sale_count (const GmContract *self,
                                             const GmBlock *block,
                                             guint64 *out,
                                             GCancellable *cancellable,
                                             GError **error);
/* Numbered from 0 without a gap. */
gboolean gm_marketplace_contract_sale_at (const GmContract *self,
                                          const GmBlock *block,
                                          guint64 seq,
                                          GmMarketplaceSale *out,
                                          GCancellable *cancellable,
                                          GError **error);

G_END_DECLS
