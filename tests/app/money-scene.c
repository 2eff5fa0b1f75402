/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "money-scene.h"

#include "app/wallet-accounts.h"
#include "evm/address.h"
#include "session-scene.h"
#include "vault/sealed.h"

#define START_ETH   "0x56bc75e2d63100000"                                                /* 100 */
#define START_TOKEN "0x000000000000000000000000000000000000000000000000000000001dcd6500" /* 500 */

/* An ERC-20 in 125 bytes, written by hand: balanceOf() and transfer() with its event; the balance
 * of an account is in the storage of its address. */
#define TOKEN_CODE                                                                                 \
  "0x"                                                                                             \
  "60003560e01c806370a0823114601f5763a9059cbb14602c575b60006000fd5b6004355460005260206000f3"       \
  "5b33546024358181116019578091033355600435805482019055600052600435337fddf252ad1be2c89b69c2"       \
  "b068fc378daa952ba7f163c4a11628f55a4df523b3ef60206000a3600160005260206000f3"

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static void
make_wallet (MoneyScene *self)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };
  GmAccount *account = gm_session_get_account (self->session);
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");

  if (!gm_account_has_wallet (account))
    {
      gm_sealed_set_cost_for_test (&cheap);
      gm_account_create (account, words, password, G_OBJECT (self->session), on_done);
      session_scene_wait (is_unlocked, account);
    }
  g_assert_true (gm_account_dup_main (account, &self->account));
  self->address = gm_address_dup_text (&self->account);
}

/* Reviews warn of its token: they know the networks of the program alone. */
static void
on_review (GmSigningDesk *desk, GmReview *review, gpointer unused)
{
  gm_signing_desk_answer (desk, review, TRUE);
}

void
money_scene_say_yes (MoneyScene *self)
{
  g_signal_connect (gm_session_get_desk (self->session), "review", G_CALLBACK (on_review), NULL);
}

static void
ask (MoneyScene *self, const char *method, const char *first, const char *second, const char *third)
{
  g_autofree char *params = third != NULL
                                ? g_strdup_printf ("[\"%s\",\"%s\",\"%s\"]", first, second, third)
                                : g_strdup_printf ("[\"%s\",\"%s\"]", first, second);

  json_node_unref (anvil_ask (self->node, method, params));
}

static gboolean
has_two (gpointer accounts)
{
  return g_list_model_get_n_items (accounts) == 2;
}

char *
money_scene_derive (MoneyScene *self, const char *name)
{
  g_autoptr (GmWalletAccounts) accounts = gm_wallet_accounts_new (
      gm_session_get_account (self->session));
  g_autoptr (GmWalletAccount) made = NULL;

  gm_wallet_accounts_derive (accounts, name, G_OBJECT (self->session), on_done);
  session_scene_wait (has_two, accounts);
  made = g_list_model_get_item (G_LIST_MODEL (accounts), 1);
  return g_strdup (gm_wallet_account_get_text (made));
}

void
money_scene_turn_to (MoneyScene *self, const char *address)
{
  g_assert_true (gm_address_parse (address, &self->account, NULL));
  g_free (self->address);
  self->address = g_strdup (address);
}

void
money_scene_give_eth (MoneyScene *self, const char *hex_wei)
{
  ask (self, "anvil_setBalance", self->address, hex_wei, NULL);
}

void
money_scene_give_token (MoneyScene *self, const char *hex_units)
{
  g_autofree char *slot = g_strdup_printf ("0x%024d%s", 0, self->address + 2);

  ask (self, "anvil_setStorageAt", MONEY_TOKEN, slot, hex_units);
}

void
money_scene_mine (MoneyScene *self)
{
  json_node_unref (anvil_ask (self->node, "anvil_mine", "[\"0x1\"]"));
}

guint
money_scene_count_sent (MoneyScene *self)
{
  g_autofree char *params = g_strdup_printf ("[\"%s\",\"latest\"]", self->address);
  g_autoptr (JsonNode) count = anvil_ask (self->node, "eth_getTransactionCount", params);

  return (guint) g_ascii_strtoull (json_node_get_string (count) + 2, NULL, 16);
}

GmNetworkMoney *
money_scene_money (MoneyScene *self)
{
  return gm_wallet_money_find (gm_activity_get_money (gm_session_get_activity (self->session)),
                               self->network.chain_id);
}

/* Found each time: when the address is told, the list is another. */
static gboolean
is_idle (gpointer scene)
{
  gboolean busy;

  g_object_get (money_scene_money (scene), "busy", &busy, NULL);
  return !busy;
}

char *
money_scene_read (MoneyScene *self)
{
  g_auto (GStrv) amounts = NULL;

  session_scene_wait (is_idle, self);
  gm_network_money_refresh (money_scene_money (self));
  session_scene_wait (is_idle, self);
  g_object_get (money_scene_money (self), "amounts", &amounts, NULL);
  return amounts != NULL ? g_strjoinv (", ", amounts) : NULL;
}

void
money_scene_use_nodes (MoneyScene *self, const char *const *urls)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_wallet_network_unref);

  g_ptr_array_add (networks, gm_wallet_network_new (self->node->http, &self->network, urls));
  gm_wallet_money_take_networks (gm_activity_get_money (gm_session_get_activity (self->session)),
                                 networks);
}

void
money_scene_use_node (MoneyScene *self, const char *url)
{
  const char *const urls[] = { url, NULL };

  money_scene_use_nodes (self, urls);
}

MoneyScene *
money_scene_new (GmSession *session, const char *option)
{
  MoneyScene *self = g_new0 (MoneyScene, 1);

  self->node = anvil_new (GM_WALLET_NETWORK_DEVNET, option);
  self->session = session;
  self->network = (GmNetwork){ .chain_id = GM_WALLET_NETWORK_DEVNET,
                               .name = "Devnet",
                               .test_money = TRUE,
                               .explorer = "https://explorer.example",
                               .tokens = { { "USDC", "USDC", "2", MONEY_TOKEN } } };
  make_wallet (self);
  money_scene_say_yes (self);
  json_node_unref (
      anvil_ask (self->node, "anvil_setCode", "[\"" MONEY_TOKEN "\",\"" TOKEN_CODE "\"]"));
  money_scene_give_eth (self, START_ETH);
  money_scene_give_token (self, START_TOKEN);
  money_scene_use_node (self, self->node->url);
  return self;
}

void
money_scene_free (MoneyScene *self)
{
  anvil_free (self->node);
  g_free (self->address);
  g_free (self);
}
