/* tx-log.h - what a contract logged, as a node tells it.
 *
 * Strict: a log that was removed by a reorganization, or lacks a member, is BAD_DATA. That it is
 * true is not said by reading it: a node may invent logs, so money is decided on what the contract
 * answers.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"

G_BEGIN_DECLS

#define GM_TX_LOG_MAX_TOPICS 4
#define GM_TX_LOG_MAX_BYTES  (64 * 1024) /* of data */
#define GM_TX_LOG_MAX        10000       /* in a list */

typedef struct
{
  GmAddress contract;
  GmHash topics[GM_TX_LOG_MAX_TOPICS];
  guint n_topics;
  GBytes *data;
  GmHash tx;
  GmHash block_hash;
  guint64 block;
  guint64 index; /* in the block */
} GmTxLog;

void gm_tx_log_free (GmTxLog *self);
GmTxLog *gm_tx_log_parse (JsonNode *node, GError **error);

/* Of one transaction, in order, by the first node that answers. NOT_FOUND until it is mined. */
GPtrArray *
gm_tx_log_fetch (GmChain *chain, const GmHash *tx, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmTxLog, gm_tx_log_free)

G_END_DECLS
