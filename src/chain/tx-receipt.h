/* tx-receipt.h - what became of a transaction.
 *
 * That a node knows nothing of a transaction is no failure: it may be late, or have dropped it.
 * Only a mined block says that it failed, and only when both nodes say so.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"

G_BEGIN_DECLS

typedef enum
{
  GM_TX_UNKNOWN, /* to every node asked */
  GM_TX_PENDING,
  GM_TX_DONE,
  GM_TX_REVERTED, /* mined, paid for, without effect */
} GmTxState;

typedef struct
{
  GmTxState state;
  guint64 block; /* mined in; number and hash */
  GmHash block_hash;
  GmU256 cost; /* wei: gas × price, and what Ethereum took of it */
} GmTxReceipt;

/* Both nodes must have it in the same block for DONE and REVERTED; else it is PENDING. */
gboolean gm_tx_receipt_read (GmChain *chain,
                             const GmHash *hash,
                             GmTxReceipt *out,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
