/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/fees.h"

#include "anvil.h"
#include "base/error.h"
#include "chain/tx-receipt.h"
#include "chain/tx-sender.h"
#include "evm/raw-tx.h"

#define ETHEREUM 1
#define BASE     8453
#define ORACLE   "0x420000000000000000000000000000000000000F"
#define REVERTS  "0x60006000fd"

typedef struct
{
  Anvil *node;
  GmNetwork network;
  GmChain *chain;
  GmSigner *rich;
} Scene;

static Scene *
scene_new (guint64 chain_id, const char *option)
{
  Scene *self = g_new0 (Scene, 1);

  self->node = anvil_new (chain_id, option);
  self->network = *gm_network_find (chain_id);
  self->network.nodes[0] = self->node->url;
  self->network.nodes[1] = self->node->url;
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

/* One ETH to the second account. */
static GmTx *
make_gift (Scene *scene)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);
  GmSigner *second = anvil_signer (1);

  tx->chain_id = scene->network.chain_id;
  tx->to = second->address;
  tx->value = gm_u256_from_u64 (G_GUINT64_CONSTANT (1000000000000000000));
  anvil_signer_free (second);
  return tx;
}

static void
prepare (Scene *scene, GmTx *tx)
{
  g_autoptr (GError) error = NULL;
  GmFees fees;

  gm_fees_estimate (scene->chain, &scene->rich->address, tx, &fees, NULL, &error);
  g_assert_no_error (error);
  gm_fees_apply (&fees, tx);
  gm_tx_sender_next_nonce (scene->chain, &scene->rich->address, &tx->nonce, NULL, &error);
  g_assert_no_error (error);
}

static GmTxReceipt
read_receipt (Scene *scene, const GmHash *hash)
{
  g_autoptr (GError) error = NULL;
  GmTxReceipt receipt;

  gm_tx_receipt_read (scene->chain, hash, &receipt, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

/* The node mines by itself, but not before it answers. */
static GmTxReceipt
wait_receipt (Scene *scene, const GmHash *hash)
{
  GmTxReceipt receipt = { .state = GM_TX_UNKNOWN };

  while (receipt.state == GM_TX_UNKNOWN || receipt.state == GM_TX_PENDING)
    receipt = read_receipt (scene, hash);
  return receipt;
}

static GBytes *
sign_and_send (Scene *scene, const GmTx *tx, GmHash *hash)
{
  g_autoptr (GError) error = NULL;
  GBytes *raw = gm_tx_sign (tx, scene->rich, &error);

  g_assert_no_error (error);
  gm_raw_tx_hash (raw, hash);
  gm_tx_sender_send (scene->chain, raw, NULL, &error);
  g_assert_no_error (error);
  return raw;
}

static void
test_a_payment_with_estimated_fees_is_mined (void)
{
  g_autoptr (Scene) scene = scene_new (ETHEREUM, NULL);
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GBytes) raw = NULL;
  GmTxReceipt receipt;
  GmFees fees;
  GmHash hash;

  g_assert_true (gm_fees_estimate (scene->chain, &scene->rich->address, tx, &fees, NULL, NULL));
  g_assert_true (gm_u256_is_zero (&fees.l1_fee));
  prepare (scene, tx);
  g_assert_cmpuint (tx->nonce, ==, 0);
  raw = sign_and_send (scene, tx, &hash);
  receipt = wait_receipt (scene, &hash);
  g_assert_cmpint (receipt.state, ==, GM_TX_DONE);
  g_assert_cmpuint (receipt.block, ==, 1);
  g_assert_cmpint (gm_u256_compare (&receipt.cost, &fees.total), <=, 0);
  prepare (scene, tx);
  g_assert_cmpuint (tx->nonce, ==, 1);
}

static void
test_sending_again_is_no_failure (void)
{
  g_autoptr (Scene) scene = scene_new (ETHEREUM, "--no-mining");
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) other = NULL;
  GmHash hash;

  prepare (scene, tx);
  raw = sign_and_send (scene, tx, &hash);
  g_assert_cmpint (read_receipt (scene, &hash).state, ==, GM_TX_PENDING);
  g_assert_true (gm_tx_sender_send (scene->chain, raw, NULL, &error)); /* waiting */
  json_node_unref (anvil_ask (scene->node, "anvil_mine", "[\"0x1\"]"));
  g_assert_true (gm_tx_sender_send (scene->chain, raw, NULL, &error)); /* mined */
  g_assert_no_error (error);
  g_assert_cmpint (read_receipt (scene, &hash).state, ==, GM_TX_DONE);

  tx->gas++; /* another one of the same nonce */
  other = gm_tx_sign (tx, scene->rich, NULL);
  g_assert_false (gm_tx_sender_send (scene->chain, other, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
}

static void
test_a_raised_one_takes_its_place (void)
{
  g_autoptr (Scene) scene = scene_new (ETHEREUM, "--no-mining");
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) slow = NULL;
  g_autoptr (GBytes) fast = NULL;
  GmFees now = { 0 };
  GmFees raised;
  GmHash slow_hash;
  GmHash fast_hash;

  prepare (scene, tx);
  slow = sign_and_send (scene, tx, &slow_hash);
  g_assert_true (gm_fees_raise (tx, &now, &raised, &error));
  gm_fees_apply (&raised, tx);
  fast = sign_and_send (scene, tx, &fast_hash);
  json_node_unref (anvil_ask (scene->node, "anvil_mine", "[\"0x1\"]"));
  g_assert_cmpint (read_receipt (scene, &slow_hash).state, ==, GM_TX_UNKNOWN);
  g_assert_cmpint (read_receipt (scene, &fast_hash).state, ==, GM_TX_DONE);
}

static void
test_what_would_be_refused_is_not_sent (void)
{
  g_autoptr (Scene) scene = scene_new (ETHEREUM, NULL);
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GError) error = NULL;
  GmFees fees = { .gas = 7 };

  json_node_unref (anvil_ask (scene->node, "anvil_setCode",
                              "[\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\",\"" REVERTS "\"]"));
  g_assert_false (gm_fees_estimate (scene->chain, &scene->rich->address, tx, &fees, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_cmpuint (fees.gas, ==, 7);
}

static void
test_who_has_nothing_is_told (void)
{
  g_autoptr (Scene) scene = scene_new (ETHEREUM, NULL);
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GError) error = NULL;
  const GmAddress poor = { { 0x12 } };
  GmFees fees;

  g_assert_false (gm_fees_estimate (scene->chain, &poor, tx, &fees, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_FUNDS);
}

static void
test_base_adds_what_ethereum_takes (void)
{
  g_autoptr (Scene) scene = scene_new (BASE, NULL);
  g_autoptr (GmTx) tx = make_gift (scene);
  g_autoptr (GError) error = NULL;
  const GmU256 said = gm_u256_from_u64 (2500000);
  GmU256 own;
  GmU256 gas;
  GmFees fees;

  g_assert_false (gm_fees_estimate (scene->chain, &scene->rich->address, tx, &fees, NULL, &error));
  g_assert_nonnull (error); /* Base without its oracle is not Base */
  g_clear_error (&error);

  json_node_unref (
      anvil_ask (scene->node, "anvil_setCode", "[\"" ORACLE "\",\"" ANVIL_TOKEN_CODE "\"]"));
  gm_fees_estimate (scene->chain, &scene->rich->address, tx, &fees, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gm_u256_compare (&fees.l1_fee, &said), ==, 0);
  gas = gm_u256_from_u64 (fees.gas);
  g_assert_true (gm_u256_multiply (&gas, &fees.fee, &own, NULL));
  g_assert_true (gm_u256_add (&own, &said, &own, NULL));
  g_assert_cmpint (gm_u256_compare (&own, &fees.total), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/fees/a-payment-with-estimated-fees-is-mined",
                   test_a_payment_with_estimated_fees_is_mined);
  g_test_add_func ("/fees/a-raised-one-takes-its-place", test_a_raised_one_takes_its_place);
  g_test_add_func ("/fees/what-would-be-refused-is-not-sent",
                   test_what_would_be_refused_is_not_sent);
  g_test_add_func ("/fees/who-has-nothing-is-told", test_who_has_nothing_is_told);
  g_test_add_func ("/fees/base-adds-what-ethereum-takes", test_base_adds_what_ethereum_takes);
  g_test_add_func ("/tx-sender/sending-again-is-no-failure", test_sending_again_is_no_failure);
  return g_test_run ();
}
