/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/sign-dialog.h"

#include <string.h>

#include "app/account-core.h"
#include "app/session-core.h"
#include "base/error.h"
#include "buyer-scene.h"
#include "payments/order.h"
#include "vault/sealed.h"

#define NARROW 360

/* An unlocked wallet, a window that shows what is to be signed, and one thing that is. */
typedef struct
{
  UiScene *scene;
  GmAccount *account;
  GmSigningDesk *desk;
  GtkWidget *content;
  GtkWidget *window;
  GmSigner *signer;
  GmSignable what;
  gboolean answered;
  int code; /* -1: signed */
} World;

static void
created (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");

  w->scene = ui_scene_new ();
  w->account = gm_session_get_account (w->scene->session);
  w->desk = gm_session_get_desk (w->scene->session);
  w->content = gtk_label_new ("Music");
  w->window = buyer_show (w->content, NARROW, 640);
  gm_sign_dialog_attach (GTK_WINDOW (w->window), w->desk);
  gm_account_create (w->account, words, password, G_OBJECT (w->scene->session), created);
  ui_wait (is_unlocked, w->account);
  return w;
}

static gpointer
sign (gpointer input, GCancellable *cancellable, GError **error)
{
  World *w = input;
  const GmSigningPurpose purpose = { .chain_id = 8453, .cancellable = cancellable };
  GmSignature signature;

  gm_signing_desk_signer_set_purpose (w->signer, &purpose);
  return w->signer->sign (w->signer, &w->what, &signature, error) ? GM_WORKER_OK : NULL;
}

static void
answered (gpointer owner, gpointer result, const GError *error)
{
  World *w = g_object_get_data (owner, "world");

  w->answered = TRUE;
  w->code = error != NULL ? error->code : -1;
}

static GtkWidget *
find_dialog (void)
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
is_asked (gpointer unused)
{
  return find_dialog () != NULL;
}

static gboolean
may_sign (gpointer dialog)
{
  return buyer_may_press (dialog, "Sign");
}

/* Returns the dialog that asks for it. */
static GtkWidget *
ask (World *w, GmSignable what)
{
  g_object_set_data (G_OBJECT (w->scene->session), "world", w);
  w->what = what;
  w->answered = FALSE;
  g_clear_pointer (&w->signer, gm_signing_desk_signer_free);
  w->signer = gm_signing_desk_signer_new (w->desk, NULL);
  gm_worker_run (
      gm_session_get_core (w->scene->session)->chain,
      &(GmCall){
          .owner = G_OBJECT (w->scene->session), .work = sign, .input = w, .done = answered });
  ui_wait (is_asked, NULL);
  ui_settle ();
  return find_dialog ();
}

static gboolean
is_over (gpointer world)
{
  return ((World *) world)->answered && find_dialog () == NULL;
}

static void
assert_answer (World *w, int code)
{
  ui_wait (is_over, w);
  g_assert_cmpint (w->code, ==, code);
}

static void
world_clear (World *w)
{
  buyer_close (w->window, w->content);
  gm_signing_desk_signer_free (w->signer);
  ui_scene_free (w->scene);
  g_free (w);
}

static GmTx *
payment_new (void)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);

  tx->chain_id = 8453;
  tx->gas = 21000;
  tx->value = gm_u256_from_u64 (G_GUINT64_CONSTANT (500000000000000000));
  memset (&tx->to, 0xaa, sizeof tx->to);
  return tx;
}

static void
test_sign (void)
{
  World *w = world_new ();
  g_autoptr (GmTx) tx = payment_new ();
  const gint64 asked = g_get_monotonic_time ();
  GtkWidget *dialog = ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });

  if (may_sign (dialog)) /* a double click was for what was there before */
    g_assert_cmpint (g_get_monotonic_time () - asked, >=, G_USEC_PER_SEC / 2);
  ui_assert_named (dialog);
  g_assert_null (buyer_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_null (buyer_find (dialog, GTK_TYPE_PASSWORD_ENTRY, NULL));
  g_assert_true (
      gtk_widget_has_focus (buyer_find (dialog, GTK_TYPE_BUTTON, "Decline"))); /* Enter is safe */
  ui_wait (may_sign, dialog);
  buyer_press (dialog, "Sign");
  assert_answer (w, -1);
  world_clear (w);
}

static gboolean
set_device (GmKeystore *keystore, GmSecret *master, gpointer key, GError **error)
{
  return gm_keystore_set_device (keystore, master, key, error);
}

static gboolean
sees_wrong (gpointer dialog)
{
  return buyer_find (dialog, GTK_TYPE_LABEL, "This is not the password of the wallet.") != NULL;
}

static void
count_map (guint *shown)
{
  ++*shown;
}

/* The keyring opened it: a yes is not enough. */
static void
test_password (void)
{
  World *w = world_new ();
  GmVault *vault = gm_account_get_vault (w->account);
  g_autoptr (GmSecret) device = gm_secret_new_random (32);
  g_autoptr (GmTx) tx = payment_new ();
  GtkWidget *dialog, *entry;
  guint shown = 0;

  g_assert_true (gm_vault_use (vault, set_device, device, NULL));
  gm_vault_lock (vault);
  g_assert_true (gm_vault_unlock_device (vault, device, NULL));
  dialog = ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  ui_assert_named (dialog);
  entry = buyer_find (dialog, GTK_TYPE_PASSWORD_ENTRY, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "correct horse batterx");
  ui_wait (may_sign, dialog);
  g_signal_connect_swapped (ui_find (dialog, GTK_TYPE_LABEL, "Checking the password…"), "map",
                            G_CALLBACK (count_map), &shown);
  buyer_press (dialog, "Sign");
  g_assert_cmpuint (shown, ==, 1); /* it takes a second, when it does not cost little */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  ui_wait (sees_wrong, dialog);
  g_assert_false (w->answered);
  g_assert_false (may_sign (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), "correct horse battery");
  g_assert_false (sees_wrong (dialog));
  buyer_press (dialog, "Sign");
  assert_answer (w, -1);
  world_clear (w);
}

static void
test_decline (void)
{
  World *w = world_new ();
  g_autoptr (GmTx) tx = payment_new ();
  GtkWidget *dialog = ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });

  buyer_press (dialog, "Decline");
  assert_answer (w, GM_ERROR_DECLINED);
  dialog = ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  gtk_widget_activate_action (dialog, "window.close", NULL); /* as Escape does */
  assert_answer (w, GM_ERROR_DECLINED);
  world_clear (w);
}

static void
test_danger (void)
{
  World *w = world_new ();
  GtkWidget *dialog = ask (w, (GmSignable){ GM_SIGNABLE_TEXT, .text = "I own nothing" });
  GtkWidget *understood = buyer_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL);
  GtkWidget *button = buyer_find (dialog, GTK_TYPE_BUTTON, "Sign");

  ui_assert_named (dialog);
  g_assert_true (gtk_widget_has_css_class (button, "destructive-action"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (understood), TRUE);
  ui_wait (may_sign, dialog);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (understood), FALSE);
  g_assert_false (may_sign (dialog));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (understood), TRUE);
  buyer_press (dialog, "Sign");
  assert_answer (w, -1);
  world_clear (w);
}

static void
test_taken_back (void)
{
  World *w = world_new ();
  g_autoptr (GmTx) tx = payment_new ();

  ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  gm_account_lock (w->account);
  assert_answer (w, GM_ERROR_LOCKED);
  world_clear (w);
}

/* The window goes with the question unanswered. */
static void
test_window_gone (void)
{
  World *w = world_new ();
  g_autoptr (GmTx) tx = payment_new ();

  ask (w, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  buyer_close (w->window, w->content);
  assert_answer (w, GM_ERROR_DECLINED);
  gm_signing_desk_signer_free (w->signer);
  ui_scene_free (w->scene);
  g_free (w);
}

/* Alone, to look at: nobody waits for its answer. */
static GmReview *
review_tx (const GmTx *tx)
{
  const GmReviewContext context = { .chain_id = 8453 };

  return gm_review_new (&(GmSignable){ GM_SIGNABLE_TX, .tx = tx }, &context, NULL);
}

static void
test_whole (void)
{
  g_autoptr (UiScene) scene = ui_scene_new ();
  g_autoptr (GmTx) tx = payment_new ();
  g_autoptr (GmReview) review = review_tx (tx);
  GtkWidget *dialog = gm_sign_dialog_new (gm_session_get_desk (scene->session), review);
  GtkWidget *window = buyer_show (dialog, NARROW, 640);
  GtkWidget *expander = buyer_find (dialog, GTK_TYPE_EXPANDER, "Everything that is signed");
  g_autofree char *shown = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *wanted = NULL;
  GtkTextBuffer *buffer;

  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  ui_settle ();
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (buyer_find (dialog, GTK_TYPE_TEXT_VIEW, NULL)));
  g_object_get (buffer, "text", &shown, NULL);
  g_assert_cmpstr (shown, ==, gm_review_get_raw (review));
  buyer_press (dialog, "Copy");
  asked = buyer_take_asked (window);
  wanted = g_strdup_printf ("copy %s; ", shown);
  g_assert_cmpstr (asked, ==, wanted);
  buyer_close (window, dialog);
}

/* Trying it out answers late: what it finds has to be understood anew. */
static void
test_tried_out (void)
{
  g_autoptr (UiScene) scene = ui_scene_new ();
  g_autoptr (GmTx) tx = payment_new ();
  g_autoptr (GmReview) review = review_tx (tx);
  GtkWidget *dialog = gm_sign_dialog_new (gm_session_get_desk (scene->session), review);
  GtkWidget *window = buyer_show (dialog, NARROW, 640);

  ui_wait (may_sign, dialog);
  g_assert_null (buyer_find (dialog, GTK_TYPE_LABEL, "What comes of it, tried out now"));
  gm_review_set_simulation (review, &(GmSimulation){ .failure = (char *) "out of funds" });
  ui_settle ();
  g_assert_nonnull (buyer_find (dialog, GTK_TYPE_LABEL, "What comes of it, tried out now"));
  g_assert_nonnull (buyer_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_false (may_sign (dialog));
  ui_assert_named (dialog);
  buyer_close (window, dialog);
}

/* The widest of all: long words, and addresses that cannot be broken. */
typedef struct
{
  GmSigner signer;
  GmReview *review;
} Reader;

static gboolean
read_order (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  Reader *self = signer->data;
  const GmDescriptor store = { .name = (char *) "Corner Shop",
                               .chain_id = G_GUINT64_CONSTANT (4294967297) };
  const GmReviewContext context = {
    .chain_id = store.chain_id,
    .account = signer->address,
    .store = &store,
    .title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    .currency = "USDC",
  };

  self->review = gm_review_new (what, &context, error);
  return gm_fail (error, GM_ERROR_DECLINED, "no");
}

static void
test_narrow (void)
{
  g_autoptr (UiScene) scene = ui_scene_new ();
  Reader reader = { .signer = { .address = { { 7 } }, .sign = read_order, .data = &reader } };
  GmOrderTerms terms = { .chain_id = G_GUINT64_CONSTANT (4294967297), .amount_units = 12000000 };
  GtkWidget *dialog, *window;
  int least;

  terms.buyer = terms.payer = reader.signer.address;
  g_assert_null (gm_order_new (&terms, "USDC", &reader.signer, NULL));
  dialog = gm_sign_dialog_new (gm_session_get_desk (scene->session), reader.review);
  window = buyer_show (dialog, NARROW, 640);
  gtk_widget_measure (dialog, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, NARROW);
  buyer_close (window, dialog);
  g_object_unref (reader.review);
}

int
main (int argc, char **argv)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/sign-dialog/sign-signs", test_sign);
  g_test_add_func ("/sign-dialog/more-than-the-keyring-may-needs-the-password", test_password);
  g_test_add_func ("/sign-dialog/every-other-way-out-declines", test_decline);
  g_test_add_func ("/sign-dialog/a-danger-has-to-be-understood", test_danger);
  g_test_add_func ("/sign-dialog/it-goes-when-nobody-waits-for-it", test_taken_back);
  g_test_add_func ("/sign-dialog/a-window-that-closes-declines", test_window_gone);
  g_test_add_func ("/sign-dialog/everything-that-is-signed-can-be-read", test_whole);
  g_test_add_func ("/sign-dialog/a-late-danger-has-to-be-understood-too", test_tried_out);
  g_test_add_func ("/sign-dialog/it-fits-a-phone", test_narrow);
  return g_test_run ();
}
