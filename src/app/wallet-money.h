/* wallet-money.h - what an account of the wallet has, on every network the person uses.
 *
 * The main account, until another one is chosen. Nodes are asked for one account at a time, and for
 * none that was not looked at: what they are asked together belongs together.
 *
 * Read-only properties: "networks" (GListModel of GmNetworkMoney; empty without a wallet) and
 * "error" (GError boxed or NULL: the own nodes in the settings are none). The settings "own-nodes"
 * and "test-networks" are followed, and so is the account.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "app/network-money.h"
#include "app/settings.h"

G_BEGIN_DECLS

#define GM_TYPE_WALLET_MONEY (gm_wallet_money_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletMoney, gm_wallet_money, GM, WALLET_MONEY, GObject)

typedef struct
{
  GmWorker *io;
  GmHttp *http;
  GmAccount *account;
  GmSettings *settings;
} GmWalletMoneyParts; /* the workers outlive what they are given to */

GmWalletMoney *gm_wallet_money_new (const GmWalletMoneyParts *parts);

GListModel *gm_wallet_money_get_networks (GmWalletMoney *self);
GmNetworkMoney *gm_wallet_money_find (GmWalletMoney *self, guint64 chain_id); /* (nullable) */
void gm_wallet_money_refresh (GmWalletMoney *self);
/* One that is removed from the wallet makes room for the main one. */
void gm_wallet_money_choose (GmWalletMoney *self, const GmAddress *account);
gboolean gm_wallet_money_dup_account (GmWalletMoney *self, GmAddress *account); /* FALSE: none */
char *gm_wallet_money_dup_address (GmWalletMoney *self); /* (nullable) the same, EIP-55 */

/* Of GmWalletNetwork, instead of what the settings say; taken. */
void gm_wallet_money_take_networks (GmWalletMoney *self, GPtrArray *networks);

G_END_DECLS
