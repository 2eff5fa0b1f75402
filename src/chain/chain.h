/* chain.h - one chain through its nodes: what one of them says, or what both agree on.
 *
 * gm_chain_ask() takes the first node that answers: for what is only shown. Money is decided on
 * what both say of one block that both have (PROTOCOLS A10): gm_chain_pin() finds it, the calls
 * evaluate at its hash (EIP-1898), so that two heads never look like a contradiction and a block
 * that was replaced is an error instead of an old answer. Nodes that do not agree are OFFLINE, "not
 * sure yet": never a failed payment.
 *
 * Blocks. Any thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/network.h"
#include "chain/rpc.h"

G_BEGIN_DECLS

#define GM_CHAIN_MAX_RETURN (64 * 1024) /* bytes a contract may answer */

typedef struct _GmChain GmChain;

typedef struct
{
  guint64 number;
  guint64 time; /* seconds since 1970 */
  GmHash hash;
} GmBlock;

/* @network is borrowed. One node is enough where the money is test money. */
GmChain *gm_chain_new (GmHttp *http, const GmNetwork *network);
/* The same by a person's own nodes, of which the first GM_NETWORK_NODES count. */
GmChain *gm_chain_new_for_nodes (GmHttp *http, const GmNetwork *network, const char *const *nodes);
void gm_chain_free (GmChain *self);
const GmNetwork *gm_chain_get_network (GmChain *self);
GmRpc *gm_chain_get_node (GmChain *self, guint i); /* (nullable) past the last */

gboolean
gm_chain_ask (GmChain *self, GmRpcCall *calls, guint n, GCancellable *cancellable, GError **error);

/* The block @depth below the lower of both heads. */
gboolean gm_chain_pin (GmChain *self,
                       guint64 depth,
                       GmBlock *out,
                       GCancellable *cancellable,
                       GError **error);
/* What @to answers to @data at @block, by both nodes. */
GBytes *gm_chain_call (GmChain *self,
                       const GmBlock *block,
                       const GmAddress *to,
                       GBytes *data,
                       GCancellable *cancellable,
                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmChain, gm_chain_free)

G_END_DECLS
