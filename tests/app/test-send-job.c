/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/send-job.h"

#include <string.h>

#include "app/recipient.h"
#include "app/wallet-accounts.h"
#include "base/clock.h"
#include "base/error.h"
#include "faulty-node.h"
#include "money-scene.h"
#include "session-scene.h"

#define FRIEND "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" /* the second account of anvil */

typedef struct
{
  SessionScene *scene;
  MoneyScene *money;
  GmSendJob *job;
  const GmSendView *view;
} World;

static World *
world_new (const char *option)
{
  World *self = g_new0 (World, 1);
  g_autofree char *read = NULL;

  self->scene = session_scene_new ();
  self->money = money_scene_new (self->scene->session, option);
  read = money_scene_read (self->money);
  self->job = gm_send_job_new (gm_session_get_activity (self->scene->session));
  self->view = gm_send_job_get_view (self->job);
  return self;
}

static void
world_free (World *self)
{
  g_assert_finalize_object (self->job);
  session_scene_free (self->scene);
  money_scene_free (self->money);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static gboolean
is_asked (gpointer data)
{
  const GmSendView *view = ((World *) data)->view;

  return view->phase == GM_SEND_READY || view->error != NULL;
}

static gboolean
is_sent (gpointer data)
{
  const GmSendView *view = ((World *) data)->view;

  return view->phase == GM_SEND_SENT || view->error != NULL;
}

static void
fill (World *world, const char *to, guint token, const char *amount)
{
  gm_send_job_set_to (world->job, to);
  gm_send_job_set_token (world->job, token);
  gm_send_job_set_amount (world->job, amount);
}

static void
ask (World *world)
{
  g_assert_true (gm_send_job_may_ask (world->job));
  gm_send_job_ask (world->job);
  session_scene_wait (is_asked, world);
}

static void
test_what_is_typed_is_checked (void)
{
  static const struct
  {
    const char *to;
    guint token;
    const char *amount;
    const char *to_error; /* a part of it */
    const char *amount_error;
  } cases[] = {
    { FRIEND, 1, "2", NULL, NULL },
    { " " FRIEND "\n", 0, "0.000000000000000001", NULL, NULL },
    { "0x70997970C51812dc3A010C7d01b50e0d17dc79c8", 1, "2", "checksum", NULL },
    { "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", 1, "2", NULL, NULL },
    { "0x1234", 1, "2", "40 digits", NULL },
    { "vitalik.eth", 1, "2", "Names", NULL },
    { "0x0000000000000000000000000000000000000000", 1, "2", "Nobody", NULL },
    { FRIEND, 1, "0.0000001", NULL, "at most 6 decimals" },
    { FRIEND, 0, "0.0000000000000000001", NULL, "at most 18 decimals" },
    { FRIEND, 1, "-1", NULL, "Type an amount" },
    { FRIEND, 1, "1e6", NULL, "Type an amount" },
    { FRIEND, 1, "0.000", NULL, "more than nothing" },
    { FRIEND, 1, "500.000001", NULL, "You have 500.00 USDC" },
    { FRIEND, 0, "100000000000000000000000000", NULL, "You have 100.00 ETH" },
    { "ethereum:pay-nonsense", 1, "2", "does not ask for a payment", NULL },
    { "ethereum:" FRIEND "@10?value=1", 1, "2", "network you do not use", NULL },
    { "ethereum:" FRIEND "@31337/transfer?address=" FRIEND "&uint256=1", 1, "2",
      "token GotMusic does not know", NULL },
  };
  g_autoptr (World) world = world_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gboolean good = cases[i].to_error == NULL && cases[i].amount_error == NULL;

      fill (world, cases[i].to, cases[i].token, cases[i].amount);
      g_assert_cmpint (gm_send_job_may_ask (world->job), ==, good);
      g_assert_cmpint (world->view->to_error != NULL, ==, cases[i].to_error != NULL);
      g_assert_cmpint (world->view->amount_error != NULL, ==, cases[i].amount_error != NULL);
      if (cases[i].to_error != NULL)
        g_assert_nonnull (strstr (world->view->to_error, cases[i].to_error));
      if (cases[i].amount_error != NULL)
        g_assert_nonnull (strstr (world->view->amount_error, cases[i].amount_error));
    }
}

static void
test_a_link_fills_it_in (void)
{
  g_autoptr (World) world = world_new (NULL);

  gm_send_job_set_to (world->job,
                      "ethereum:" MONEY_TOKEN "@31337/transfer?address=" FRIEND "&uint256=2.5e6");
  g_assert_null (world->view->to_error);
  g_assert_cmpstr (world->view->to, ==, FRIEND);
  g_assert_cmpstr (world->view->amount, ==, "2.50");
  g_assert_cmpuint (world->view->token, ==, 1);
  g_assert_true (gm_send_job_may_ask (world->job));
  gm_send_job_set_to (world->job, "ethereum:" FRIEND "@31337?value=1e18");
  g_assert_cmpstr (world->view->amount, ==, "1.00");
  g_assert_cmpuint (world->view->token, ==, 0);
}

/* FRIEND with another middle. */
static char *
dup_liar (void)
{
  return g_strdup_printf ("0x7099%032d79c8", 7);
}

static void
test_strange_recipients_are_warned_of (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *liar = dup_liar ();

  gm_send_job_set_to (world->job, FRIEND);
  g_assert_nonnull (strstr (world->view->warning, "not sent anything to this address"));
  g_assert_false (world->view->danger);
  gm_send_job_set_to (world->job, MONEY_TOKEN);
  g_assert_nonnull (strstr (world->view->warning, "contract of a token"));
  g_assert_true (world->view->danger);
  gm_send_job_set_to (world->job, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"); /* of Base */
  g_assert_true (world->view->danger);
  gm_send_job_set_to (world->job, world->money->address);
  g_assert_nonnull (strstr (world->view->warning, "account that sends"));

  fill (world, FRIEND, 1, "2");
  ask (world);
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_no_error (world->view->error);
  g_assert_finalize_object (world->job);

  world->job = gm_send_job_new (gm_session_get_activity (world->scene->session));
  world->view = gm_send_job_get_view (world->job);
  gm_send_job_set_to (world->job, FRIEND);
  g_assert_null (world->view->warning);
  gm_send_job_set_to (world->job, liar);
  g_assert_nonnull (strstr (world->view->warning, "begins and ends like"));
  g_assert_true (world->view->danger);
}

static void
test_the_fee_comes_before_the_signature (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *after = NULL;

  fill (world, FRIEND, 1, "2.5");
  g_assert_null (gm_send_job_dup_sentence (world->job));
  gm_send_job_send (world->job); /* nothing: there is no fee yet */
  ask (world);
  g_assert_no_error (world->view->error);
  g_assert_true (g_str_has_suffix (world->view->fee, " ETH"));
  sentence = gm_send_job_dup_sentence (world->job);
  g_assert_cmpstr (sentence, ==, "Send 2.50 USDC to 0x7099…79C8");

  gm_send_job_set_amount (world->job, "3"); /* the fee was of something else */
  g_assert_cmpint (world->view->phase, ==, GM_SEND_EDITING);
  g_assert_null (world->view->fee);
  gm_send_job_ask (world->job);
  gm_send_job_set_amount (world->job, "4"); /* and so is its answer */
  ask (world);
  gm_send_job_send (world->job);
  gm_send_job_set_amount (world->job, "5"); /* too late */
  session_scene_wait (is_sent, world);
  g_assert_no_error (world->view->error);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 496.00 USDC"));
}

static void
set_base_fee (World *world, const char *hex_wei)
{
  g_autofree char *params = g_strdup_printf ("[\"%s\"]", hex_wei);

  json_node_unref (anvil_ask (world->money->node, "anvil_setNextBlockBaseFeePerGas", params));
  money_scene_mine (world->money);
}

/* Looked at for longer than a fee holds. */
static void
wait_long (void)
{
  gm_clock_set_for_test (gm_clock_now_ms () + GM_SEND_JOB_FEE_MS + 1);
}

static gboolean
is_answered (gpointer data)
{
  return ((World *) data)->view->phase != GM_SEND_SENDING;
}

static void
test_an_old_fee_is_asked_again (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *shown = NULL;

  fill (world, FRIEND, 1, "2");
  ask (world);
  shown = g_strdup (world->view->fee);
  wait_long ();
  set_base_fee (world, "0x174876e800"); /* 100 gwei */
  gm_send_job_send (world->job);
  session_scene_wait (is_answered, world);
  g_assert_error (world->view->error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_nonnull (strstr (world->view->error->message, "has risen"));
  g_assert_cmpint (world->view->phase, ==, GM_SEND_READY);
  g_assert_cmpstr (world->view->fee, !=, shown);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 0);

  wait_long (); /* it has fallen: that is no reason to ask a person */
  set_base_fee (world, "0x3b9aca00");
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_no_error (world->view->error);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
  gm_clock_set_for_test (0);
}

/* A fresh one stands, whatever the chain does: it has room for that. */
static void
test_a_fresh_fee_stands (void)
{
  g_autoptr (World) world = world_new (NULL);

  gm_clock_set_for_test (gm_clock_now_ms ());
  fill (world, FRIEND, 1, "2");
  ask (world);
  gm_clock_set_for_test (gm_clock_now_ms () + GM_SEND_JOB_FEE_MS);
  set_base_fee (world, "0x42c1d800"); /* 1.12 gwei */
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_no_error (world->view->error);
  gm_clock_set_for_test (0);
}

static void
test_all_is_what_there_is (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *token = NULL;
  g_autofree char *ether = NULL;

  fill (world, FRIEND, 1, "");
  gm_send_job_set_all (world->job, TRUE);
  ask (world);
  token = gm_send_job_dup_sentence (world->job);
  g_assert_cmpstr (token, ==, "Send 500.00 USDC to 0x7099…79C8");
  gm_send_job_edit (world->job);
  gm_send_job_set_amount (world->job, "5");
  gm_send_job_set_all (world->job, TRUE); /* what was typed is not what is sent */
  g_assert_cmpstr (world->view->amount, ==, "");
  gm_send_job_set_token (world->job, 0);
  ask (world);
  g_assert_no_error (world->view->error);
  ether = gm_send_job_dup_sentence (world->job);
  g_assert_true (g_str_has_prefix (ether, "Send 99.99"));
}

/* The node has changed since its balances were read. */
static void
test_what_the_chain_refuses_is_told (void)
{
  g_autoptr (World) world = world_new (NULL);

  money_scene_give_eth (world->money, "0x1");
  fill (world, FRIEND, 0, "50");
  ask (world);
  g_assert_error (world->view->error, GM_ERROR, GM_ERROR_FUNDS);
  g_assert_cmpint (world->view->phase, ==, GM_SEND_EDITING);
  g_assert_true (gm_send_job_may_ask (world->job));
}

static void
test_a_locked_wallet_stays_ready (void)
{
  g_autoptr (World) world = world_new (NULL);

  fill (world, FRIEND, 1, "2");
  ask (world);
  gm_account_lock (gm_session_get_account (world->scene->session));
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_error (world->view->error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_cmpint (world->view->phase, ==, GM_SEND_READY);
}

/* Chosen in the wallet's money; the main one is neither asked nor touched. */
static void
test_another_account_sends (void)
{
  g_autoptr (World) world = world_new (NULL);
  GmActivity *activity = gm_session_get_activity (world->scene->session);
  g_autofree char *main_address = g_strdup (world->money->address);
  g_autofree char *second = money_scene_derive (world->money, "Savings");
  g_autofree char *before = NULL;
  g_autoptr (GmActivityItem) item = NULL;

  money_scene_turn_to (world->money, second);
  money_scene_give_eth (world->money, "0xde0b6b3a7640000"); /* 1 */
  gm_wallet_money_choose (gm_activity_get_money (activity), &world->money->account);
  before = money_scene_read (world->money);
  g_assert_cmpstr (before, ==, "1.00 ETH, 0.00 USDC");
  fill (world, FRIEND, 0, "0.5");
  ask (world);
  g_assert_no_error (world->view->error);
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_no_error (world->view->error);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
  item = g_list_model_get_item (gm_activity_get_items (activity), 0);
  g_assert_cmpstr (gm_activity_item_get_tx (item)->account, ==, second);
  money_scene_turn_to (world->money, main_address);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 0);
}

static void
ignored (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static gboolean
has_two (gpointer accounts)
{
  return g_list_model_get_n_items (accounts) == 2;
}

static gboolean
has_one (gpointer accounts)
{
  return g_list_model_get_n_items (accounts) == 1;
}

static void
test_a_watched_account_does_not_send (void)
{
  g_autoptr (World) world = world_new (NULL);
  GmSession *session = world->scene->session;
  GmWalletMoney *money = gm_activity_get_money (gm_session_get_activity (session));
  g_autoptr (GmWalletAccounts) accounts = gm_wallet_accounts_new (gm_session_get_account (session));
  g_autofree char *before = NULL;
  g_autoptr (GmWalletAccount) watched = NULL;
  GmAddress shown;

  gm_wallet_accounts_watch (accounts, FRIEND, "Friend", G_OBJECT (session), ignored);
  session_scene_wait (has_two, accounts);
  watched = g_list_model_get_item (G_LIST_MODEL (accounts), 1);
  gm_wallet_money_choose (money, gm_wallet_account_get_address (watched));
  before = money_scene_read (world->money);
  fill (world, world->money->address, 0, "1");
  ask (world);
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_error (world->view->error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_cmpint (world->view->phase, ==, GM_SEND_READY);

  gm_wallet_accounts_remove (accounts, watched, G_OBJECT (session), ignored);
  session_scene_wait (has_one, accounts);
  g_assert_true (gm_wallet_money_dup_account (money, &shown));
  g_assert_true (gm_address_equal (&shown, &world->money->account));
}

static gboolean
is_mined (gpointer money)
{
  return money_scene_count_sent (money) == 1;
}

/* The node refuses it after it was signed. */
static void
test_a_refused_one_can_be_sent_again (void)
{
  g_autoptr (World) world = world_new (NULL);
  FaultyNode *node = faulty_node_new (world->money->node);
  g_autofree char *url = faulty_node_dup_url (node);

  money_scene_use_node (world->money, url);
  faulty_node_lie (node, FAULTY_SEND, FAULTY_NO ("insufficient funds"), FALSE);
  fill (world, FRIEND, 1, "2");
  ask (world);
  gm_send_job_send (world->job);
  session_scene_wait (is_sent, world);
  g_assert_error (world->view->error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (world->view->error->message, "insufficient funds"));
  g_assert_cmpint (world->view->phase, ==, GM_SEND_READY);

  faulty_node_tell_the_truth (node);
  gm_clock_set_for_test (gm_clock_now_ms () + GM_SEND_JOB_FEE_MS + 1); /* also with a new fee */
  gm_send_job_send (world->job);
  session_scene_wait (is_answered, world);
  g_assert_no_error (world->view->error);
  g_assert_cmpint (world->view->phase, ==, GM_SEND_SENT);
  session_scene_wait (is_mined, world->money);
  gm_clock_set_for_test (0);
  money_scene_use_node (world->money, world->money->node->url);
  faulty_node_free (node);
}

static void
use_networks (World *world, const GmNetwork *const *networks)
{
  const char *const nodes[] = { world->money->node->url, NULL };
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_wallet_network_unref);

  for (guint i = 0; networks[i] != NULL; i++)
    g_ptr_array_add (list, gm_wallet_network_new (world->money->node->http, networks[i], nodes));
  gm_wallet_money_take_networks (
      gm_activity_get_money (gm_session_get_activity (world->scene->session)), list);
}

static void
test_networks_come_and_go (void)
{
  g_autoptr (World) world = world_new (NULL);
  const GmNetwork *own = &world->money->network;
  const GmNetwork *other = gm_network_find (8453);

  use_networks (world, (const GmNetwork *const[]){ other, own, NULL });
  gm_send_job_set_network (world->job, 1);
  fill (world, FRIEND, 1, "2");
  use_networks (world, (const GmNetwork *const[]){ own, other, NULL });
  g_assert_cmpuint (world->view->network, ==, 0); /* the same one */
  g_assert_cmpuint (world->view->token, ==, 1);
  ask (world);
  g_assert_no_error (world->view->error);

  use_networks (world, (const GmNetwork *const[]){ other, NULL }); /* the fee was of another one */
  g_assert_cmpint (world->view->phase, ==, GM_SEND_EDITING);
  g_assert_cmpuint (world->view->token, ==, 0);
  use_networks (world, (const GmNetwork *const[]){ NULL });
  g_assert_false (gm_send_job_may_ask (world->job));
  gm_send_job_ask (world->job);
  g_assert_cmpint (world->view->phase, ==, GM_SEND_EDITING);
}

static void
test_fees_are_rounded_up (void)
{
  static const struct
  {
    guint64 wei;
    const char *shown;
  } cases[] = {
    { 0, "0.00 ETH" },
    { 999, "0.000000000000000999 ETH" },
    { 1001, "0.00000000000000101 ETH" },
    { 106323262744718, "0.000107 ETH" },
    { 106000000000000, "0.000106 ETH" },
    { 999900000000000, "0.001 ETH" },
    { G_GUINT64_CONSTANT (2000000000000000001), "2.01 ETH" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmU256 wei = gm_u256_from_u64 (cases[i].wei);
      g_autofree char *shown = gm_transfer_format_fee (&wei);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_lookalikes_are_found (void)
{
  static const char *const known[] = { FRIEND, "0xAbCdEf0000000000000000000000000000123456", NULL };
  static const struct
  {
    const char *to;
    GmRecipientKind kind;
  } cases[] = {
    { "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", GM_RECIPIENT_KNOWN },
    { "0x70900000000000000000000000000000000009c8", GM_RECIPIENT_LOOKALIKE },
    { "0xabc1111111111111111111111111111111111456", GM_RECIPIENT_LOOKALIKE },
    { "0xabc1111111111111111111111111111111111457", GM_RECIPIENT_NEW },
    { "0x7091111111111111111111111111111111111456", GM_RECIPIENT_NEW },
  };
  static const GmAddress self = { { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmAddress to;

      g_assert_true (gm_recipient_parse (cases[i].to, &to, NULL));
      g_assert_cmpint (gm_recipient_check (&to, &self, known), ==, cases[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/send-job/what-is-typed-is-checked", test_what_is_typed_is_checked);
  g_test_add_func ("/send-job/a-link-fills-it-in", test_a_link_fills_it_in);
  g_test_add_func ("/send-job/strange-recipients-are-warned-of",
                   test_strange_recipients_are_warned_of);
  g_test_add_func ("/send-job/the-fee-comes-before-the-signature",
                   test_the_fee_comes_before_the_signature);
  g_test_add_func ("/send-job/an-old-fee-is-asked-again", test_an_old_fee_is_asked_again);
  g_test_add_func ("/send-job/a-fresh-fee-stands", test_a_fresh_fee_stands);
  g_test_add_func ("/send-job/all-is-what-there-is", test_all_is_what_there_is);
  g_test_add_func ("/send-job/what-the-chain-refuses-is-told", test_what_the_chain_refuses_is_told);
  g_test_add_func ("/send-job/a-locked-wallet-stays-ready", test_a_locked_wallet_stays_ready);
  g_test_add_func ("/send-job/another-account-sends-when-it-is-chosen", test_another_account_sends);
  g_test_add_func ("/send-job/a-watched-account-does-not-send",
                   test_a_watched_account_does_not_send);
  g_test_add_func ("/send-job/a-refused-one-can-be-sent-again",
                   test_a_refused_one_can_be_sent_again);
  g_test_add_func ("/send-job/networks-come-and-go", test_networks_come_and_go);
  g_test_add_func ("/transfer/fees-are-rounded-up", test_fees_are_rounded_up);
  g_test_add_func ("/recipient/lookalikes-are-found", test_lookalikes_are_found);
  return g_test_run ();
}
