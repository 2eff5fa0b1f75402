/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/keyring-row.h"

#include "app/account-core.h"
#include "app/account-keyring.h"
#include "buyer-scene.h"
#include "keyring-peer.h"
#include "ui/buyer/accounts-view.h"
#include "ui/buyer/unlock-form.h"
#include "vault/sealed.h"

/* Run twice: on a desktop with a real keyring, and on one without. */

#define PASSWORD "correct horse battery"
#define EXPLAINED                                                                                  \
  "Whoever is logged in as you opens the wallet without its password and pays up to 50 USDC at a " \
  "time. More than that, and any ETH, needs the password."

typedef struct
{
  UiScene *scene;
  GmAccount *account;
  GtkWidget *view;
  GtkWidget *window;
  guint unlocked;
} World;

static gboolean
is_idle (gpointer account)
{
  gboolean busy;

  g_object_get (account, "busy", &busy, NULL);
  return !busy;
}

static void
wait (World *w)
{
  ui_wait (is_idle, w->account);
  ui_settle ();
}

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static void
set_up (World *w, gconstpointer unused)
{
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text (PASSWORD);

  *w = (World){ .scene = ui_scene_new () };
  w->account = gm_session_get_account (w->scene->session);
  gm_account_create (w->account, words, password, G_OBJECT (w->scene->session), on_done);
  wait (w);
}

static void
show (World *w, GtkWidget *view)
{
  w->view = view;
  w->window = buyer_show (view, 400, 400);
  ui_assert_named (view);
}

static void
hide (World *w)
{
  buyer_close (w->window, w->view);
}

static void
tear_down (World *w, gconstpointer unused)
{
  hide (w);
  ui_scene_free (w->scene);
}

static void
show_row (World *w)
{
  show (w, gm_accounts_view_new (w->account));
}

static GtkSwitch *
get_switch (World *w)
{
  return GTK_SWITCH (buyer_find (w->view, GTK_TYPE_SWITCH, NULL));
}

static void
turn (World *w, gboolean on)
{
  gtk_switch_set_active (get_switch (w), on);
  wait (w);
}

static void
assert_stands (World *w, gboolean on, const char *words)
{
  g_assert_cmpint (gm_account_keyring_is_on (w->account), ==, on);
  g_assert_cmpint (gtk_switch_get_active (get_switch (w)), ==, on);
  g_assert_cmpint (gtk_switch_get_state (get_switch (w)), ==, on);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (get_switch (w))));
  g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL, words));
}

static void
on_unlocked (World *w)
{
  w->unlocked++;
}

static void
show_form (World *w)
{
  GtkWidget *form = gm_unlock_form_new (w->account, NULL);

  g_signal_connect_swapped (form, "unlocked", G_CALLBACK (on_unlocked), w);
  show (w, form);
}

/* Turns it on, and locks. */
static void
wish (World *w)
{
  show_row (w);
  turn (w, TRUE);
  assert_stands (w, TRUE, EXPLAINED);
  hide (w);
  gm_account_lock (w->account);
}

static void
type_password (World *w)
{
  GtkWidget *entry = buyer_find (w->view, GTK_TYPE_PASSWORD_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), PASSWORD);
  g_signal_emit_by_name (entry, "activate");
  wait (w);
}

static void
a_locked_wallet_asks_to_unlock (World *w, gconstpointer unused)
{
  g_autofree char *asked = NULL;

  show_row (w);
  gm_account_lock (w->account);
  turn (w, TRUE);
  assert_stands (w, FALSE, EXPLAINED);
  asked = buyer_take_asked (w->window);
  g_assert_cmpstr (asked, ==, "unlock; ");
}

static void
without_a_keyring_it_says_so (World *w, gconstpointer unused)
{
  show_row (w);
  turn (w, TRUE);
  assert_stands (w, FALSE,
                 "The keyring does not keep a key for this wallet (none runs on this computer). "
                 "Nothing was changed.");
}

static void
the_switch_turns_it_on_and_off (World *w, gconstpointer unused)
{
  show_row (w);
  assert_stands (w, FALSE, EXPLAINED);
  turn (w, TRUE);
  assert_stands (w, TRUE, EXPLAINED);
  turn (w, FALSE);
  assert_stands (w, FALSE, EXPLAINED);
}

static void
a_locked_keyring_is_told (World *w, gconstpointer unused)
{
  show_row (w);
  keyring_peer_lock ();
  turn (w, TRUE);
  keyring_peer_unlock ();
  assert_stands (w, FALSE,
                 "The keyring does not keep a key for this wallet (it is locked or was emptied). "
                 "Nothing was changed.");
  turn (w, TRUE);
  assert_stands (w, TRUE, EXPLAINED); /* and what was wrong is gone */
}

static void
a_dismissed_prompt_is_told (World *w, gconstpointer unused)
{
  show_row (w);
  keyring_peer_lock ();
  keyring_peer_dismiss_start ();
  turn (w, TRUE);
  keyring_peer_dismiss_stop ();
  keyring_peer_unlock ();
  assert_stands (w, FALSE,
                 "The keyring does not keep a key for this wallet (it is locked or was emptied). "
                 "Nothing was changed.");
}

static void
the_form_opens_by_itself (World *w, gconstpointer unused)
{
  wish (w);
  show_form (w);
  wait (w);
  g_assert_cmpuint (w->unlocked, ==, 1);
  g_assert_false (gm_account_is_locked (w->account));
}

/* A person presses Cancel in the keyring's dialog, and types the wallet's password instead. */
static void
the_password_helps_where_the_keyring_does_not (World *w, gconstpointer unused)
{
  wish (w);
  keyring_peer_lock ();
  keyring_peer_dismiss_start ();
  show_form (w);
  wait (w);
  g_assert_cmpuint (keyring_peer_dismiss_stop (), >, 0);
  g_assert_cmpuint (w->unlocked, ==, 0);
  g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL,
                                "The keyring does not give the key of this machine (it is locked "
                                "or was emptied). Your password opens the wallet."));
  type_password (w);
  g_assert_cmpuint (w->unlocked, ==, 1);
  keyring_peer_unlock ();
}

static gpointer
dawdle (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (input);

  return GM_WORKER_OK;
}

/* The keyring takes its time, and is not waited for. */
static void
the_password_may_be_faster (World *w, gconstpointer unused)
{
  GMutex slow;
  GtkWidget *entry;

  wish (w);
  g_mutex_init (&slow);
  g_mutex_lock (&slow);
  gm_account_run (w->account, &(GmAccountCall){ .work = dawdle,
                                                .input = &slow,
                                                .owner = G_OBJECT (w->scene->session),
                                                .done = on_done });
  show_form (w);
  entry = buyer_find (w->view, GTK_TYPE_PASSWORD_ENTRY, NULL);
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (entry)));
  gtk_editable_set_text (GTK_EDITABLE (entry), PASSWORD);
  g_signal_emit_by_name (entry, "activate");
  g_mutex_unlock (&slow);
  wait (w);
  g_assert_cmpuint (w->unlocked, ==, 1);
  g_mutex_clear (&slow);
}

#define ADD(name, test) g_test_add (name, World, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/keyring-row/a-locked-wallet-asks-to-unlock", a_locked_wallet_asks_to_unlock);
  if (!keyring_peer_is_there ())
    {
      ADD ("/keyring-row/without-a-keyring-it-says-so", without_a_keyring_it_says_so);
      return g_test_run ();
    }
  ADD ("/keyring-row/the-switch-turns-it-on-and-off", the_switch_turns_it_on_and_off);
  ADD ("/keyring-row/a-locked-keyring-is-told", a_locked_keyring_is_told);
  ADD ("/keyring-row/a-dismissed-prompt-is-told", a_dismissed_prompt_is_told);
  ADD ("/keyring-row/the-form-opens-by-itself", the_form_opens_by_itself);
  ADD ("/keyring-row/the-password-helps-where-the-keyring-does-not",
       the_password_helps_where_the_keyring_does_not);
  ADD ("/keyring-row/the-password-may-be-faster", the_password_may_be_faster);
  return g_test_run ();
}
