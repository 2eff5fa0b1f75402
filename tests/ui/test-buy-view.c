/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "buyer-scene.h"
#include "customer.h"
#include "license-world.h"
#include "market.h"
#include "ui/buyer/buy-view.h"
#include "ui/buyer/license-view.h"
#include "ui/buyer/sign-dialog.h"

/* The real store with real key nodes, for all of these. */
static Market *market;

typedef struct
{
  char *folder;
  Customer *customer;
  GmAsset *asset;
  GmBuyJob *job;
  GtkWidget *view;
  GtkWidget *window;
} World;

static World
world_new (gboolean with_wallet)
{
  World w = { .folder = g_dir_make_tmp ("gm-view-XXXXXX", NULL) };

  w.customer = customer_new (w.folder, market->origin);
  if (with_wallet)
    customer_open_wallet (w.customer);
  w.asset = customer_find (w.customer, market_title (0));
  w.job = gm_purchases_begin (w.customer->session, w.asset);
  w.view = gm_buy_view_new (w.customer->session, w.job);
  w.window = buyer_show (w.view, 460, 540);
  w.customer->is_undecided = TRUE; /* the dialog asks */
  gm_sign_dialog_attach (GTK_WINDOW (w.window), gm_session_get_desk (w.customer->session));
  return w;
}

static void
world_clear (World *w)
{
  g_clear_object (&w->job);
  if (w->view != NULL)
    buyer_close (w->window, w->view);
  gm_asset_free (w->asset);
  customer_free (w->customer);
  gm_world_remove_folder (w->folder);
  g_free (w->folder);
}

/* Something a person waits for on the screen. */
typedef struct
{
  World *w;
  const char *label;
} Sight;

static gboolean
is_pressable (gpointer data)
{
  const Sight *sight = data;

  return buyer_may_press (sight->w->view, sight->label);
}

static gboolean
is_read (gpointer data)
{
  const Sight *sight = data;

  return buyer_find (sight->w->view, GTK_TYPE_LABEL, sight->label) != NULL;
}

static void
press (World *w, const char *label)
{
  customer_wait (is_pressable, &(Sight){ w, label });
  buyer_press (w->view, label);
}

/* The dialog that asks for a signature; NULL when none does. */
static GtkWidget *
find_sign_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && found == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = buyer_find (window, GM_TYPE_SIGN_DIALOG, NULL);
    }
  return found;
}

static gboolean
is_asked (gpointer label)
{
  GtkWidget *dialog = find_sign_dialog ();

  return dialog != NULL && buyer_may_press (dialog, label);
}

/* “Sign” or “Decline”. */
static void
decide (const char *label)
{
  customer_wait (is_asked, (gpointer) label);
  buyer_press (find_sign_dialog (), label);
}

static void
wait_text (World *w, const char *label)
{
  customer_wait (is_read, &(Sight){ w, label });
}

static void
test_buy (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);
  g_autofree char *asked = NULL;
  g_autofree char *wanted = NULL;
  GtkWidget *pay;

  customer_wait (is_pressable, &(Sight){ &w, "Pay 5.00 USDC" });
  ui_assert_named (w.view);
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "Test money"));
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "Standard license"));
  press (&w, "Pay 5.00 USDC");
  decide ("Decline");
  wait_text (&w, "You declined. Nothing was signed.");

  pay = buyer_find (w.view, GTK_TYPE_BUTTON, "Pay 5.00 USDC");
  g_signal_emit_by_name (pay, "clicked"); /* a double click */
  g_signal_emit_by_name (pay, "clicked");
  customer_wait (is_asked, (gpointer) "Sign");
  g_assert_nonnull (buyer_find (find_sign_dialog (), GTK_TYPE_LABEL, "Buy “Tide” for 5.00 USDC"));
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "It waits for your signature."));
  g_assert_null (buyer_find (w.view, GTK_TYPE_LABEL, "You may close this: it goes on by itself."));
  decide ("Sign");
  wait_text (&w, "It is in your library.");
  g_assert_nonnull (buyer_find_named (w.view, GTK_TYPE_LIST_BOX_ROW, "Key received: Done"));
  g_assert_true (buyer_may_press (w.view, "View License"));
  ui_assert_named (w.view);
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  press (&w, "Play");
  asked = buyer_take_asked (w.window);
  wanted = g_strdup_printf ("play %s; ", w.asset->asset_id);
  g_assert_cmpstr (asked, ==, wanted);
  world_clear (&w);
}

static void
test_wallet (void)
{
  World w = world_new (FALSE);

  g_assert_true (buyer_may_press (w.view, "Create a Wallet…"));
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "You have no wallet yet"));
  customer_open_wallet (w.customer); /* as the dialog of that button does */
  customer_wait (is_pressable, &(Sight){ &w, "Pay 5.00 USDC" });
  g_assert_null (buyer_find (w.view, GTK_TYPE_LABEL, "You have no wallet yet"));
  world_clear (&w);
}

static void
test_locked (void)
{
  World w = world_new (TRUE);
  GtkWidget *entry;

  gm_account_lock (gm_session_get_account (w.customer->session));
  press (&w, "Pay 5.00 USDC");
  wait_text (&w, "Your Wallet Is Locked");
  entry = buyer_find (w.view, GTK_TYPE_PASSWORD_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "not this one");
  g_signal_emit_by_name (entry, "activate");
  wait_text (&w, "This is not the password of the wallet.");
  gtk_editable_set_text (GTK_EDITABLE (entry), CUSTOMER_PASSWORD);
  g_signal_emit_by_name (entry, "activate");
  decide ("Decline"); /* nothing was paid by unlocking */
  wait_text (&w, "You declined. Nothing was signed.");
  g_assert_cmpuint (g_list_model_get_n_items (gm_session_get_purchases (w.customer->session)), ==,
                    0);
  world_clear (&w);
}

/* The wallet locks itself while the signature is asked for. */
static void
test_locked_late (void)
{
  World w = world_new (TRUE);

  press (&w, "Pay 5.00 USDC");
  customer_wait (is_asked, (gpointer) "Sign");
  gm_account_lock (gm_session_get_account (w.customer->session));
  wait_text (&w, "Your Wallet Is Locked");
  world_clear (&w);
}

static gboolean
is_owned (gpointer data)
{
  World *w = data;
  GmLibraryItem *item = gm_library_model_find (gm_session_get_library (w->customer->session),
                                               w->asset->asset_id);

  return item != NULL && gm_library_item_get_owned (item)->ready;
}

static void
test_closed (void)
{
  World w = world_new (TRUE);

  press (&w, "Pay 5.00 USDC");
  decide ("Sign");
  g_clear_object (&w.job);
  buyer_close (w.window, w.view);
  w.view = NULL;
  customer_wait (is_owned, &w);
  world_clear (&w);
}

/* The store lost its files for a while: moved aside, moved back. */
static void
move_objects (const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (market->folder, "objects", from, NULL);
  g_autofree char *next = g_build_filename (market->folder, "objects", to, NULL);

  g_assert_cmpint (g_rename (old, next), ==, 0);
}

static void
test_stopped (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);

  customer_wait (is_pressable, &(Sight){ &w, "Pay 5.00 USDC" });
  move_objects ("ipfs", "aside");
  buyer_press (w.view, "Pay 5.00 USDC");
  /* without the documents nothing is signed: the offer says so */
  customer_wait_phase (w.job, GM_BUY_PHASE_QUOTED);
  ui_settle ();
  move_objects ("aside", "ipfs");
  press (&w, "Try Again");
  press (&w, "Pay 5.00 USDC");
  decide ("Sign");
  wait_text (&w, "It is in your library.");
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  world_clear (&w);
}

static gboolean
has_phase_waiting (gpointer job)
{
  return gm_buy_job_get_phase (job) == GM_BUY_PHASE_WAITING;
}

/* The master is away: what is bought stays bought, and Resume brings it. */
static void
test_resumed (void)
{
  World w = world_new (TRUE);
  g_autofree char *path = market_piece_path (market, 0);
  g_autofree char *folder = g_build_filename (market->folder, "objects", "ipfs", NULL);
  g_autofree char *aside = g_build_filename (market->folder, "objects", "aside", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir (aside, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (folder, name, NULL);
      g_autofree char *to = g_build_filename (aside, name, NULL);
      GStatBuf info;

      if (g_stat (from, &info) == 0 && info.st_size > 16384) /* a master, no document */
        g_assert_cmpint (g_rename (from, to), ==, 0);
    }
  press (&w, "Pay 5.00 USDC");
  decide ("Sign");
  customer_wait (has_phase_waiting, w.job);
  wait_text (&w, "It Stopped for Now");
  g_assert_nonnull (buyer_find_named (w.view, GTK_TYPE_LIST_BOX_ROW, "Music downloaded: Stopped"));
  g_assert_true (buyer_may_press (w.view, "View License"));

  g_clear_pointer (&dir, g_dir_close);
  dir = g_dir_open (aside, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (aside, name, NULL);
      g_autofree char *to = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_rename (from, to), ==, 0);
    }
  g_rmdir (aside);
  press (&w, "Resume");
  wait_text (&w, "It is in your library.");
  customer_assert_owns (w.customer, w.asset->asset_id, path);
  world_clear (&w);
}

/* An attempt that is over stays over; trying again is another one, in the same place. */
static void
test_again (void)
{
  World w = world_new (TRUE);
  g_autoptr (GmBuyJob) over = NULL;
  GmPurchase *purchase;

  customer_wait (is_pressable, &(Sight){ &w, "Pay 5.00 USDC" });
  purchase = gm_record_copy (&gm_purchase_type, gm_buy_job_get_purchase (w.job));
  purchase->state = GM_PURCHASE_FAILED;
  purchase->failure = g_strdup ("the test payment was refused: nothing was taken");
  over = gm_buy_job_new_resume (w.customer->session, purchase);
  buyer_close (w.window, w.view);
  w.view = gm_buy_view_new (w.customer->session, over);
  w.window = buyer_show (w.view, 460, 540);
  wait_text (&w, "The test payment was refused: nothing was taken.");
  press (&w, "Try Again");
  press (&w, "Pay 5.00 USDC");
  g_assert_cmpint (gm_buy_job_get_phase (over), ==, GM_BUY_PHASE_FAILED);
  g_clear_object (&over);
  world_clear (&w);
}

static void
test_license (void)
{
  World w = world_new (TRUE);
  GtkWidget *license, *window;
  Sight title;
  World shown;
  g_autofree char *asked = NULL;
  g_autofree char *wanted = NULL;

  press (&w, "Pay 5.00 USDC");
  decide ("Sign");
  customer_wait_phase (w.job, GM_BUY_PHASE_DONE);
  customer_wait (is_owned, &w);
  license = gm_license_view_new (w.customer->session, gm_buy_job_get_purchase (w.job)->order_id);
  window = buyer_show (license, 520, 600);
  shown = (World){ .view = license };
  title = (Sight){ &shown, "Tide" };
  customer_wait (is_read, &title);
  ui_assert_named (license);
  buyer_press (license, "Copy: Order");
  asked = buyer_take_asked (window);
  wanted = g_strdup_printf ("copy %s; ", gm_buy_job_get_purchase (w.job)->order_id);
  g_assert_cmpstr (asked, ==, wanted);
  buyer_close (window, license);
  world_clear (&w);
}

int
main (int argc, char *argv[])
{
  int result;

  ui_scene_init (&argc, &argv);
  market = market_new ();
  g_test_add_func ("/buy-view/pay-sign-play-and-once-only", test_buy);
  g_test_add_func ("/buy-view/without-a-wallet-one-is-made-first", test_wallet);
  g_test_add_func ("/buy-view/a-locked-wallet-is-unlocked-inside", test_locked);
  g_test_add_func ("/buy-view/a-wallet-that-locks-late-is-asked-again", test_locked_late);
  g_test_add_func ("/buy-view/closing-loses-nothing", test_closed);
  g_test_add_func ("/buy-view/an-offer-without-files-is-not-signed", test_stopped);
  g_test_add_func ("/buy-view/what-stopped-is-resumed", test_resumed);
  g_test_add_func ("/buy-view/what-ended-is-tried-anew", test_again);
  g_test_add_func ("/buy-view/a-license-can-be-copied-from", test_license);
  result = g_test_run ();
  market_free (market);
  return result;
}
