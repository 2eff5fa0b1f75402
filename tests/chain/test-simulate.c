/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/simulate.h"

#include <string.h>

#include "anvil.h"
#include "base/error.h"
#include "evm/abi.h"
#include "evm/address.h"
#include "soup-peer.h"

#define USDC     "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" /* in the table, of chain 1 */
#define GIVER    "0x00000000000000000000000000000000000000f1"
#define ETHER    G_GUINT64_CONSTANT (1000000000000000000)
#define FEE      G_GUINT64_CONSTANT (3000000000)
#define SEND_GAS 21000 /* of a plain payment (Yellow Paper, appendix G) */

/* A small token of balanceOf and transfer; what an account has is in the slot of its address. */
#define TOKEN_CODE                                                                                 \
  "0x"                   /* the selector: balanceOf, transfer, or nothing */                       \
  "60003560e01c"         /* calldata[0..4] */                                                      \
  "806370a0823114601e57" /* DUP1, PUSH4, EQ, PUSH1, JUMPI */                                       \
  "63a9059cbb14602b57"                                                                             \
  "60006000fd" /* REVERT of nothing */ /* 1e: return sload (account) */                            \
  "5b60043554"                                                                                     \
  "60005260206000f3" /* 2b: if (amount > sload (caller)) fail */                                   \
  "5b3354602435"                                                                                   \
  "818111605057"                                                                                   \
  "8091033355"                             /* sload (caller) −= amount */                        \
  "60043580549091019055"                   /* sload (to) += amount */                              \
  "600160005260206000f3" /* return true */ /* 50: revert Error ("too much") */                     \
  "5b6308c379a060e01b600052"                                                                       \
  "6020600452"                                                                                     \
  "6008602452"                                                                                     \
  "67746f6f206d75636860c01b604452"                                                                 \
  "60646000fd"

/* call (gas, caller, selfbalance, 0, 0, 0, 0): gives all it has to whoever comes. */
#define GIVER_CODE "0x600060006000600047335af100"

typedef struct
{
  Anvil *node;
  GmNetwork network;
  GmChain *chain;
  GmSigner *rich;
} Scene;

static Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->node = anvil_new (1, NULL);
  self->network = *gm_network_find (1);
  self->network.nodes[0] = self->node->url;
  self->network.nodes[1] = NULL;
  self->chain = gm_chain_new (self->node->http, &self->network);
  self->rich = anvil_signer (0);
  return self;
}

static void
scene_free (Scene *self)
{
  anvil_signer_free (self->rich);
  gm_chain_free (self->chain);
  anvil_free (self->node);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* Ten USDC for the rich account. */
static void
deploy_token (Scene *scene)
{
  g_autofree char *owner = gm_address_dup_text (&scene->rich->address);
  g_autofree char *slot = g_strdup_printf (
      "[\"" USDC "\",\"0x000000000000000000000000%s\","
      "\"0x0000000000000000000000000000000000000000000000000000000000989680\"]",
      owner + 2);

  json_node_unref (anvil_ask (scene->node, "anvil_setCode", "[\"" USDC "\",\"" TOKEN_CODE "\"]"));
  json_node_unref (anvil_ask (scene->node, "anvil_setStorageAt", slot));
}

static GmTx *
make_tx (const char *to)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);

  tx->chain_id = 1;
  tx->gas = 100000;
  tx->fee = gm_u256_from_u64 (FEE);
  g_assert_true (gm_address_parse (to, &tx->to, NULL));
  return tx;
}

static GmTx *
make_transfer (guint64 units)
{
  GmTx *tx = make_tx (USDC);
  g_autoptr (GmAbi) abi = gm_abi_new ();
  const GmAddress to = { { 0xaa } };
  const GmU256 amount = gm_u256_from_u64 (units);

  gm_abi_add_address (abi, &to);
  gm_abi_add_u256 (abi, &amount);
  g_bytes_unref (tx->data);
  tx->data = gm_abi_encode_call (abi, "transfer(address,uint256)");
  return tx;
}

static GmSimulation *
run (Scene *scene, const GmTx *tx)
{
  g_autoptr (GError) error = NULL;
  GmSimulation *simulation = gm_simulate_run (scene->chain, &scene->rich->address, tx, NULL,
                                              &error);

  g_assert_no_error (error);
  return simulation;
}

static char *
dup_change (const GmSimulation *simulation, guint i)
{
  g_assert_cmpuint (i, <, simulation->changes->len);
  return gm_simulate_format_change (&g_array_index (simulation->changes, GmSimulationChange, i));
}

static void
test_a_payment_takes_its_value_and_gas (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmTx) tx = make_tx (GIVER);
  g_autoptr (GmSimulation) simulation = NULL;
  const GmSimulationChange *change;

  tx->value = gm_u256_from_u64 (ETHER);
  simulation = run (scene, tx);
  g_assert_null (simulation->failure);
  g_assert_cmpuint (simulation->changes->len, ==, 1); /* no token is here */
  change = &g_array_index (simulation->changes, GmSimulationChange, 0);
  g_assert_null (change->token);
  g_assert_true (change->is_loss);
  g_assert_cmpuint (change->units.w[0], ==, ETHER + SEND_GAS * FEE);
}

static void
test_a_token_that_moves_is_seen (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmTx) tx = make_transfer (2500000);
  g_autoptr (GmSimulation) simulation = NULL;
  g_autofree char *gas = NULL;
  g_autofree char *token = NULL;

  deploy_token (scene);
  simulation = run (scene, tx);
  g_assert_null (simulation->failure);
  g_assert_cmpuint (simulation->changes->len, ==, 2);
  gas = dup_change (simulation, 0);
  token = dup_change (simulation, 1);
  g_assert_true (g_str_has_prefix (gas, "−0.0001"));
  g_assert_cmpstr (token, ==, "−2.50 USDC");
}

static void
test_what_comes_in_is_a_gain (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmTx) tx = make_tx (GIVER);
  g_autoptr (GmSimulation) simulation = NULL;
  const GmSimulationChange *change;

  json_node_unref (anvil_ask (scene->node, "anvil_setCode", "[\"" GIVER "\",\"" GIVER_CODE "\"]"));
  json_node_unref (
      anvil_ask (scene->node, "anvil_setBalance", "[\"" GIVER "\",\"0xde0b6b3a7640000\"]"));
  simulation = run (scene, tx);
  g_assert_null (simulation->failure);
  change = &g_array_index (simulation->changes, GmSimulationChange, 0);
  g_assert_false (change->is_loss);
  g_assert_cmpuint (change->units.w[0], <, ETHER - SEND_GAS * FEE);
  g_assert_cmpuint (change->units.w[0], >, ETHER - 2 * SEND_GAS * FEE);
}

static void
test_a_refusal_says_why (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmTx) tx = make_transfer (10000001);
  g_autoptr (GmSimulation) simulation = NULL;
  g_autofree char *gas = NULL;

  deploy_token (scene);
  simulation = run (scene, tx);
  g_assert_nonnull (strstr (simulation->failure, "too much"));
  g_assert_cmpuint (simulation->changes->len, ==, 1); /* its gas would be gone all the same */
  gas = dup_change (simulation, 0);
  g_assert_true (g_str_has_prefix (gas, "−0.0000"));
}

static void
test_who_has_nothing_is_told (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GmTx) tx = make_tx (GIVER);
  g_autoptr (GmSimulation) simulation = NULL;
  g_autoptr (GError) error = NULL;
  const GmAddress poor = { { 0x12 } };

  tx->value = gm_u256_from_u64 (ETHER);
  simulation = gm_simulate_run (scene->chain, &poor, tx, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (simulation->failure);
}

/* Answers one after the other: what a node says that does not have the method. */
typedef struct
{
  const char *const *answers;
  GmNetwork network;
  GmSoupPeer *peer;
  GmHttp *http;
  GmChain *chain;
  char *url;
} Old;

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  Old *old = data;
  const char *text = *old->answers++;

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
ask_old_node (const char *const *answers, GmSimulation **out, GError **error)
{
  Old old = { .answers = answers, .network = *gm_network_find (1) };
  g_autoptr (GmTx) tx = make_transfer (1);
  const GmAddress account = { { 0x12 } };

  old.peer = gm_soup_peer_new (handle, &old);
  old.url = gm_soup_peer_dup_url (old.peer, "/");
  old.http = gm_http_new ("test");
  old.network.nodes[0] = old.url;
  old.network.nodes[1] = NULL;
  old.chain = gm_chain_new (old.http, &old.network);
  *out = gm_simulate_run (old.chain, &account, tx, NULL, error);
  g_assert_null (*old.answers); /* all were asked for */
  gm_chain_free (old.chain);
  gm_http_free (old.http);
  gm_soup_peer_free (old.peer);
  g_free (old.url);
}

#define ON_ETHEREUM "{\"id\":0,\"result\":\"0x1\"}"
#define NO_METHOD   "{\"id\":0,\"error\":{\"code\":-32601,\"message\":\"method not found\"}}"

static void
test_a_node_without_it_says_whether (void)
{
  static const struct
  {
    const char *answers[4];
    const char *failure;
  } cases[] = {
    { { ON_ETHEREUM, NO_METHOD, "{\"id\":0,\"result\":\"0x\"}" }, NULL },
    { { ON_ETHEREUM, NO_METHOD,
        "{\"id\":0,\"error\":{\"code\":3,\"message\":\"execution reverted\"}}" },
      "refuses without a reason" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSimulation) simulation = NULL;
      g_autoptr (GError) error = NULL;

      ask_old_node (cases[i].answers, &simulation, &error);
      g_assert_no_error (error);
      g_assert_null (simulation->changes);
      if (cases[i].failure == NULL)
        g_assert_null (simulation->failure);
      else
        g_assert_nonnull (strstr (simulation->failure, cases[i].failure));
    }
}

static void
test_nonsense_is_refused (void)
{
  static const char *const cases[][3] = {
    { ON_ETHEREUM, "{\"id\":0,\"result\":[]}" },
    { ON_ETHEREUM, "{\"id\":0,\"result\":[{\"calls\":[{},{}]}]}" },
    { ON_ETHEREUM, "{\"id\":0,\"result\":[{\"calls\":[1,2,3,4,5,6,7]}]}" },
    { ON_ETHEREUM, "{\"id\":0,\"result\":[{\"calls\":[{},{},{},{\"status\":\"0x1\"},{},{},{}]}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSimulation) simulation = NULL;
      g_autoptr (GError) error = NULL;

      ask_old_node (cases[i], &simulation, &error);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_null (simulation);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/simulate/a-payment-takes-its-value-and-gas",
                   test_a_payment_takes_its_value_and_gas);
  g_test_add_func ("/simulate/a-token-that-moves-is-seen", test_a_token_that_moves_is_seen);
  g_test_add_func ("/simulate/what-comes-in-is-a-gain", test_what_comes_in_is_a_gain);
  g_test_add_func ("/simulate/a-refusal-says-why", test_a_refusal_says_why);
  g_test_add_func ("/simulate/who-has-nothing-is-told", test_who_has_nothing_is_told);
  g_test_add_func ("/simulate/a-node-without-it-says-whether", test_a_node_without_it_says_whether);
  g_test_add_func ("/simulate/nonsense-is-refused", test_nonsense_is_refused);
  return g_test_run ();
}
