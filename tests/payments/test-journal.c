/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/journal.h"

#include "base/error.h"
#include "base/ulid.h"
#include "licenses/license-db.h"

static GmPurchase *
purchase_of (const char *asset_id)
{
  GmPurchase *purchase = g_new0 (GmPurchase, 1);

  purchase->id = gm_ulid_new ();
  purchase->store = g_strdup ("store");
  purchase->asset_id = g_strdup (asset_id);
  purchase->asset = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  purchase->title = g_strdup ("Tide");
  purchase->artist = g_strdup ("Nadir");
  purchase->buyer = g_strdup ("0xB");
  purchase->provider = g_strdup ("mock");
  purchase->amount_units = 5;
  purchase->currency = g_strdup ("USDC");
  purchase->quoted_until = 1;
  return purchase;
}

static GmSql *
open_ledger (void)
{
  g_autoptr (GError) error = NULL;
  GmSql *ledger = gm_license_db_open (":memory:", &error);

  g_assert_no_error (error);
  return ledger;
}

static void
test_one_live (void)
{
  g_autoptr (GmSql) ledger = open_ledger ();
  g_autoptr (GmPurchase) first = purchase_of ("a");
  g_autoptr (GmPurchase) second = purchase_of ("a");
  g_autoptr (GmPurchase) other = purchase_of ("b");
  g_autoptr (GmPurchase) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_journal_begin (ledger, first, &error));
  g_assert_true (gm_journal_begin (ledger, other, &error));
  g_assert_false (gm_journal_begin (ledger, second, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);

  found = gm_journal_find_live (ledger, "store", "a", "0xB", &error);
  g_assert_cmpstr (found->id, ==, first->id);
  g_assert_true (gm_journal_move (ledger, first, GM_PURCHASE_EXPIRED, &error));
  g_assert_true (gm_journal_begin (ledger, second, &error)); /* now there is room */
}

static void
test_move (void)
{
  g_autoptr (GmSql) ledger = open_ledger ();
  g_autoptr (GmPurchase) purchase = purchase_of ("a");
  g_autoptr (GmPurchase) window = NULL;
  g_autoptr (GmPurchase) found = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_journal_begin (ledger, purchase, &error));
  open = gm_journal_list_open (ledger, &error);
  g_assert_cmpuint (open->len, ==, 0); /* nothing is signed */
  g_clear_pointer (&open, g_ptr_array_unref);

  window = gm_journal_find (ledger, purchase->id, &error);
  purchase->order_id = g_strdup ("0x01");
  purchase->order_json = g_strdup ("{}");
  purchase->session_box = g_bytes_new_static ("box", 3);
  g_assert_true (gm_journal_move (ledger, purchase, GM_PURCHASE_AUTHORIZED, &error));
  found = gm_journal_find (ledger, purchase->id, &error);
  g_assert_true (gm_record_equal (&gm_purchase_type, found, purchase));
  open = gm_journal_list_open (ledger, &error);
  g_assert_cmpuint (open->len, ==, 1);

  /* another window still believes it is quoted */
  g_assert_false (gm_journal_move (ledger, window, GM_PURCHASE_AUTHORIZED, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (window->state, ==, GM_PURCHASE_QUOTED);
  g_assert_false (gm_journal_drop (ledger, window, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_false (gm_journal_move (ledger, purchase, GM_PURCHASE_FINAL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
}

static void
test_deliver (void)
{
  static const GmPurchaseState story[] = { GM_PURCHASE_AUTHORIZED, GM_PURCHASE_SUBMITTED,
                                           GM_PURCHASE_FINAL };
  g_autoptr (GmSql) ledger = open_ledger ();
  g_autoptr (GmPurchase) purchase = purchase_of ("a");
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_journal_begin (ledger, purchase, &error));
  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    {
      g_assert_false (gm_journal_deliver (ledger, purchase, GM_DELIVERY_LICENSED, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BUG); /* not paid yet */
      g_clear_error (&error);
      g_assert_true (gm_journal_move (ledger, purchase, story[i], &error));
    }
  g_assert_false (gm_journal_deliver (ledger, purchase, GM_DELIVERY_READY, &error));
  g_clear_error (&error);
  g_assert_true (gm_journal_deliver (ledger, purchase, GM_DELIVERY_LICENSED, &error));
  g_assert_true (gm_journal_deliver (ledger, purchase, GM_DELIVERY_MASTER, &error));
  g_assert_true (gm_journal_deliver (ledger, purchase, GM_DELIVERY_READY, &error));
  open = gm_journal_list_open (ledger, &error);
  g_assert_cmpuint (open->len, ==, 0); /* nothing left to do */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/one-live-attempt", test_one_live);
  g_test_add_func ("/journal/a-change-is-made-once", test_move);
  g_test_add_func ("/journal/delivery-follows-payment", test_deliver);
  return g_test_run ();
}
