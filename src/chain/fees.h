/* fees.h - what a transaction may cost at most, asked before it is shown to a person.
 *
 * Sources: EIP-1559 (fee = 2 × base fee + tip, so that it stays valid while six full blocks raise
 * the base fee); OP Stack GasPriceOracle.getL1FeeUpperBound for the part that Base pays to
 * Ethereum. A tip is clamped: a node that lies about it would give our money to whoever builds the
 * block.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"
#include "evm/tx.h"

G_BEGIN_DECLS

#define GM_FEES_MAX_GAS     16777216                        /* EIP-7825 */
#define GM_FEES_MAX_TIP_WEI G_GUINT64_CONSTANT (5000000000) /* 5 gwei */
#define GM_FEES_MAX_BASE_WEI                                                                       \
  G_GUINT64_CONSTANT (10000000000000) /* 10,000 gwei: nonsense beyond                              \
                                       */

typedef struct
{
  guint64 gas;
  GmU256 tip;    /* wei per gas */
  GmU256 fee;    /* wei per gas at most, with the tip */
  GmU256 l1_fee; /* wei at most, 0 where there is none */
  GmU256 total;  /* gas × fee + l1_fee: this much must be there besides the value */
  GmU256 balance;
} GmFees;

/* Needs @tx whole but for nonce, gas and fees. FUNDS when @from cannot do it, REMOTE with the
 * reason when the contract would refuse. */
gboolean gm_fees_estimate (GmChain *chain,
                           const GmAddress *from,
                           const GmTx *tx,
                           GmFees *out,
                           GCancellable *cancellable,
                           GError **error);
void gm_fees_apply (const GmFees *fees, GmTx *tx);

/* FUNDS when the balance does not have the total and the value. */
gboolean gm_fees_check (const GmFees *fees, const GmTx *tx, GError **error);

/* The least a replacement must offer: a tenth more of both, rounded up, and never less than now.
 * Not checked: it may be more than there is. */
gboolean gm_fees_raise (const GmTx *replaced, const GmFees *now, GmFees *out, GError **error);

G_END_DECLS
