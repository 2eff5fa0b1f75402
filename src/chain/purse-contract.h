/* purse-contract.h - what is paid into a contract of ours and claimed from it.
 *
 * Marketplace and LayawayEscrow have a purse each. What is sent to the settle address of an id can
 * only be the payment of that id; its address follows from the contract's and the sweeper's code.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"

G_BEGIN_DECLS

void gm_purse_contract_settle_address (const GmAddress *contract,
                                       const GmHash *id, /* of an order, or a layaway's payment */
                                       GmAddress *out);

/* By who has credit, to an account of their choice; token 0 is ETH. */
GBytes *gm_purse_contract_claim (const GmAddress *token, const GmAddress *to);
/* Of the marketplace: splits what a listing's version earned into credits. By anyone. */
GBytes *gm_purse_contract_distribute (guint64 listing_id, guint64 version, const GmAddress *token);

gboolean gm_purse_contract_credit (const GmContract *self,
                                   const GmBlock *block,
                                   const GmAddress *account,
                                   const GmAddress *token,
                                   GmU256 *out,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
