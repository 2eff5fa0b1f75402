/* money-scene.h - a wallet with money on a real chain of its own.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "anvil.h"
#include "app/session.h"

#define MONEY_TOKEN "0x5FbDB2315678afecb367f032d93F642f64180aa3"

typedef struct
{
  Anvil *node;
  GmNetwork network; /* a devnet with a USDC of its own */
  GmSession *session;
  GmAddress account;
  char *address;
} MoneyScene;

/* The wallet of @session is made and unlocked, and has 100 ETH and 500 USDC. @option is anvil's. */
MoneyScene *money_scene_new (GmSession *session, const char *option);
/* Of the session from now on: what it asks to sign is signed. */
void money_scene_say_yes (MoneyScene *self);
/* After @session, which asks the node until it goes. */
void money_scene_free (MoneyScene *self);

/* The next one of the words; its address, owned by the caller. */
char *money_scene_derive (MoneyScene *self, const char *name);
/* From now on this is the account that is given something, and whose transactions are counted. */
void money_scene_turn_to (MoneyScene *self, const char *address);
void money_scene_give_eth (MoneyScene *self, const char *hex_wei);
void money_scene_give_token (MoneyScene *self, const char *hex_units); /* 64 digits */
void money_scene_mine (MoneyScene *self);
/* Asks @url instead of its node, or two. */
void money_scene_use_node (MoneyScene *self, const char *url);
void money_scene_use_nodes (MoneyScene *self, const char *const *urls);
/* How many transactions of the account the chain has. */
guint money_scene_count_sent (MoneyScene *self);

GmNetworkMoney *money_scene_money (MoneyScene *self);
/* Refreshes and waits; the amounts as one text, "100.00 ETH, 500.00 USDC", or NULL. */
char *money_scene_read (MoneyScene *self);
