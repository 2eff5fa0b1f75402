/* network.h - the chains we know: their nodes, tokens, explorer, and how deep is final.
 *
 * What is not in this table does not exist for money: a token is known by its address, never by
 * the name it gives itself. Addresses: Circle and Paxos developer documentation.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/money.h"

G_BEGIN_DECLS

#define GM_NETWORK_MAX_TOKENS 4
#define GM_NETWORK_NODES      2 /* of different operators: both must agree where money is decided */

typedef struct
{
  const char *code;    /* of base/money.h */
  const char *name;    /* of its EIP-712 domain */
  const char *version; /* of its EIP-712 domain */
  const char *address; /* with checksum */
} GmToken;

typedef struct
{
  guint64 chain_id;
  const char *name;
  gboolean test_money;
  gboolean op_stack;                   /* pays a fee to Ethereum besides its own */
  const char *nodes[GM_NETWORK_NODES]; /* the second may be NULL on a devnet */
  const char *explorer;                /* (nullable) Blockscout, without a slash at the end */
  GmToken tokens[GM_NETWORK_MAX_TOKENS];
} GmNetwork;

typedef enum
{
  GM_NETWORK_TRANSACTION,
  GM_NETWORK_ADDRESS,
  GM_NETWORK_TOKEN,
} GmNetworkPage;

const GmNetwork *gm_network_find (guint64 chain_id); /* (nullable) */
const GmNetwork *gm_network_get (guint i);           /* (nullable) past the last */
const GmToken *gm_network_find_token (const GmNetwork *network, const GmAddress *address);
char *gm_network_dup_link (const GmNetwork *network, GmNetworkPage page, const char *id);

G_END_DECLS
