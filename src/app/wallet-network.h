/* wallet-network.h - a network of the wallet, asked by the public nodes or by a person's own.
 *
 * Own nodes are one text: the number of a chain, then the addresses of its nodes, and so on, as in
 * "8453 https://node.example 31337 http://127.0.0.1:8545". A devnet is there by an own node only.
 *
 * Immutable; any thread. Who answers for another chain is refused when it is first asked.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"

G_BEGIN_DECLS

#define GM_WALLET_NETWORK_DEVNET 31337

typedef struct
{
  const GmNetwork *network; /* borrowed: it outlives the program */
  GmChain *chain;
} GmWalletNetwork;

/* @nodes NULL: those of the network. */
GmWalletNetwork *gm_wallet_network_new (GmHttp *http,
                                        const GmNetwork *network,
                                        const char *const *nodes);
GmWalletNetwork *gm_wallet_network_ref (GmWalletNetwork *self);
void gm_wallet_network_unref (GmWalletNetwork *self);

/* Base and Ethereum; with @test_networks those of test money too. BAD_DATA: @own_nodes is no such
 * text, or names a chain that is none of ours. */
GPtrArray *gm_wallet_network_list (GmHttp *http,
                                   const char *own_nodes,
                                   gboolean test_networks,
                                   GError **error);

/* Whether @own_nodes is such a text. */
gboolean gm_wallet_network_check (const char *own_nodes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWalletNetwork, gm_wallet_network_unref)

G_END_DECLS
