/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/buy.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "fake-store.h"
#include "licenses/license-db.h"
#include "payments/pay-mock.h"

/* One installation of the application: its folder survives what its process does not. */
typedef struct
{
  FakeStore *store;
  char *folder;
  GmHttp *http;
  GmSecret *library_key;
  GmStoreClient *client;
  GmProvider *provider;
  GmTill till;
  GArray *steps; /* of GmBuyStep, as reported */
} Buyer;

static void
on_progress (const GmPurchase *purchase, GmBuyStep step, double fraction, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, step);
}

static void
start (Buyer *b, gint64 seed)
{
  g_autofree char *path = g_build_filename (b->folder, "ledger.db", NULL);
  g_autoptr (GError) error = NULL;

  b->client = gm_store_client_new (b->http, b->store->origin, &error);
  g_assert_no_error (error);
  b->provider = gm_pay_mock_new (b->client, seed);
  b->till = (GmTill){ .ledger = gm_license_db_open (path, &error),
                      .store = b->client,
                      .descriptor = b->store->descriptor,
                      .provider = b->provider,
                      .library_key = b->library_key,
                      .masters = b->folder,
                      .progress = on_progress,
                      .user_data = b->steps };
  g_assert_no_error (error);
}

static void
stop (Buyer *b)
{
  gm_sql_close (b->till.ledger);
  gm_provider_free (b->provider);
  gm_store_client_unref (b->client);
}

static Buyer *
buyer_new (gint64 seed)
{
  Buyer *b = g_new0 (Buyer, 1);

  b->store = fake_store_new ();
  b->folder = g_dir_make_tmp ("gm-buyer-XXXXXX", NULL);
  b->http = gm_http_new ("test");
  b->library_key = gm_secret_new_random (32);
  b->steps = g_array_new (FALSE, FALSE, sizeof (GmBuyStep));
  start (b, seed);
  return b;
}

static void
buyer_free (Buyer *b)
{
  stop (b);
  gm_http_free (b->http);
  gm_secret_unref (b->library_key);
  g_array_unref (b->steps);
  gm_world_remove_folder (b->folder);
  g_free (b->folder);
  fake_store_free (b->store);
  g_free (b);
}

/* All of it, as a job does it; FALSE where it stops. */
static gboolean
buy (Buyer *b, GError **error)
{
  const GmSigner *wallet = b->store->scene->world->buyer;
  g_autoptr (GmPurchase) purchase = gm_buy_quote (&b->till, &b->store->asset, &wallet->address,
                                                  NULL, error);

  return purchase != NULL && gm_buy_authorize (&b->till, purchase, wallet, NULL, error) &&
         gm_buy_resume (&b->till, purchase, NULL, error);
}

/* Exactly one order, one license, and it plays. */
static void
assert_bought (Buyer *b)
{
  const GmWorld *world = b->store->scene->world;
  g_autoptr (GPtrArray) owned = gm_license_db_list_owned (b->till.ledger, NULL);
  g_autoptr (GPtrArray) licenses = gm_license_db_list (b->till.ledger, NULL);
  g_autoptr (GPtrArray) open = gm_journal_list_open (b->till.ledger, NULL);
  const GmOwned *first;
  g_autoptr (GmSecret) key = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  gsize length;

  g_assert_cmpuint (g_hash_table_size (b->store->orders), ==, 1);
  g_assert_cmpuint (b->store->licenses->len, ==, 1);
  g_assert_cmpuint (licenses->len, ==, 1);
  g_assert_cmpuint (owned->len, ==, 1);
  g_assert_cmpuint (open->len, ==, 0);
  first = g_ptr_array_index (owned, 0);
  g_assert_true (first->ready);
  g_assert_cmpuint (gm_license_db_count_proofs (b->till.ledger, first->order_id), ==, 2);
  key = gm_license_db_key (b->till.ledger, first->master_cid, b->library_key, NULL);
  g_assert_true (gm_secret_equal (key, world->content_key));
  path = gm_buy_master_path (b->folder, first->master_cid);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, g_bytes_get_data (world->stored, NULL),
                   g_bytes_get_size (world->stored));
}

static void
test_story (void)
{
  static const GmBuyStep story[] = { GM_BUY_QUOTE,   GM_BUY_DOCUMENTS, GM_BUY_AUTHORIZE,
                                     GM_BUY_SUBMIT,  GM_BUY_TRACK,     GM_BUY_TRACK,
                                     GM_BUY_RECEIPT, GM_BUY_MASTER,    GM_BUY_MASTER,
                                     GM_BUY_KEY,     GM_BUY_READY };
  Buyer *b = buyer_new (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (buy (b, &error));
  g_assert_no_error (error);
  assert_bought (b);
  g_assert_cmpuint (b->steps->len, >=, G_N_ELEMENTS (story) - 1);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (g_array_index (b->steps, GmBuyStep, i), ==, story[i]);
  g_assert_cmpint (g_array_index (b->steps, GmBuyStep, b->steps->len - 1), ==, GM_BUY_READY);

  g_assert_true (buy (b, &error)); /* a second click finds what is there */
  assert_bought (b);
  buyer_free (b);
}

/* Whatever request is lost, before or after its effect, and the process dies of it: the next start
 * brings the same purchase to its end. */
static void
test_lost_requests (void)
{
  guint last = 0;

  for (guint after = 0; after < 2; after++)
    for (guint n = 1;; n++)
      {
        Buyer *b = buyer_new (0);
        g_autoptr (GError) error = NULL;
        gboolean bought;

        b->store->fail_at = n;
        b->store->fail_after = after == 1;
        bought = buy (b, &error);
        stop (b);
        start (b, 0);
        if (!bought)
          {
            g_clear_error (&error);
            g_assert_true (buy (b, &error));
            g_assert_no_error (error);
          }
        assert_bought (b);
        last = b->store->requests;
        buyer_free (b);
        if (n > last)
          break;
      }
  g_assert_cmpuint (last, >=, 9);
}

/* Every commit of the ledger may be the last thing a process did. */
static void
test_every_state (void)
{
  Buyer *b = buyer_new (0);
  const GmSigner *wallet = b->store->scene->world->buyer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmPurchase) purchase = gm_buy_quote (&b->till, &b->store->asset, &wallet->address,
                                                  NULL, &error);
  g_autoptr (GPtrArray) open = NULL;

  g_assert_true (gm_buy_authorize (&b->till, purchase, wallet, NULL, &error));
  stop (b);
  start (b, 0);
  open = gm_journal_list_open (b->till.ledger, &error);
  g_assert_cmpuint (open->len, ==, 1);
  /* the wallet is locked from here on */
  g_assert_true (gm_buy_resume (&b->till, g_ptr_array_index (open, 0), NULL, &error));
  g_assert_no_error (error);
  assert_bought (b);
  buyer_free (b);
}

static void
test_price_changed (void)
{
  Buyer *b = buyer_new (0);
  const GmSigner *wallet = b->store->scene->world->buyer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmPurchase) purchase = gm_buy_quote (&b->till, &b->store->asset, &wallet->address,
                                                  NULL, &error);

  b->store->asset.price_units++;
  b->store->asset.version++;
  g_assert_false (gm_buy_authorize (&b->till, purchase, wallet, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (g_hash_table_size (b->store->orders), ==, 0);

  g_clear_pointer (&purchase, gm_purchase_free);
  purchase = gm_buy_quote (&b->till, &b->store->asset, &wallet->address, NULL, &error);
  g_assert_cmpint (purchase->amount_units, ==, 25000001);
  g_assert_true (gm_buy_authorize (&b->till, purchase, wallet, NULL, &error));

  /* changed after signing: the store refuses, nothing was paid, the way is free again */
  b->store->asset.version++;
  g_assert_false (gm_buy_resume (&b->till, purchase, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_cmpint (purchase->state, ==, GM_PURCHASE_FAILED);
  g_clear_error (&error);
  g_assert_true (buy (b, &error));
  assert_bought (b);
  buyer_free (b);
}

static void
test_outcomes (void)
{
  guint seen[GM_PURCHASE_N_STATES] = { 0 };

  for (gint64 seed = 1; seed < 40; seed++)
    {
      Buyer *b = buyer_new (seed);
      g_autoptr (GError) error = NULL;
      gboolean bought = buy (b, &error);
      g_autoptr (GPtrArray) all = gm_journal_list (b->till.ledger, NULL);
      const GmPurchase *purchase = g_ptr_array_index (all, 0);

      seen[purchase->state]++;
      g_assert_cmpint (bought, ==, purchase->state == GM_PURCHASE_FINAL);
      if (!bought)
        g_assert_cmpuint (b->store->licenses->len, ==, 0);
      buyer_free (b);
    }
  g_assert_cmpuint (seen[GM_PURCHASE_FINAL], >, 10);
  g_assert_cmpuint (
      seen[GM_PURCHASE_FAILED] + seen[GM_PURCHASE_EXPIRED] + seen[GM_PURCHASE_REFUNDED], >, 3);
}

/* A store that lost its last orders, by a power failure or a backup put back: the signed order is
 * here, and sent again. */
static void
test_forgotten (void)
{
  Buyer *b = buyer_new (0);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;
  GmPurchase *purchase;

  b->store->fail_at = 7; /* the first look at the order */
  g_assert_false (buy (b, &error));
  g_clear_error (&error);
  open = gm_journal_list_open (b->till.ledger, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  purchase = g_ptr_array_index (open, 0);
  g_assert_cmpint (purchase->state, ==, GM_PURCHASE_SUBMITTED);

  g_hash_table_remove_all (b->store->orders);
  g_ptr_array_set_size (b->store->licenses, 0);
  gm_buy_resume (&b->till, purchase, NULL, &error);
  g_assert_no_error (error);
  assert_bought (b);
  buyer_free (b);
}

static void
forge_price (GmLicense *license)
{
  license->amount_units = 1;
}

static void
forge_order (GmLicense *license)
{
  license->order_id[2] = license->order_id[2] == '0' ? '1' : '0';
}

static void
test_forged (void)
{
  static void (*const forgeries[]) (GmLicense *) = { forge_price, forge_order };

  for (guint i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      Buyer *b = buyer_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) owned = NULL;

      b->store->forge = forgeries[i];
      g_assert_false (buy (b, &error));
      g_assert_nonnull (strstr (error->message, "license"));
      owned = gm_license_db_list_owned (b->till.ledger, NULL);
      g_assert_cmpuint (owned->len, ==, 0);
      buyer_free (b);
    }
}

/* The descriptor was pinned; the store now serves an envelope of holders of its own. */
static void
test_unknown_holders (void)
{
  Buyer *b = buyer_new (0);
  g_autoptr (GError) error = NULL;
  GmKeyHolder *holder;

  for (guint i = 0; i < 2; i++)
    {
      holder = g_ptr_array_index (b->store->descriptor->holders, i);
      holder->sign_key.b[0] ^= 1;
    }
  g_assert_false (buy (b, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "holders are known"));
  g_assert_cmpuint (g_hash_table_size (b->store->orders), ==, 0); /* nothing was signed */
  buyer_free (b);
}

/* What is signed for test money never names a chain where there is other. */
static void
test_a_store_on_a_chain_is_not_bought_from (void)
{
  Buyer *b = buyer_new (0);
  g_autoptr (GError) error = NULL;

  b->store->descriptor->chain_id = 8453;
  g_assert_false (buy (b, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "cannot buy yet"));
  g_assert_cmpuint (g_hash_table_size (b->store->orders), ==, 0);
  buyer_free (b);
}

static void
test_quote_runs_out (void)
{
  Buyer *b = buyer_new (0);
  const GmSigner *wallet = b->store->scene->world->buyer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmPurchase) purchase = gm_buy_quote (&b->till, &b->store->asset, &wallet->address,
                                                  NULL, &error);

  gm_clock_set_for_test ((WORLD_NOW + 3600) * 1000);
  g_assert_false (gm_buy_authorize (&b->till, purchase, wallet, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  buyer_free (b);
}

/* A master that is not what the manifest names never gets its name. */
static void
test_other_master (void)
{
  Buyer *b = buyer_new (0);
  const GmWorld *world = b->store->scene->world;
  GmCid cid = { 1, GM_CID_RAW, { { 0 } } };
  g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (world->stored, NULL),
                                          g_bytes_get_size (world->stored));
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  gm_hash_sha256 (changed, g_bytes_get_size (world->stored), &cid.digest);
  name = gm_cid_dup_text (&cid);
  path = gm_buy_master_path (b->folder, name);
  changed[100] ^= 1;
  g_hash_table_replace (b->store->content, g_strdup (name),
                        g_bytes_new (changed, g_bytes_get_size (world->stored)));
  g_assert_false (buy (b, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_hash_table_replace (b->store->content, g_strdup (name), g_bytes_ref (world->stored));
  g_assert_true (buy (b, &error));
  assert_bought (b);
  buyer_free (b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buy/from-price-to-music", test_story);
  g_test_add_func ("/buy/any-lost-request-is-survived", test_lost_requests);
  g_test_add_func ("/buy/an-order-the-store-forgot-is-sent-again", test_forgotten);
  g_test_add_func ("/buy/goes-on-without-the-wallet", test_every_state);
  g_test_add_func ("/buy/price-changed-meanwhile", test_price_changed);
  g_test_add_func ("/buy/every-outcome-of-the-mock", test_outcomes);
  g_test_add_func ("/buy/forged-licenses-are-refused", test_forged);
  g_test_add_func ("/buy/unknown-holders-stop-it-before-signing", test_unknown_holders);
  g_test_add_func ("/buy/a-store-on-a-chain-is-not-bought-from",
                   test_a_store_on_a_chain_is_not_bought_from);
  g_test_add_func ("/buy/a-quote-runs-out", test_quote_runs_out);
  g_test_add_func ("/buy/another-file-is-refused", test_other_master);
  return g_test_run ();
}
