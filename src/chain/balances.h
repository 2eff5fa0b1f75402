/* balances.h - what an account has: ETH and the tokens we know, in one request.
 *
 * One request never names two accounts: it would tell the node that they belong together. For
 * showing, not for deciding. Balances that do not fit a GmMoney stay GmU256.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"

G_BEGIN_DECLS

typedef struct
{
  const GmToken *token; /* NULL is ETH */
  GmU256 units;
} GmBalance;

/* ETH first, then the network's tokens in their order. */
GArray *gm_balances_read (GmChain *chain,
                          const GmAddress *account,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
