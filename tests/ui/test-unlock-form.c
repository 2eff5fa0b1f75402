/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "buyer-scene.h"
#include "ui/buyer/unlock-form.h"
#include "ui/buyer/wallet-password.h"
#include "vault/sealed.h"

#define PASSWORD "correct horse battery"

typedef struct
{
  UiScene *scene;
  GmAccount *account;
  GtkWidget *view;
  GtkWidget *window;
} World;

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static void
make_wallet (World *w)
{
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text (PASSWORD);

  gm_account_create (w->account, words, password, G_OBJECT (w->scene->session), on_done);
  ui_wait (is_unlocked, w->account);
}

static World
world_new (gboolean locked)
{
  World w = { .scene = ui_scene_new () };

  w.account = gm_session_get_account (w.scene->session);
  make_wallet (&w);
  if (locked)
    gm_account_lock (w.account);
  return w;
}

static void
world_clear (World *w)
{
  buyer_close (w->window, w->view);
  ui_scene_free (w->scene);
}

static gboolean
is_idle (gpointer account)
{
  gboolean busy;

  g_object_get (account, "busy", &busy, NULL);
  return !busy;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
type (World *w, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (buyer_find (w->view, GTK_TYPE_PASSWORD_ENTRY, NULL)), text);
}

static void
test_unlock (void)
{
  World w = world_new (TRUE);
  GtkWidget *entry;
  guint unlocked = 0;

  w.view = gm_unlock_form_new (w.account, "Signing needs your wallet.");
  w.window = buyer_show (w.view, 380, 260);
  g_signal_connect_swapped (w.view, "unlocked", G_CALLBACK (count), &unlocked);
  entry = buyer_find (w.view, GTK_TYPE_PASSWORD_ENTRY, NULL);
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "Signing needs your wallet."));
  ui_assert_named (w.view);
  g_assert_false (buyer_may_press (w.view, "Unlock the wallet"));

  type (&w, "correct horse batterx");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, ""); /* at once */
  ui_wait (is_idle, w.account);
  ui_settle ();
  g_assert_cmpuint (unlocked, ==, 0);
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "This is not the password of the wallet."));
  g_assert_true (gtk_widget_is_sensitive (entry));

  type (&w, "c"); /* trying again takes the complaint away */
  g_assert_null (buyer_find (w.view, GTK_TYPE_LABEL, "This is not the password of the wallet."));
  type (&w, PASSWORD);
  g_signal_emit_by_name (entry, "activate");
  g_signal_emit_by_name (entry, "activate"); /* twice is once */
  ui_wait (is_unlocked, w.account);
  ui_wait (is_idle, w.account);
  ui_settle ();
  g_assert_cmpuint (unlocked, ==, 1);
  world_clear (&w);
}

/* It goes while a password is being tried. */
static void
test_left (void)
{
  World w = world_new (TRUE);

  w.view = gm_unlock_form_new (w.account, NULL);
  w.window = buyer_show (w.view, 380, 260);
  type (&w, PASSWORD);
  g_signal_emit_by_name (buyer_find (w.view, GTK_TYPE_PASSWORD_ENTRY, NULL), "activate");
  buyer_close (w.window, w.view);
  ui_wait (is_unlocked, w.account);
  ui_scene_free (w.scene);
}

static void
type_change (World *w, const char *old, const char *next)
{
  GtkWidget *row = buyer_find (w->view, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  GtkWidget *fields = buyer_find (w->view, g_type_from_name ("GmNewPassword"), NULL);
  GtkWidget *first = buyer_find (fields, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), old);
  gtk_editable_set_text (GTK_EDITABLE (first), next);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (first)), next);
}

static void
test_change (void)
{
  World w = world_new (FALSE);
  g_autofree char *asked = NULL;

  w.view = gm_wallet_password_new (w.account);
  w.window = buyer_show (w.view, 440, 520);
  ui_assert_named (w.view);
  type_change (&w, "", "another good password");
  g_assert_false (buyer_may_press (w.view, "Change"));
  type_change (&w, "not this one", "another good password");
  buyer_press (w.view, "Change");
  ui_wait (is_idle, w.account);
  ui_settle ();
  g_assert_nonnull (buyer_find (w.view, GTK_TYPE_LABEL, "This is not the password until now."));

  type_change (&w, PASSWORD, "another good password");
  buyer_press (w.view, "Change");
  ui_wait (is_idle, w.account);
  asked = buyer_take_asked (w.window);
  g_assert_cmpstr (asked, ==, "toast The password was changed; ");
  world_clear (&w);
}

int
main (int argc, char *argv[])
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/unlock-form/a-wrong-password-keeps-it", test_unlock);
  g_test_add_func ("/unlock-form/it-may-go-while-a-password-is-tried", test_left);
  g_test_add_func ("/unlock-form/a-new-password-needs-the-old-one", test_change);
  return g_test_run ();
}
