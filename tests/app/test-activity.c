/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/activity.h"

#include "app/session-core.h"
#include "base/error.h"
#include "base/hex.h"
#include "licenses/license-db.h"
#include "money-scene.h"
#include "session-scene.h"

#define FRIEND "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" /* the second account of anvil */
#define EMPTY  "0x0000000000000000000000000000000000000000000000000000000000000000"

typedef struct
{
  SessionScene *scene;
  MoneyScene *money;
  GmActivity *activity;
  GmTxRun *answer; /* of the last send */
  GError *error;
} World;

static World *
world_new (const char *option)
{
  World *self = g_new0 (World, 1);

  self->scene = session_scene_new ();
  self->money = money_scene_new (self->scene->session, option);
  self->activity = gm_session_get_activity (self->scene->session);
  return self;
}

static void
world_free (World *self)
{
  g_clear_pointer (&self->answer, gm_tx_run_unref);
  g_clear_error (&self->error);
  session_scene_free (self->scene);
  money_scene_free (self->money);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static GmTransfer
make_transfer (World *world, gboolean of_token, guint64 units)
{
  GmTransfer transfer = { .network = &world->money->network,
                          .token = of_token ? &world->money->network.tokens[0] : NULL,
                          .from = world->money->account,
                          .units = gm_u256_from_u64 (units) };

  g_assert_true (gm_hex_decode (FRIEND + 2, transfer.to.b, sizeof transfer.to.b, NULL));
  return transfer;
}

static GmTxRun *
make_run (World *world, const GmTransfer *transfer)
{
  return gm_tx_run_new (gm_network_money_get_network (money_scene_money (world->money)),
                        gm_activity_get_ledger (world->activity), transfer);
}

static World *asking;

static void
on_sent (gpointer owner, gpointer result, const GError *error)
{
  asking->answer = result != NULL ? gm_tx_run_ref (result) : NULL;
  asking->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_answered (gpointer data)
{
  World *world = data;

  return world->answer != NULL || world->error != NULL;
}

static void
begin (World *world)
{
  asking = world;
  g_clear_pointer (&world->answer, gm_tx_run_unref);
  g_clear_error (&world->error);
}

static const GmSentTx *
send_transfer (World *world, const GmTransfer *transfer)
{
  GmTxRun *run = make_run (world, transfer);

  begin (world);
  gm_activity_send (world->activity, run, G_OBJECT (world->scene->session), on_sent);
  gm_tx_run_unref (run);
  session_scene_wait (is_answered, world);
  g_assert_no_error (world->error);
  return world->answer->sent;
}

static const GmSentTx *
send_token (World *world, guint64 units)
{
  const GmTransfer transfer = make_transfer (world, TRUE, units);

  return send_transfer (world, &transfer);
}

static GmActivityItem *
item_at (World *world, guint position)
{
  g_autoptr (GmActivityItem) item = g_list_model_get_item (gm_activity_get_items (world->activity),
                                                           position);

  return item;
}

typedef struct
{
  World *world;
  guint position;
  GmSentTxState state;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  const Wanted *wanted = data;
  GmActivityItem *item = item_at (wanted->world, wanted->position);

  return item != NULL && gm_activity_item_get_tx (item)->state == (gint64) wanted->state;
}

static void
wait_state (World *world, guint position, GmSentTxState state)
{
  session_scene_wait (is_in_state, &(Wanted){ world, position, state });
}

static void
replace (World *world, gboolean cancel)
{
  begin (world);
  gm_activity_replace (world->activity, item_at (world, 0), cancel,
                       G_OBJECT (world->scene->session), on_sent);
  session_scene_wait (is_answered, world);
  g_assert_no_error (world->error);
}

static void
test_a_token_goes_and_is_followed (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *before = money_scene_read (world->money);
  g_autofree char *after = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *link = NULL;
  gboolean may_replace;

  send_token (world, 2000000);
  wait_state (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 498.00 USDC"));
  g_object_get (item_at (world, 0), "sentence", &sentence, "link", &link, "may-replace",
                &may_replace, NULL);
  g_assert_cmpstr (sentence, ==, "Send 2.00 USDC to 0x7099…79C8");
  g_assert_true (g_str_has_prefix (link, "https://explorer.example/tx/0x"));
  g_assert_false (may_replace);
  g_assert_nonnull (gm_activity_item_get_tx (item_at (world, 0))->cost);
}

static void
test_all_leaves_the_fee (void)
{
  g_autoptr (World) world = world_new (NULL);
  GmTransfer transfer = make_transfer (world, FALSE, 0);
  g_autofree char *after = NULL;

  transfer.all = TRUE;
  send_transfer (world, &transfer);
  wait_state (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_prefix (after, "0.00"));
}

static void
reopen (World *world)
{
  g_autofree char *data = g_build_filename (world->scene->folder, "data", NULL);
  g_autofree char *cache = g_build_filename (world->scene->folder, "cache", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (world->scene->session);
  world->scene->session = gm_session_new (data, cache, world->scene->settings, &error);
  g_assert_no_error (error);
  world->money->session = world->scene->session;
  money_scene_say_yes (world->money);
  world->activity = gm_session_get_activity (world->scene->session);
  money_scene_use_node (world->money, world->money->node->url);
}

static gpointer
run_sign (gpointer run, GCancellable *cancellable, GError **error)
{
  return gm_tx_run_sign (run, cancellable, error) ? gm_tx_run_ref (run) : NULL;
}

/* Takes @run. */
static void
sign_only (World *world, GmTxRun *run)
{
  begin (world);
  gm_worker_run (gm_session_get_core (world->scene->session)->chain,
                 &(GmCall){ .owner = G_OBJECT (world->scene->session),
                            .work = run_sign,
                            .input = run,
                            .free_input = gm_tx_run_unref,
                            .free_result = gm_tx_run_unref,
                            .done = on_sent });
  session_scene_wait (is_answered, world);
  g_assert_no_error (world->error);
  g_clear_pointer (&world->answer, gm_tx_run_unref);
}

/* The program ends right after the journal has it. */
static void
test_what_is_kept_is_sent_at_the_next_start (void)
{
  g_autoptr (World) world = world_new (NULL);
  const GmTransfer transfer = make_transfer (world, TRUE, 3000000);
  GmTxRun *run = make_run (world, &transfer);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  run->signer = gm_signing_desk_signer_new (gm_session_get_desk (world->scene->session), &error);
  g_assert_no_error (error);
  sign_only (world, run);
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 0);

  reopen (world);
  wait_state (world, 0, GM_SENT_TX_DONE);
  reopen (world);
  wait_state (world, 0, GM_SENT_TX_DONE);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 497.00 USDC"));
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
}

static void
test_a_refusal_of_the_contract_is_told (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  g_autofree char *words = NULL;

  send_token (world, 2000000);
  money_scene_give_token (world->money, EMPTY);
  money_scene_mine (world->money);
  wait_state (world, 0, GM_SENT_TX_REVERTED);
  g_object_get (item_at (world, 0), "state-text", &words, NULL);
  g_assert_cmpstr (words, ==, "The contract refused it. Only the fee was paid.");
}

static void
test_a_faster_one_takes_its_place (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  g_autofree char *after = NULL;

  send_token (world, 2000000);
  replace (world, FALSE);
  g_assert_false (gm_activity_item_may_replace (item_at (world, 1)));
  money_scene_mine (world->money);
  wait_state (world, 0, GM_SENT_TX_DONE);
  wait_state (world, 1, GM_SENT_TX_REPLACED);
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 498.00 USDC"));
  g_assert_cmpuint (money_scene_count_sent (world->money), ==, 1);
}

static void
test_canceling_sends_nothing (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  g_autofree char *after = NULL;
  g_autofree char *sentence = NULL;

  send_token (world, 2000000);
  replace (world, TRUE);
  money_scene_mine (world->money);
  wait_state (world, 0, GM_SENT_TX_DONE);
  wait_state (world, 1, GM_SENT_TX_REPLACED);
  g_object_get (item_at (world, 0), "sentence", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, "Cancel: Send 2.00 USDC to 0x7099…79C8");
  after = money_scene_read (world->money);
  g_assert_true (g_str_has_suffix (after, " ETH, 500.00 USDC"));
}

/* The node forgets the first and offers its nonce again. */
static void
test_a_stale_nonce_is_not_used (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  const GmSentTx *first = send_token (world, 2000000);
  g_autofree char *params = g_strdup_printf ("[\"%s\"]", first->hash);
  g_autoptr (JsonNode) dropped = anvil_ask (world->money->node, "anvil_dropTransaction", params);

  g_assert_cmpint (first->nonce, ==, 0);
  g_assert_cmpint (send_token (world, 1000000)->nonce, ==, 1);
  wait_state (world, 0, GM_SENT_TX_SENT);
  money_scene_mine (world->money); /* nothing, while the first is missing */
  while (money_scene_count_sent (world->money) < 2)
    {
      g_main_context_iteration (NULL, TRUE); /* it is sent again */
      money_scene_mine (world->money);
    }
  wait_state (world, 1, GM_SENT_TX_DONE);
  wait_state (world, 0, GM_SENT_TX_DONE);
}

/* The same words in another wallet used the nonce. */
static void
test_one_of_another_wallet_took_its_place (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  g_autofree char *drop = NULL;
  g_autofree char *nonce = g_strdup_printf ("[\"%s\",\"0x1\"]", world->money->address);

  drop = g_strdup_printf ("[\"%s\"]", send_token (world, 2000000)->hash);
  json_node_unref (anvil_ask (world->money->node, "anvil_dropTransaction", drop));
  json_node_unref (anvil_ask (world->money->node, "anvil_setNonce", nonce));
  wait_state (world, 0, GM_SENT_TX_REPLACED);
}

static void
test_a_locked_wallet_sends_nothing (void)
{
  g_autoptr (World) world = world_new (NULL);
  const GmTransfer transfer = make_transfer (world, TRUE, 1);
  GmTxRun *run = make_run (world, &transfer);

  gm_account_lock (gm_session_get_account (world->scene->session));
  begin (world);
  gm_activity_send (world->activity, run, G_OBJECT (world->scene->session), on_sent);
  gm_tx_run_unref (run);
  session_scene_wait (is_answered, world);
  g_assert_error (world->error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_null (item_at (world, 0));
}

static GmSentTx *
make_record (const char *hash, gint64 nonce)
{
  GmSentTx *tx = g_new0 (GmSentTx, 1);

  tx->hash = g_strdup (hash);
  tx->account = g_strdup (FRIEND);
  tx->chain_id = 1;
  tx->nonce = nonce;
  tx->raw = g_bytes_new_static ("raw", 3);
  tx->sentence = g_strdup ("Send");
  tx->recipient = g_strdup (FRIEND);
  return tx;
}

static void
test_the_journal_knows_which_moves_are_legal (void)
{
  g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", NULL);
  g_autoptr (GmSentTx) first = make_record ("0x01", 4);
  g_autoptr (GmSentTx) rival = make_record ("0x02", 4);
  g_autoptr (GmSentTx) again = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  guint64 next = 9;

  g_assert_true (gm_tx_journal_next_nonce (ledger, FRIEND, 1, &next, &error));
  g_assert_cmpuint (next, ==, 0);
  g_assert_true (gm_tx_journal_put (ledger, first, &error));
  g_assert_true (gm_tx_journal_put (ledger, rival, &error));
  g_assert_true (gm_tx_journal_next_nonce (ledger, FRIEND, 1, &next, &error));
  g_assert_cmpuint (next, ==, 5);
  again = gm_record_copy (&gm_sent_tx_type, first);
  g_assert_true (gm_tx_journal_move (ledger, first, GM_SENT_TX_SENT, &error));
  g_assert_true (gm_tx_journal_move (ledger, first, GM_SENT_TX_DONE, &error));
  g_assert_no_error (error);
  all = gm_tx_journal_list (ledger, &error);
  for (guint i = 0; i < all->len; i++)
    {
      const GmSentTx *tx = all->pdata[i];

      g_assert_cmpint (tx->state, ==,
                       g_str_equal (tx->hash, "0x01") ? GM_SENT_TX_DONE : GM_SENT_TX_REPLACED);
    }
  g_assert_false (gm_tx_journal_move (ledger, first, GM_SENT_TX_SENT, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
  g_clear_error (&error);
  g_assert_false (gm_tx_journal_move (ledger, again, GM_SENT_TX_SENT, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
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
  g_test_add_func ("/tx-journal/knows-which-moves-are-legal",
                   test_the_journal_knows_which_moves_are_legal);
  return g_test_run ();
}
