/* network-money.h - what an account has on one network, as a row shows it.
 *
 * Read-only properties: "name" (s), "test-money" (b), "busy" (b: the node is asked), "amounts"
 * (GStrv: "0.50 ETH", "12.00 USDC"; NULL before the first answer), "read-at" (x: ms, when they were
 * so; 0), "error" (GError boxed or NULL: why there is nothing newer).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/wallet-network.h"
#include "base/worker.h"
#include "chain/balances.h"

G_BEGIN_DECLS

#define GM_TYPE_NETWORK_MONEY (gm_network_money_get_type ())
G_DECLARE_FINAL_TYPE (GmNetworkMoney, gm_network_money, GM, NETWORK_MONEY, GObject)

/* @io outlives it. */
GmNetworkMoney *gm_network_money_new (GmWorker *io,
                                      GmWalletNetwork *network,
                                      const GmAddress *account);

/* One request, for this account alone; nothing happens while one is under way. */
void gm_network_money_refresh (GmNetworkMoney *self);

GmWalletNetwork *gm_network_money_get_network (GmNetworkMoney *self);
const GmAddress *gm_network_money_get_account (GmNetworkMoney *self);
const char *gm_network_money_get_name (GmNetworkMoney *self);
const GArray *gm_network_money_get_balances (GmNetworkMoney *self); /* (nullable) of GmBalance */
const GError *gm_network_money_get_error (GmNetworkMoney *self);    /* (nullable) */
gboolean gm_network_money_is_test (GmNetworkMoney *self);

G_END_DECLS
