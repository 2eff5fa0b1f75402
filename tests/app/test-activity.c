/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/activity.h"

#include "activity-scene.h"
#include "base/error.h"

#define FRIEND ACTIVITY_FRIEND
#define EMPTY  "0x0000000000000000000000000000000000000000000000000000000000000000"

static void
test_a_token_goes_and_is_followed (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new (NULL);
  g_autofree char *before = money_scene_read (world->money);
  g_autofree char *after = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *link = NULL;
  gboolean may_replace;

  activity_scene_send_token (world, 2000000);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 498.00 USDC"));
  g_object_get (activity_scene_item (world, 0), "sentence", &sentence, "link", &link, "may-replace",
                &may_replace, NULL);
  g_assert_cmpstr (sentence, ==, "Send 2.00 USDC to 0x7099…79C8");
  g_assert_true (g_str_has_prefix (link, "https://explorer.example/tx/0x"));
  g_assert_false (may_replace);
  g_assert_nonnull (gm_activity_item_get_tx (activity_scene_item (world, 0))->cost);
}

static void
test_all_leaves_the_fee (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new (NULL);
  GmTransfer transfer = activity_scene_transfer (world, FALSE, 0);
  g_autofree char *after = NULL;

  transfer.all = TRUE;
  activity_scene_send (world, &transfer);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_prefix (after, "0.00"));
}

/* The program ends right after the journal has it. */
static void
test_what_is_kept_is_sent_at_the_next_start (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new (NULL);
  const GmTransfer transfer = activity_scene_transfer (world, TRUE, 3000000);
  GmTxRun *run = activity_scene_run (world, &transfer);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  run->signer = gm_signing_desk_signer_new (gm_session_get_desk (world->scene->session), &error);
  g_assert_no_error (error);
  activity_scene_sign (world, run);
  g_assert_no_error (world->error);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 0);

  activity_scene_reopen (world);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  activity_scene_reopen (world);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 497.00 USDC"));
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
}

static void
test_a_refusal_of_the_contract_is_told (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new ("--no-mining");
  g_autofree char *words = NULL;

  activity_scene_send_token (world, 2000000);
  money_scene_give_token (world->money, EMPTY);
  money_scene_mine (world->money);
  activity_scene_wait (world, 0, GM_SENT_TX_REVERTED);
  g_object_get (activity_scene_item (world, 0), "state-text", &words, NULL);
  g_assert_cmpstr (words, ==, "The contract refused it. Only the fee was paid.");
}

static void
test_a_faster_one_takes_its_place (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new ("--no-mining");
  g_autofree char *after = NULL;

  activity_scene_send_token (world, 2000000);
  activity_scene_replace (world, FALSE);
  g_assert_no_error (world->error);
  g_assert_false (gm_activity_item_may_replace (activity_scene_item (world, 1)));
  money_scene_mine (world->money);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  activity_scene_wait (world, 1, GM_SENT_TX_REPLACED);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 498.00 USDC"));
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
}

static void
test_canceling_sends_nothing (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new ("--no-mining");
  g_autofree char *after = NULL;
  g_autofree char *sentence = NULL;

  activity_scene_send_token (world, 2000000);
  activity_scene_replace (world, TRUE);
  g_assert_no_error (world->error);
  money_scene_mine (world->money);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
  activity_scene_wait (world, 1, GM_SENT_TX_REPLACED);
  g_object_get (activity_scene_item (world, 0), "sentence", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, "Cancel: Send 2.00 USDC to 0x7099…79C8");
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 500.00 USDC"));
}

/* The node forgets the first and offers its nonce again. */
static void
test_a_stale_nonce_is_not_used (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new ("--no-mining");
  const GmSentTx *first = activity_scene_send_token (world, 2000000);
  g_autofree char *params = g_strdup_printf ("[\"%s\"]", first->hash);
  g_autoptr (JsonNode) dropped = anvil_ask (world->money->node, "anvil_dropTransaction", params);

  g_assert_cmpint (first->nonce, ==, 0);
  g_assert_cmpint (activity_scene_send_token (world, 1000000)->nonce, ==, 1);
  activity_scene_wait (world, 0, GM_SENT_TX_SENT);
  money_scene_mine (world->money); /* nothing, while the first is missing */
  while (money_scene_count_sent (world->money) < 2)
    {
      g_main_context_iteration (NULL, TRUE); /* it is sent again */
      money_scene_mine (world->money);
    }
  activity_scene_wait (world, 1, GM_SENT_TX_DONE);
  activity_scene_wait (world, 0, GM_SENT_TX_DONE);
}

/* The same words in another wallet used the nonce. */
static void
test_one_of_another_wallet_took_its_place (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new ("--no-mining");
  g_autofree char *drop = NULL;
  g_autofree char *nonce = g_strdup_printf ("[\"%s\",\"0x1\"]", world->money->address);

  drop = g_strdup_printf ("[\"%s\"]", activity_scene_send_token (world, 2000000)->hash);
  json_node_unref (anvil_ask (world->money->node, "anvil_dropTransaction", drop));
  json_node_unref (anvil_ask (world->money->node, "anvil_setNonce", nonce));
  activity_scene_wait (world, 0, GM_SENT_TX_REPLACED);
}

static void
test_a_locked_wallet_sends_nothing (void)
{
  g_autoptr (ActivityScene) world = activity_scene_new (NULL);
  const GmTransfer transfer = activity_scene_transfer (world, TRUE, 1);

  gm_account_lock (gm_session_get_account (world->scene->session));
  activity_scene_try (world, activity_scene_run (world, &transfer));
  g_assert_error (world->error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_null (activity_scene_item (world, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/activity/a-token-goes-and-is-followed", test_a_token_goes_and_is_followed);
  g_test_add_func ("/activity/all-leaves-the-fee", test_all_leaves_the_fee);
  g_test_add_func ("/activity/what-is-kept-is-sent-at-the-next-start",
                   test_what_is_kept_is_sent_at_the_next_start);
  g_test_add_func ("/activity/a-refusal-of-the-contract-is-told",
                   test_a_refusal_of_the_contract_is_told);
  g_test_add_func ("/activity/a-faster-one-takes-its-place", test_a_faster_one_takes_its_place);
  g_test_add_func ("/activity/canceling-sends-nothing", test_canceling_sends_nothing);
  g_test_add_func ("/activity/a-stale-nonce-is-not-used", test_a_stale_nonce_is_not_used);
  g_test_add_func ("/activity/one-of-another-wallet-took-its-place",
                   test_one_of_another_wallet_took_its_place);
  g_test_add_func ("/activity/a-locked-wallet-sends-nothing", test_a_locked_wallet_sends_nothing);
  return g_test_run ();
}
