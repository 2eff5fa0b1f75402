/* simulate.h - what a transaction would do, asked of a node without sending it.
 *
 * eth_simulateV1 runs it between two looks at what the account has: ETH and the tokens we know.
 * Where a node does not have that, eth_call still tells whether it would go through. For showing,
 * not for deciding: it is the word of one node about the latest block.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"
#include "evm/tx.h"

G_BEGIN_DECLS

typedef struct
{
  const GmToken *token; /* NULL is ETH */
  GmU256 units;
  gboolean is_loss;
} GmSimulationChange;

typedef struct
{
  char *failure;   /* NULL: it goes through; else why it would not, in words */
  GArray *changes; /* of GmSimulationChange, none of zero; NULL: the node cannot tell */
} GmSimulation;

/* Needs @tx whole but for its nonce. What is lost in ETH has the gas it used in it, at the most it
 * may cost, but not what Ethereum takes on an OP Stack chain. Blocks. */
GmSimulation *gm_simulate_run (GmChain *chain,
                               const GmAddress *account,
                               const GmTx *tx,
                               GCancellable *cancellable,
                               GError **error);
void gm_simulation_free (GmSimulation *self);

char *gm_simulate_format_change (const GmSimulationChange *change); /* "−0.50 ETH" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSimulation, gm_simulation_free)

G_END_DECLS
