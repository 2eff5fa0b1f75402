/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tx-run.h"

#include <string.h>

#include "activity-scene.h"
#include "base/error.h"
#include "faulty-node.h"
#include "licenses/license-db.h"

#define NO_FUNDS FAULTY_NO ("insufficient funds for gas * price + value")

/* A wallet whose node lies when it is told to. */
typedef struct
{
  ActivityScene *scene;
  FaultyNode *node;
  char *url;
  guint n_lies; /* waited for */
} World;

static World *
world_new (const char *option)
{
  World *self = g_new0 (World, 1);

  self->scene = activity_scene_new (option);
  self->node = faulty_node_new (self->scene->money->node);
  self->url = faulty_node_dup_url (self->node);
  money_scene_use_node (self->scene->money, self->url);
  return self;
}

/* The node it asks is there until it is gone. */
static void
world_free (World *self)
{
  g_clear_pointer (&self->scene->answer, gm_tx_run_unref);
  g_clear_error (&self->scene->error);
  session_scene_free (self->scene->scene);
  faulty_node_free (self->node);
  money_scene_free (self->scene->money);
  g_free (self->scene);
  g_free (self->url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* The same run once more: a person presses Send again. */
static const GmSentTx *
send_again (World *world)
{
  activity_scene_try (world->scene, gm_tx_run_ref (world->scene->answer));
  g_assert_no_error (world->scene->error);
  return world->scene->answer->sent;
}

static gboolean
has_lied (gpointer data)
{
  const World *world = data;

  return faulty_node_count_lies (world->node) >= world->n_lies;
}

/* Until it lied to the second look: what the first one saw has been noted. */
static void
wait_looks (World *world, guint lies_per_look)
{
  world->n_lies = 2 * lies_per_look;
  session_scene_wait (has_lied, world);
}

/* The first answer was lost; who is asked then knows it, who is asked about it does not. */
static void
test_what_is_known_already_is_sent (void)
{
  static const char *const words[] = { FAULTY_NO ("already known"),
                                       FAULTY_NO ("transaction already imported"),
                                       FAULTY_NO ("AlreadyKnown"),
                                       FAULTY_NO ("Known transaction") };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (World) world = world_new ("--no-mining");

      faulty_node_forget (world->node);
      faulty_node_lie (world->node, FAULTY_SEND, words[i], TRUE);
      g_assert_cmpint (activity_scene_send_token (world->scene, 2000000)->state, ==,
                       GM_SENT_TX_SENT);
      g_assert_null (world->scene->answer->sent->failure);
    }
}

static void
test_a_refused_one_goes_again_with_its_nonce (void)
{
  g_autoptr (World) world = world_new (NULL);
  const GmSentTx *sent;

  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, FALSE);
  sent = activity_scene_send_token (world->scene, 2000000);
  g_assert_cmpint (sent->state, ==, GM_SENT_TX_DROPPED);
  g_assert_nonnull (strstr (sent->failure, "insufficient funds"));
  g_assert_cmpint (sent->nonce, ==, 0);
  g_assert_false (gm_activity_item_may_replace (activity_scene_item (world->scene, 0)));

  faulty_node_tell_the_truth (world->node);
  sent = send_again (world);
  g_assert_cmpint (sent->state, ==, GM_SENT_TX_SENT);
  g_assert_cmpint (sent->nonce, ==, 0);
  activity_scene_wait (world->scene, 0, GM_SENT_TX_DONE);
  g_assert_cmpuint (money_scene_count_sent (world->scene->money), ==, 1);
}

static gboolean
is_mined (gpointer money)
{
  return money_scene_count_sent (money) == 1;
}

/* It is mined while it is called refused. */
static void
test_what_was_taken_all_the_same_is_paid_once (void)
{
  g_autoptr (World) world = world_new (NULL);
  g_autofree char *hash = NULL;

  faulty_node_forget (world->node);
  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, TRUE);
  hash = g_strdup (activity_scene_send_token (world->scene, 2000000)->hash);
  g_assert_cmpint (world->scene->answer->sent->state, ==, GM_SENT_TX_DROPPED);
  session_scene_wait (is_mined, world->scene->money);

  faulty_node_tell_the_truth (world->node);
  g_assert_cmpstr (send_again (world)->hash, ==, hash);
  activity_scene_wait (world->scene, 0, GM_SENT_TX_DONE);
  g_assert_cmpuint (money_scene_count_sent (world->scene->money), ==, 1);
}

/* It waits at the node; another payment takes its nonce, so that one of both is mined. */
static void
test_the_nonce_of_a_refused_one_is_the_next (void)
{
  g_autoptr (World) world = world_new ("--no-mining");

  faulty_node_forget (world->node);
  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, TRUE);
  activity_scene_send_token (world->scene, 2000000);
  g_assert_cmpint (activity_scene_send_token (world->scene, 3000000)->nonce, ==, 0);
}

/* Nobody presses anything: the activity finds it. */
static void
test_a_refused_one_that_is_mined_is_found (void)
{
  g_autoptr (World) world = world_new (NULL);

  faulty_node_forget (world->node);
  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, TRUE);
  activity_scene_send_token (world->scene, 2000000);
  activity_scene_wait (world->scene, 0, GM_SENT_TX_DROPPED);
  faulty_node_tell_the_truth (world->node);
  activity_scene_wait (world->scene, 0, GM_SENT_TX_DONE);
}

static void
test_a_replacement_that_is_underpriced_waits (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  ActivityScene *scene = world->scene;

  activity_scene_send_token (scene, 2000000);
  faulty_node_lie (world->node, FAULTY_SEND, FAULTY_NO ("replacement transaction underpriced"),
                   FALSE);
  activity_scene_replace (scene, FALSE);
  g_assert_no_error (scene->error);
  activity_scene_wait (scene, 0, GM_SENT_TX_SIGNED);
  g_assert_true (gm_activity_item_may_replace (activity_scene_item (scene, 0)));
  money_scene_mine (scene->money);
  activity_scene_wait (scene, 0, GM_SENT_TX_REPLACED);
  activity_scene_wait (scene, 1, GM_SENT_TX_DONE);
}

/* The machine that is asked for receipts is behind. */
static void
test_what_a_late_node_calls_replaced_is_done (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  ActivityScene *scene = world->scene;

  activity_scene_send_token (scene, 2000000);
  faulty_node_forget (world->node);
  money_scene_mine (scene->money);
  activity_scene_wait (scene, 0, GM_SENT_TX_REPLACED);
  g_assert_cmpuint (faulty_node_count_lies (world->node), >=, 4); /* two looks */
  faulty_node_tell_the_truth (world->node);
  activity_scene_wait (scene, 0, GM_SENT_TX_DONE);
}

/* One look says so, the next one does not: nothing was believed. */
static void
test_one_look_replaces_nothing (void)
{
  static const GmSentTx sent = { .hash = "0x01", .state = GM_SENT_TX_SENT };
  g_autoptr (GmActivityItem) item = gm_activity_item_new (&sent, NULL);

  g_assert_false (gm_activity_item_see (item, GM_SENT_TX_REPLACED));
  g_assert_true (gm_activity_item_see (item, GM_SENT_TX_SENT));
  g_assert_false (gm_activity_item_see (item, GM_SENT_TX_REPLACED));
  g_assert_true (gm_activity_item_see (item, GM_SENT_TX_REPLACED));
}

/* Signed while the node was away; the second waits for it, and so it may not be given up. */
static void
test_what_others_wait_for_is_not_given_up (void)
{
  g_autoptr (World) world = world_new (NULL);
  ActivityScene *scene = world->scene;
  const GmTransfer transfer = activity_scene_transfer (scene, TRUE, 3000000);
  GmTxRun *run = activity_scene_run (scene, &transfer);
  g_autoptr (GError) error = NULL;

  run->signer = gm_signing_desk_signer_new (gm_session_get_desk (scene->scene->session), &error);
  g_assert_no_error (error);
  activity_scene_sign (scene, run);
  g_assert_no_error (scene->error);
  g_assert_cmpint (activity_scene_send_token (scene, 2000000)->nonce, ==, 1);
  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, FALSE);
  activity_scene_reopen (scene);
  money_scene_use_node (scene->money, world->url);
  wait_looks (world, 1);
  g_assert_true (gm_activity_item_may_replace (activity_scene_item (scene, 1)));

  faulty_node_tell_the_truth (world->node);
  activity_scene_wait (scene, 1, GM_SENT_TX_DONE);
  activity_scene_wait (scene, 0, GM_SENT_TX_DONE);
}

static void
test_two_nodes_have_to_agree (void)
{
  g_autoptr (World) world = world_new (NULL);
  ActivityScene *scene = world->scene;
  const char *const nodes[] = { scene->money->node->url, world->url, NULL };

  money_scene_use_nodes (scene->money, nodes);
  faulty_node_forget (world->node);
  activity_scene_send_token (scene, 2000000);
  wait_looks (world, 2);
  g_assert_cmpint (gm_activity_item_get_tx (activity_scene_item (scene, 0))->state, ==,
                   GM_SENT_TX_SENT);
  faulty_node_tell_the_truth (world->node);
  activity_scene_wait (scene, 0, GM_SENT_TX_DONE);
}

/* One of them refuses what the other one takes. */
static void
test_one_node_that_takes_it_is_enough (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  ActivityScene *scene = world->scene;
  const char *const nodes[] = { world->url, scene->money->node->url, NULL };

  money_scene_use_nodes (scene->money, nodes);
  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, FALSE);
  g_assert_cmpint (activity_scene_send_token (scene, 2000000)->state, ==, GM_SENT_TX_SENT);
}

static void
test_all_that_there_is_cannot_cost_more (void)
{
  g_autoptr (ActivityScene) scene = activity_scene_new ("--no-mining");
  GmTransfer transfer = activity_scene_transfer (scene, FALSE, 0);

  transfer.all = TRUE;
  activity_scene_send (scene, &transfer);
  activity_scene_replace (scene, FALSE);
  g_assert_error (scene->error, GM_ERROR, GM_ERROR_FUNDS);
  g_assert_nonnull (strstr (scene->error->message, "cancel it instead"));
  g_assert_true (gm_activity_item_may_replace (activity_scene_item (scene, 0)));
  activity_scene_replace (scene, TRUE);
  g_assert_no_error (scene->error);
  money_scene_mine (scene->money);
  activity_scene_wait (scene, 0, GM_SENT_TX_DONE);
  activity_scene_wait (scene, 1, GM_SENT_TX_REPLACED);
}

/* The keystore is another one, the journal is still there. */
static void
test_nobody_signs_for_another_account (void)
{
  g_autoptr (ActivityScene) scene = activity_scene_new (NULL);
  GmTransfer transfer = activity_scene_transfer (scene, TRUE, 1000000);
  GmTxRun *run;
  g_autoptr (GError) error = NULL;

  transfer.from = transfer.to;
  run = activity_scene_run (scene, &transfer);
  run->signer = gm_signing_desk_signer_new (gm_session_get_desk (scene->scene->session), &error);
  g_assert_no_error (error);
  activity_scene_sign (scene, run);
  g_assert_error (scene->error, GM_ERROR, GM_ERROR_DENIED);
  activity_scene_try (scene, activity_scene_run (scene, &transfer));
  g_assert_error (scene->error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_assert_null (activity_scene_item (scene, 0));
}

static gboolean
has_item (gpointer scene)
{
  return activity_scene_item (scene, 0) != NULL;
}

static void
test_one_of_another_account_is_only_followed (void)
{
  g_autoptr (ActivityScene) scene = activity_scene_new ("--no-mining");
  g_autoptr (GmSql) ledger = NULL;
  g_autoptr (GmSentTx) foreign = NULL;
  g_autoptr (GError) error = NULL;
  gboolean may_replace;

  foreign = gm_record_copy (&gm_sent_tx_type, activity_scene_send_token (scene, 2000000));
  g_free (foreign->account);
  foreign->account = g_strdup (ACTIVITY_FRIEND);
  ledger = gm_license_db_open (gm_activity_get_ledger (scene->activity), &error);
  g_assert_no_error (error);
  g_assert_true (gm_tx_journal_put (ledger, foreign, &error));
  g_clear_pointer (&ledger, gm_sql_close);
  activity_scene_reopen (scene);
  session_scene_wait (has_item, scene);
  g_object_get (activity_scene_item (scene, 0), "may-replace", &may_replace, NULL);
  g_assert_false (may_replace);
  g_assert_true (gm_activity_item_is_followed (activity_scene_item (scene, 0)));
  activity_scene_replace (scene, FALSE);
  g_assert_error (scene->error, GM_ERROR, GM_ERROR_CONFLICT);
}

static gboolean
knows_friend (ActivityScene *scene)
{
  g_auto (GStrv) known = gm_activity_list_known (scene->activity, NULL);

  return g_strv_contains ((const char *const *) known, ACTIVITY_FRIEND);
}

static void
test_who_got_nothing_is_not_known (void)
{
  g_autoptr (World) world = world_new ("--no-mining");
  ActivityScene *scene = world->scene;

  faulty_node_lie (world->node, FAULTY_SEND, NO_FUNDS, FALSE);
  activity_scene_send_token (scene, 1000000);
  activity_scene_wait (scene, 0, GM_SENT_TX_DROPPED);
  g_assert_false (knows_friend (scene));
  faulty_node_tell_the_truth (world->node);
  activity_scene_send_token (scene, 2000000);
  g_assert_true (knows_friend (scene));
  activity_scene_replace (scene, TRUE);
  g_assert_no_error (scene->error);
  g_assert_false (knows_friend (scene));
  money_scene_mine (scene->money);
  activity_scene_wait (scene, 1, GM_SENT_TX_REPLACED);
  g_assert_false (knows_friend (scene));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/tx-run/what-is-known-already-is-sent", test_what_is_known_already_is_sent);
  g_test_add_func ("/tx-run/a-refused-one-goes-again-with-its-nonce",
                   test_a_refused_one_goes_again_with_its_nonce);
  g_test_add_func ("/tx-run/what-was-taken-all-the-same-is-paid-once",
                   test_what_was_taken_all_the_same_is_paid_once);
  g_test_add_func ("/tx-run/the-nonce-of-a-refused-one-is-the-next",
                   test_the_nonce_of_a_refused_one_is_the_next);
  g_test_add_func ("/tx-run/a-refused-one-that-is-mined-is-found",
                   test_a_refused_one_that_is_mined_is_found);
  g_test_add_func ("/tx-run/a-replacement-that-is-underpriced-waits",
                   test_a_replacement_that_is_underpriced_waits);
  g_test_add_func ("/tx-run/what-a-late-node-calls-replaced-is-done",
                   test_what_a_late_node_calls_replaced_is_done);
  g_test_add_func ("/tx-run/one-look-replaces-nothing", test_one_look_replaces_nothing);
  g_test_add_func ("/tx-run/what-others-wait-for-is-not-given-up",
                   test_what_others_wait_for_is_not_given_up);
  g_test_add_func ("/tx-run/two-nodes-have-to-agree", test_two_nodes_have_to_agree);
  g_test_add_func ("/tx-run/one-node-that-takes-it-is-enough",
                   test_one_node_that_takes_it_is_enough);
  g_test_add_func ("/tx-run/all-that-there-is-cannot-cost-more",
                   test_all_that_there_is_cannot_cost_more);
  g_test_add_func ("/tx-run/nobody-signs-for-another-account",
                   test_nobody_signs_for_another_account);
  g_test_add_func ("/tx-run/one-of-another-account-is-only-followed",
                   test_one_of_another_account_is_only_followed);
  g_test_add_func ("/tx-run/who-got-nothing-is-not-known", test_who_got_nothing_is_not_known);
  return g_test_run ();
}
