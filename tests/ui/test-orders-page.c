/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/purchases.h"
#include "app/session-core.h"
#include "buyer-scene.h"
#include "payments/journal.h"
#include "session-scene.h"
#include "ui/buyer/orders-page.h"
#include "ui/common/state-page.h"

/* A purchase the journal has, as far as it came. */
static void
put (SessionScene *scene,
     const char *id,
     const char *title,
     GmPurchaseState state,
     GmDelivery delivery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (gm_session_get_core (scene->session)->ledger,
                                                 &error);
  g_autofree char *order_id = g_strconcat ("0x", id, NULL);
  GmPurchase purchase = { .id = (char *) id,
                          .store = (char *) "0123456789abcdef",
                          .asset_id = (char *) id,
                          .asset = (char *) "01M891GFPS47RP2AFJK1FREKCA",
                          .title = (char *) title,
                          .artist = (char *) "Nadir",
                          .buyer = (char *) "0x0000000000000000000000000000000000000001",
                          .provider = (char *) "mock",
                          .amount_units = 25000000,
                          .currency = (char *) "USDC",
                          .order_id = order_id };

  gm_journal_begin (ledger, &purchase, &error);
  g_assert_no_error (error);
  if (state == GM_PURCHASE_QUOTED)
    return;
  gm_journal_move (ledger, &purchase, GM_PURCHASE_AUTHORIZED, &error);
  g_assert_no_error (error);
  if (state != GM_PURCHASE_AUTHORIZED)
    {
      gm_journal_move (ledger, &purchase, GM_PURCHASE_SUBMITTED, &error);
      gm_journal_move (ledger, &purchase, state, &error);
      g_assert_no_error (error);
    }
  for (GmDelivery next = GM_DELIVERY_LICENSED; next <= delivery; next++)
    {
      gm_journal_deliver (ledger, &purchase, next, &error);
      g_assert_no_error (error);
    }
}

typedef struct
{
  GmSession *session;
  guint n;
} Wanted;

static gboolean
has_listed (gpointer data)
{
  const Wanted *wanted = data;

  return g_list_model_get_n_items (gm_session_get_purchases (wanted->session)) == wanted->n;
}

static GtkWidget *
row_of (GtkWidget *page, const char *title)
{
  return gtk_widget_get_ancestor (buyer_find (page, GTK_TYPE_LABEL, title), GTK_TYPE_LIST_BOX_ROW);
}

static void
test_states (void)
{
  SessionScene *scene = session_scene_new ();
  GtkWidget *page = gm_orders_page_new (scene->session);
  GtkWidget *window = buyer_show (page, 700, 500);
  GmStatePage *state = GM_STATE_PAGE (ui_find (page, GM_TYPE_STATE_PAGE, NULL));
  g_autofree char *resumed = NULL;
  g_autofree char *licensed = NULL;
  g_autofree char *opened = NULL;

  g_assert_cmpint (gm_state_page_get_state (state), ==, GM_PAGE_EMPTY);
  g_assert_true (buyer_may_press (page, "Discover Music"));

  put (scene, "01A", "Quoted", GM_PURCHASE_QUOTED, GM_DELIVERY_NONE);
  put (scene, "01B", "Signed", GM_PURCHASE_AUTHORIZED, GM_DELIVERY_NONE);
  put (scene, "01C", "Paid", GM_PURCHASE_FINAL, GM_DELIVERY_LICENSED);
  put (scene, "01D", "Owned", GM_PURCHASE_FINAL, GM_DELIVERY_READY);
  put (scene, "01E", "Refused", GM_PURCHASE_FAILED, GM_DELIVERY_NONE);
  gm_purchases_load (scene->session);
  ui_wait (has_listed, &(Wanted){ scene->session, 4 });
  ui_settle ();
  g_assert_cmpint (gm_state_page_get_state (state), ==, GM_PAGE_CONTENT);
  ui_assert_named (page);
  g_assert_null (buyer_find (page, GTK_TYPE_LABEL, "Quoted")); /* nobody signed it */

  g_assert_nonnull (buyer_find (row_of (page, "Signed"), GTK_TYPE_LABEL, "Sending the payment…"));
  g_assert_nonnull (buyer_find (row_of (page, "Paid"), GTK_TYPE_LABEL, "Getting the music…"));
  g_assert_nonnull (buyer_find (row_of (page, "Owned"), GTK_TYPE_LABEL, "In your library"));
  g_assert_nonnull (buyer_find (row_of (page, "Refused"), GTK_TYPE_LABEL,
                                "The payment failed. Nothing was paid."));
  g_assert_null (buyer_find (row_of (page, "Refused"), GTK_TYPE_BUTTON, NULL));

  buyer_press (row_of (page, "Paid"), "Resume buying Paid");
  resumed = buyer_take_asked (window);
  g_assert_cmpstr (resumed, ==, "resume 01C; ");
  buyer_press (row_of (page, "Owned"), "License of Owned");
  licensed = buyer_take_asked (window);
  g_assert_cmpstr (licensed, ==, "show-license 0x01D; ");
  g_signal_emit_by_name (gtk_widget_get_parent (row_of (page, "Signed")), "row-activated",
                         row_of (page, "Signed"));
  opened = buyer_take_asked (window);
  g_assert_cmpstr (opened, ==, "resume 01B; ");
  buyer_close (window, page);
  session_scene_free (scene);
}

static void
test_name (void)
{
  SessionScene *scene = session_scene_new ();
  GtkWidget *page = gm_orders_page_new (scene->session);
  GtkWidget *window = buyer_show (page, 360, 640);
  g_autoptr (GmBuyJob) job = NULL;
  g_autofree char *when = NULL;
  g_autofree char *name = NULL;

  put (scene, "01D", "Tide", GM_PURCHASE_FINAL, GM_DELIVERY_READY);
  gm_purchases_load (scene->session);
  ui_wait (has_listed, &(Wanted){ scene->session, 1 });
  ui_settle ();
  job = g_list_model_get_item (gm_session_get_purchases (scene->session), 0);
  g_object_get (job, "when-text", &when, NULL);
  name = g_strdup_printf ("Tide by Nadir, In your library, %s · 25.00 USDC, test money", when);
  g_assert_nonnull (buyer_find_named (page, GTK_TYPE_LIST_BOX_ROW, name));
  g_clear_object (&job);
  buyer_close (window, page);
  session_scene_free (scene);
}

int
main (int argc, char *argv[])
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/orders-page/each-attempt-says-how-it-stands", test_states);
  g_test_add_func ("/orders-page/a-row-is-read-as-one-sentence", test_name);
  return g_test_run ();
}
