/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/buy-job.h"

#include "app/fact.h"
#include "app/license-lookup.h"
#include "base/error.h"
#include "customer.h"
#include "license-world.h"
#include "market.h"

/* The real store with real key nodes, for all of these; each has an installation of its own. */
static Market *market;

typedef struct
{
  char *folder;
  Customer *customer;
  GmAsset *asset;
} World;

static World
world_new (gboolean with_wallet)
{
  char *folder = g_dir_make_tmp ("gm-buyer-XXXXXX", NULL);
  Customer *customer = customer_new (folder, market->origin);

  if (with_wallet)
    customer_open_wallet (customer);
  return (World){ folder, customer, customer_find (customer, market_title (0)) };
}

static void
world_clear (World *w)
{
  gm_asset_free (w->asset);
  customer_free (w->customer);
  gm_world_remove_folder (w->folder);
  g_free (w->folder);
}

static guint
count_kept (World *w)
{
  return g_list_model_get_n_items (gm_session_get_purchases (w->customer->session));
}

static GmLibraryItem *
find_owned (World *w)
{
  return gm_library_model_find (gm_session_get_library (w->customer->session), w->asset->asset_id);
}

static gboolean
is_ready (gpointer data)
{
  GmLibraryItem *item = find_owned (data);

  return item != NULL && gm_library_item_get_owned (item)->ready;
}

static void
assert_steps (GmBuyJob *job, GmBuyStepState expected)
{
  g_autoptr (GListModel) steps = NULL;

  g_object_get (job, "steps", &steps, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GObject) step = g_list_model_get_item (steps, i);
      GmBuyStepState state;

      g_object_get (step, "state", &state, NULL);
      g_assert_cmpint (state, ==, expected);
    }
}

static void
test_wallet (void)
{
  World w = world_new (FALSE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  g_autofree char *title = NULL;

  g_assert_cmpint (gm_buy_job_get_phase (job), ==, GM_BUY_PHASE_WALLET);
  g_assert_null (gm_buy_job_get_purchase (job));
  g_object_get (job, "title", &title, NULL); /* there is something to show */
  g_assert_cmpstr (title, ==, w.asset->title);
  gm_buy_job_authorize (job);
  g_assert_cmpint (gm_buy_job_get_phase (job), ==, GM_BUY_PHASE_WALLET);

  customer_open_wallet (w.customer);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  g_clear_object (&job);
  world_clear (&w);
}

static void
test_buy (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);
  g_autofree char *price = NULL;
  g_autofree char *status = NULL;
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  gboolean test, licensed;

  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  assert_steps (job, GM_BUY_STEP_PENDING);
  g_object_get (job, "price-text", &price, "test-money", &test, "has-license", &licensed, NULL);
  g_assert_cmpstr (price, ==, "5.00 USDC");
  g_assert_true (test);
  g_assert_false (licensed);
  g_assert_cmpuint (count_kept (&w), ==, 0); /* a price is no attempt */

  gm_buy_job_authorize (job);
  g_assert_cmpuint (count_kept (&w), ==, 1);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  assert_steps (job, GM_BUY_STEP_DONE);
  customer_wait (is_ready, &w);
  g_object_get (job, "has-license", &licensed, "status-text", &status, NULL);
  g_assert_true (licensed);
  g_assert_cmpstr (status, ==, "Purchase complete!");
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  g_clear_object (&job);
  world_clear (&w);
}

/* Two windows, double clicks, and once more when it is owned. */
static void
test_once (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);
  g_autoptr (GmBuyJob) first = gm_purchases_begin (w.customer->session, w.asset);
  g_autoptr (GmBuyJob) second = NULL;
  g_autoptr (GmBuyJob) third = NULL;

  customer_wait_phase (first, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (first);
  gm_buy_job_authorize (first);
  gm_buy_job_resume (first);
  second = gm_purchases_begin (w.customer->session, w.asset);
  g_assert_true (second == first);
  customer_wait_phase (first, GM_BUY_PHASE_DONE);
  gm_buy_job_authorize (first);
  gm_buy_job_resume (first);
  third = gm_purchases_begin (w.customer->session, w.asset);
  g_assert_true (third == first);
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  g_clear_object (&first);
  g_clear_object (&second);
  g_clear_object (&third);
  world_clear (&w);
}

/* Two prices were asked: the signature on one makes the other old. */
static void
test_two_prices (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);
  g_autoptr (GmBuyJob) old = gm_purchases_begin (w.customer->session, w.asset);
  g_autoptr (GmBuyJob) fresh = NULL;

  customer_wait_phase (old, GM_BUY_PHASE_QUOTED);
  fresh = gm_purchases_begin (w.customer->session, w.asset);
  g_assert_true (fresh != old);
  customer_wait_phase (fresh, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (old);
  gm_buy_job_authorize (fresh);
  customer_wait_phase (fresh, GM_BUY_PHASE_DONE);
  customer_wait_phase (old, GM_BUY_PHASE_QUOTED);
  g_assert_error (gm_buy_job_get_error (old), GM_ERROR, GM_ERROR_CONFLICT);
  gm_buy_job_resume (old); /* looks again, and finds what was bought */
  customer_wait_phase (old, GM_BUY_PHASE_DONE);
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  g_clear_object (&old);
  g_clear_object (&fresh);
  world_clear (&w);
}

static void
test_locked (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);

  gm_account_lock (gm_session_get_account (w.customer->session));
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED); /* a price needs no key */
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  g_assert_error (gm_buy_job_get_error (job), GM_ERROR, GM_ERROR_LOCKED);
  g_assert_cmpuint (count_kept (&w), ==, 0);

  customer_open_wallet (w.customer);
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  g_clear_object (&job);
  world_clear (&w);
}

typedef struct
{
  GmSigningDesk *desk;
  GmReview *review; /* (nullable) until it is asked */
} Undecided;

static void
on_review (Undecided *self, GmReview *review)
{
  g_set_object (&self->review, review);
}

static gboolean
is_asked (gpointer undecided)
{
  return ((Undecided *) undecided)->review != NULL;
}

static Undecided
ask_to_sign (World *w, GmBuyJob *job)
{
  Undecided undecided = { gm_session_get_desk (w->customer->session), NULL };
  gulong handler = g_signal_connect_swapped (undecided.desk, "review", G_CALLBACK (on_review),
                                             &undecided);

  w->customer->is_undecided = TRUE;
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  customer_wait (is_asked, &undecided);
  g_signal_handler_disconnect (undecided.desk, handler);
  return undecided;
}

static void
test_declined (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  Undecided undecided = ask_to_sign (&w, job);

  g_assert_cmpstr (gm_review_get_sentence (undecided.review), ==, "Buy “Tide” for 5.00 USDC");
  g_assert_null (gm_review_get_danger (undecided.review));
  gm_signing_desk_answer (undecided.desk, undecided.review, FALSE);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  g_assert_error (gm_buy_job_get_error (job), GM_ERROR, GM_ERROR_DECLINED);
  g_assert_true (g_str_has_prefix (gm_buy_job_get_error (job)->message, "You declined"));
  g_assert_cmpuint (count_kept (&w), ==, 0);

  w.customer->is_undecided = FALSE; /* the same price is still good */
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  g_clear_object (&undecided.review);
  g_clear_object (&job);
  world_clear (&w);
}

static void
test_stopped (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  Undecided undecided = ask_to_sign (&w, job);

  gm_buy_job_cancel (job);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  g_assert_error (gm_buy_job_get_error (job), GM_ERROR, GM_ERROR_DECLINED);
  g_clear_object (&undecided.review);
  g_clear_object (&job);
  world_clear (&w);
}

/* Nobody waits for an answer that cannot come any more. */
static void
test_quit (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  Undecided undecided = ask_to_sign (&w, job);

  g_clear_object (&undecided.review);
  g_clear_object (&job);
  world_clear (&w);
}

static gboolean
has_no_error (gpointer job)
{
  return gm_buy_job_get_error (job) == NULL;
}

/* The screen goes while it runs. */
static void
test_left (void)
{
  World w = world_new (TRUE);
  GmBuyJob *job = gm_purchases_begin (w.customer->session, w.asset);

  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  g_object_unref (job);
  customer_wait (is_ready, &w);
  world_clear (&w);
}

static void
test_away (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = NULL;

  market_stop (market);
  job = gm_purchases_begin (w.customer->session, w.asset);
  customer_wait_phase (job, GM_BUY_PHASE_FAILED);
  g_assert_error (gm_buy_job_get_error (job), GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpuint (count_kept (&w), ==, 0);

  market_start (market);
  gm_buy_job_resume (job);
  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  g_assert_true (has_no_error (job));
  g_clear_object (&job);
  world_clear (&w);
}

typedef struct
{
  GmLicense *license;
  GError *error;
} Looked;

static void
looked_up (gpointer owner, gpointer result, const GError *error)
{
  Looked *looked = g_object_get_data (owner, "looked");

  looked->license = result != NULL ? gm_record_copy (&gm_license_type, result) : NULL;
  looked->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_looked_up (gpointer data)
{
  const Looked *looked = data;

  return looked->license != NULL || looked->error != NULL;
}

/* What a person may copy from the license is what the order was. */
static void
test_license (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) job = gm_purchases_begin (w.customer->session, w.asset);
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GListModel) facts = NULL;
  Looked looked = { 0 };
  Looked missing = { 0 };
  gboolean names_order = FALSE;

  customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  g_object_set_data (owner, "looked", &looked);
  gm_license_lookup (w.customer->session, gm_buy_job_get_purchase (job)->order_id, owner,
                     looked_up);
  customer_wait (is_looked_up, &looked);
  facts = gm_fact_list_of_license (looked.license);
  for (guint i = 0; i < g_list_model_get_n_items (facts); i++)
    {
      g_autoptr (GmFact) fact = g_list_model_get_item (facts, i);

      names_order = names_order || g_strcmp0 (gm_fact_get_value (fact),
                                              gm_buy_job_get_purchase (job)->order_id) == 0;
    }
  g_assert_true (names_order);

  g_object_set_data (owner, "looked", &missing);
  gm_license_lookup (w.customer->session, "0x00", owner, looked_up);
  customer_wait (is_looked_up, &missing);
  g_assert_error (missing.error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&missing.error);
  gm_license_free (looked.license);
  g_clear_object (&job);
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  market = market_new ();
  g_test_add_func ("/buy-job/without-a-wallet-it-waits-for-one", test_wallet);
  g_test_add_func ("/buy-job/a-price-is-signed-and-the-music-comes", test_buy);
  g_test_add_func ("/buy-job/however-often-it-is-bought-once", test_once);
  g_test_add_func ("/buy-job/of-two-prices-one-is-paid", test_two_prices);
  g_test_add_func ("/buy-job/only-signing-needs-the-wallet", test_locked);
  g_test_add_func ("/buy-job/what-is-declined-can-be-bought-later", test_declined);
  g_test_add_func ("/buy-job/a-stopped-purchase-asks-nothing-any-more", test_stopped);
  g_test_add_func ("/buy-job/quitting-does-not-wait-for-a-signature", test_quit);
  g_test_add_func ("/buy-job/it-goes-on-without-its-screen", test_left);
  g_test_add_func ("/buy-job/a-store-that-is-away-gives-no-price", test_away);
  g_test_add_func ("/buy-job/a-license-is-shown-from-the-ledger", test_license);
  result = g_test_run ();
  market_free (market);
  return result;
}
