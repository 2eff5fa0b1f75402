/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/chain.h"

#include "anvil.h"
#include "base/error.h"
#include "chain/balances.h"

#define BASE 8453
#define USDC "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"

/* Base, as @first and @second (nullable) tell it. */
static GmChain *
chain_new (GmNetwork *network, const char *first, const char *second)
{
  static GmHttp *http;

  if (http == NULL)
    http = gm_http_new ("test");
  *network = *gm_network_find (BASE);
  network->nodes[0] = first;
  network->nodes[1] = second;
  return gm_chain_new (http, network);
}

static GBytes *
call_token (GmChain *chain, const GmBlock *block, GError **error)
{
  const GmAddress token = { { 0x83, 0x35 } };
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  return gm_chain_call (chain, block, &token, nothing, NULL, error);
}

static void
test_both_see_one_block (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) mined = anvil_ask (node, "anvil_mine", "[\"0x7\"]");
  g_autoptr (GError) error = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, node->url, node->url);
  GmBlock block;

  gm_chain_pin (chain, 5, &block, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (block.number, ==, 2);
  g_assert_false (gm_hash_is_zero (&block.hash));
  g_assert_cmpuint (block.time, >, 1700000000);
}

/* Two chains with the same number are two histories. */
static void
test_two_histories_do_not_agree (void)
{
  g_autoptr (Anvil) one = anvil_new (BASE, NULL);
  g_autoptr (Anvil) two = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) mined = anvil_ask (one, "anvil_mine", "[\"0x3\"]");
  g_autoptr (JsonNode) later = anvil_ask (two, "evm_increaseTime", "[\"0x64\"]");
  g_autoptr (JsonNode) mined_too = anvil_ask (two, "anvil_mine", "[\"0x3\"]");
  g_autoptr (GError) error = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, one->url, two->url);
  GmBlock block = { .number = 77 };

  g_assert_false (gm_chain_pin (chain, 0, &block, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpuint (block.number, ==, 77);
}

static void
test_one_that_lags_is_waited_for (void)
{
  g_autoptr (Anvil) one = anvil_new (BASE, NULL);
  g_autoptr (Anvil) two = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) mined = anvil_ask (one, "anvil_mine", "[\"0x20\"]");
  g_autoptr (GError) error = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, one->url, two->url);
  GmBlock block;

  g_assert_false (gm_chain_pin (chain, 0, &block, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
}

static void
test_a_call_needs_the_same_answer (void)
{
  g_autoptr (Anvil) honest = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) code = anvil_ask (honest, "anvil_setCode",
                                         "[\"0x8335000000000000000000000000000000000000\","
                                         "\"" ANVIL_TOKEN_CODE "\"]");
  g_autoptr (JsonNode) mined = anvil_ask (honest, "anvil_mine", "[\"0x1\"]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, honest->url, honest->url);
  GmBlock block;

  g_assert_true (gm_chain_pin (chain, 0, &block, NULL, &error));
  bytes = call_token (chain, &block, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 32);
}

/* The answer of a block that was replaced would be an answer of nowhere. */
static void
test_a_replaced_block_answers_nothing (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) mined = anvil_ask (node, "anvil_mine", "[\"0x5\"]");
  g_autoptr (JsonNode) replaced = NULL;
  g_autoptr (GError) error = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, node->url, node->url);
  GmBlock block;

  g_assert_true (gm_chain_pin (chain, 0, &block, NULL, &error));
  replaced = anvil_ask (node, "anvil_reorg", "[3,[]]");
  g_assert_null (call_token (chain, &block, &error));
  g_assert_nonnull (error);
}

static void
test_ones_own_nodes_are_asked_instead (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  const char *const nodes[] = { "http://127.0.0.1:1", node->url, "http://127.0.0.1:2", NULL };
  g_autoptr (GmChain) chain = gm_chain_new_for_nodes (node->http, gm_network_find (BASE), nodes);
  GmRpcCall call = { .method = "eth_chainId" };
  g_autoptr (GError) error = NULL;

  gm_chain_ask (chain, &call, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (call.error);
  gm_rpc_calls_clear (&call, 1);
  g_assert_null (gm_chain_get_node (chain, GM_NETWORK_NODES));
}

static void
test_one_node_does_not_decide_on_money (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  g_autoptr (GError) error = NULL;
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, node->url, NULL);
  GmBlock block;

  g_assert_false (gm_chain_pin (chain, 0, &block, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  network.test_money = TRUE;
  g_assert_true (gm_chain_pin (chain, 0, &block, NULL, &error));
}

static void
test_balances_come_from_whoever_answers (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  g_autoptr (JsonNode) code = anvil_ask (node, "anvil_setCode",
                                         "[\"" USDC "\",\"" ANVIL_TOKEN_CODE "\"]");
  g_autoptr (GError) error = NULL;
  GmSigner *rich = anvil_signer (0);
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, "http://127.0.0.1:1", node->url);
  g_autoptr (GArray) balances = gm_balances_read (chain, &rich->address, NULL, &error);
  g_autofree char *ether = NULL;
  g_autofree char *dollars = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (balances->len, ==, 2);
  ether = gm_u256_format_units (&g_array_index (balances, GmBalance, 0).units, 18);
  dollars = gm_u256_format_units (&g_array_index (balances, GmBalance, 1).units, 6);
  g_assert_cmpstr (ether, ==, "10000");
  g_assert_cmpstr (dollars, ==, "2.5");
  g_assert_cmpstr (g_array_index (balances, GmBalance, 1).token->code, ==, "USDC");
  anvil_signer_free (rich);
}

/* "0 USDC" where there is no USDC would be a lie. */
static void
test_a_token_that_is_not_there_is_no_zero (void)
{
  g_autoptr (Anvil) node = anvil_new (BASE, NULL);
  g_autoptr (GError) error = NULL;
  GmSigner *rich = anvil_signer (0);
  GmNetwork network;
  g_autoptr (GmChain) chain = chain_new (&network, node->url, node->url);

  g_assert_null (gm_balances_read (chain, &rich->address, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  anvil_signer_free (rich);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/chain/both-see-one-block", test_both_see_one_block);
  g_test_add_func ("/chain/two-histories-do-not-agree", test_two_histories_do_not_agree);
  g_test_add_func ("/chain/one-that-lags-is-waited-for", test_one_that_lags_is_waited_for);
  g_test_add_func ("/chain/a-call-needs-the-same-answer", test_a_call_needs_the_same_answer);
  g_test_add_func ("/chain/a-replaced-block-answers-nothing",
                   test_a_replaced_block_answers_nothing);
  g_test_add_func ("/chain/ones-own-nodes-are-asked-instead",
                   test_ones_own_nodes_are_asked_instead);
  g_test_add_func ("/chain/one-node-does-not-decide-on-money",
                   test_one_node_does_not_decide_on_money);
  g_test_add_func ("/balances/come-from-whoever-answers", test_balances_come_from_whoever_answers);
  g_test_add_func ("/balances/a-token-that-is-not-there-is-no-zero",
                   test_a_token_that_is_not_there_is_no_zero);
  return g_test_run ();
}
