/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "buyer-scene.h"
#include "ui/buyer/create-wallet.h"
#include "ui/buyer/new-password.h"
#include "ui/buyer/words-entry.h"
#include "vault/sealed.h"

#define PASSWORD "correct horse battery"
#define WORDS    "legal winner thank year wave sausage worth useful legal winner thank yellow"

typedef struct
{
  UiScene *scene;
  GmAccount *account;
  GtkWidget *view;
  GtkWidget *window;
  GmWalletSetup *setup;
} World;

static World
world_new (void)
{
  World w = { .scene = ui_scene_new () };

  w.account = gm_session_get_account (w.scene->session);
  w.view = gm_create_wallet_new (w.account);
  w.window = buyer_show (w.view, 460, 540);
  w.setup = gm_create_wallet_get_setup (GM_CREATE_WALLET (w.view));
  return w;
}

static void
world_clear (World *w)
{
  buyer_close (w->window, w->view);
  ui_scene_free (w->scene);
}

static void
assert_step (World *w, GmWalletStep step)
{
  ui_settle ();
  g_assert_cmpint (gm_wallet_setup_get_step (w->setup), ==, step);
}

/* A page is there once its stack has moved to it. */
static gboolean
is_still (gpointer view)
{
  GtkWidget *stack = ui_find (view, GTK_TYPE_STACK, NULL);

  return !gtk_stack_get_transition_running (GTK_STACK (stack));
}

static void
turn (World *w, const char *label)
{
  buyer_press (w->view, label);
  ui_wait (is_still, w->view);
}

static guint
count_cards (GtkWidget *root)
{
  guint n = gtk_widget_has_css_class (root, "recovery-word") ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_cards (child);
  return n;
}

static GtkWidget *
find_complaint (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "error") && ui_is_seen (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_complaint (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
write_down (World *w, char *paper[12])
{
  for (guint i = 0; i < 12; i++)
    {
      paper[i] = gm_wallet_setup_dup_word (w->setup, i);
      g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL, paper[i]));
    }
}

static GtkWidget *
find_field (World *w, guint place)
{
  g_autofree char *name = g_strdup_printf ("Word %u", place + 1);

  return buyer_find_named (w->view, GTK_TYPE_ENTRY, name);
}

static void
type_asked (World *w, char *const paper[12])
{
  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    {
      guint place = gm_wallet_setup_get_asked (w->setup, i);

      gtk_editable_set_text (GTK_EDITABLE (find_field (w, place)), paper[place]);
    }
}

static void
type_password (World *w, const char *first, const char *second)
{
  GtkWidget *rows = buyer_find (w->view, GM_TYPE_NEW_PASSWORD, NULL);
  GtkWidget *row = buyer_find (rows, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), first);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (row)), second);
}

static gboolean
is_done (gpointer setup)
{
  return gm_wallet_setup_get_step (setup) == GM_WALLET_STEP_DONE;
}

static void
make (World *w)
{
  g_assert_false (buyer_may_press (w->view, "Make the Wallet"));
  type_password (w, "short", "short");
  g_assert_false (buyer_may_press (w->view, "Make the Wallet"));
  type_password (w, PASSWORD, "correct horse batterx");
  g_assert_false (buyer_may_press (w->view, "Make the Wallet"));
  type_password (w, PASSWORD, PASSWORD);
  buyer_press (w->view, "Make the Wallet");
  ui_wait (is_done, w->setup);
  ui_wait (is_still, w->view);
  g_assert_true (buyer_may_press (w->view, "Done"));
  g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL, gm_account_get_address (w->account)));
}

static void
test_create (void)
{
  World w = world_new ();
  char *paper[12];

  ui_assert_named (w.view);
  turn (&w, "Create a Wallet");
  g_assert_cmpuint (count_cards (w.view), ==, 12);
  write_down (&w, paper);
  turn (&w, "I Wrote Them Down");
  g_assert_cmpuint (count_cards (w.view), ==, 0);
  type_asked (&w, paper);
  turn (&w, "Continue");
  assert_step (&w, GM_WALLET_STEP_PASSWORD);
  make (&w);
  for (guint i = 0; i < 12; i++)
    g_free (paper[i]);
  world_clear (&w);
}

/* The check cannot be clicked through: empty, wrong, or in part. */
static void
test_check (void)
{
  World w = world_new ();
  char *paper[12];
  GtkWidget *field;

  turn (&w, "Create a Wallet");
  write_down (&w, paper);
  turn (&w, "I Wrote Them Down");
  g_assert_false (buyer_may_press (w.view, "Continue"));
  type_asked (&w, paper);
  field = find_field (&w, gm_wallet_setup_get_asked (w.setup, 2));
  gtk_editable_set_text (GTK_EDITABLE (field), "");
  g_assert_false (buyer_may_press (w.view, "Continue"));
  gtk_editable_set_text (GTK_EDITABLE (field), "zebra");
  buyer_press (w.view, "Continue");
  assert_step (&w, GM_WALLET_STEP_CHECK);

  /* going back shows the words again, and asks for others */
  turn (&w, "Back");
  assert_step (&w, GM_WALLET_STEP_WORDS);
  g_assert_cmpuint (count_cards (w.view), ==, 12);
  turn (&w, "I Wrote Them Down");
  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    {
      field = find_field (&w, gm_wallet_setup_get_asked (w.setup, i));
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field)), ==, "");
    }
  for (guint i = 0; i < 12; i++)
    g_free (paper[i]);
  world_clear (&w);
}

static void
test_long (void)
{
  World w = world_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  turn (&w, "Create a Wallet");
  before = gm_wallet_setup_dup_word (w.setup, 3);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (buyer_find (w.view, GTK_TYPE_TOGGLE_BUTTON, "24 Words")), TRUE);
  ui_settle ();
  g_assert_cmpuint (count_cards (w.view), ==, 24);
  after = gm_wallet_setup_dup_word (w.setup, 23);
  g_assert_nonnull (after);
  turn (&w, "Back");
  assert_step (&w, GM_WALLET_STEP_CHOICE);
  g_assert_cmpuint (count_cards (w.view), ==, 0);
  world_clear (&w);
}

/* All words at once into the first field; each goes to its place, in guarded memory. */
static void
test_restore (void)
{
  World w = world_new ();
  g_auto (GStrv) words = g_strsplit (WORDS, " ", -1);

  turn (&w, "Restore from Words…");
  g_assert_false (buyer_may_press (w.view, "Continue"));
  gtk_editable_set_text (GTK_EDITABLE (find_field (&w, 0)), WORDS "\n");
  for (guint i = 0; i < 12; i++)
    {
      GtkEntry *field = GTK_ENTRY (find_field (&w, i));

      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field)), ==, words[i]);
      g_assert_true (GTK_IS_PASSWORD_ENTRY_BUFFER (gtk_entry_get_buffer (field)));
    }
  gtk_editable_set_text (GTK_EDITABLE (find_field (&w, 11)), "yelow");
  buyer_press (w.view, "Continue");
  assert_step (&w, GM_WALLET_STEP_TYPED);
  gtk_editable_set_text (GTK_EDITABLE (find_field (&w, 11)), "yellow");
  turn (&w, "Continue");
  assert_step (&w, GM_WALLET_STEP_PASSWORD);
  make (&w);
  g_assert_cmpstr (gm_account_get_address (w.account), ==,
                   "0x58A57ed9d8d624cBD12e2C467D34787555bB1b25");
  world_clear (&w);
}

/* The library's own tests have every kind of wrong words; here, that they are said and kept. */
static void
test_wrong_words (void)
{
  static const struct
  {
    const char *words, *complaint;
  } wrong[] = {
    { "legal winner thank year wave sausage worth useful legal winner thank thank",
      "belong together" },
    { "legal winner thank year wave sausage worth useful legal winner thank yelow", "12" },
    /* a Cyrillic letter that looks like ours */
    { "legal winner thank year wave sausage worth useful legal winner thank yell\u043ew", "12" },
  };
  World w = world_new ();
  GtkWidget *complaint;

  turn (&w, "Restore from Words…");
  gtk_editable_set_text (GTK_EDITABLE (find_field (&w, 0)),
                         "legal winner thank year wave sausage worth useful legal winner thank ");
  g_assert_false (buyer_may_press (w.view, "Continue")); /* 11 words */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_field (&w, 10))), ==, "thank");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv) words = g_strsplit (wrong[i].words, " ", -1);

      for (guint k = 0; k < 12; k++)
        gtk_editable_set_text (GTK_EDITABLE (find_field (&w, k)), words[k]);
      buyer_press (w.view, "Continue");
      assert_step (&w, GM_WALLET_STEP_TYPED);
      complaint = find_complaint (w.view);
      g_assert_nonnull (complaint);
      if (strstr (gtk_label_get_label (GTK_LABEL (complaint)), wrong[i].complaint) == NULL)
        g_error ("“%s” does not say “%s”", gtk_label_get_label (GTK_LABEL (complaint)),
                 wrong[i].complaint);
      for (guint k = 0; k < 12; k++)
        g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_field (&w, k))), ==, words[k]);
    }
  world_clear (&w);
}

static void
test_passwords_are_guarded (void)
{
  GtkWidget *fields = g_object_new (GM_TYPE_NEW_PASSWORD, NULL);
  GtkWidget *window = buyer_show (fields, 400, 300);
  GtkWidget *text = buyer_find (fields, GTK_TYPE_TEXT, NULL);

  g_assert_true (GTK_IS_PASSWORD_ENTRY_BUFFER (gtk_text_get_buffer (GTK_TEXT (text))));
  g_assert_false (gtk_text_get_visibility (GTK_TEXT (text)));
  g_assert_null (gm_new_password_take (GM_NEW_PASSWORD (fields)));
  buyer_close (window, fields);
}

int
main (int argc, char *argv[])
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/create-wallet/words-a-check-and-a-password", test_create);
  g_test_add_func ("/create-wallet/the-check-cannot-be-skipped", test_check);
  g_test_add_func ("/create-wallet/there-may-be-24-words", test_long);
  g_test_add_func ("/create-wallet/words-bring-it-back", test_restore);
  g_test_add_func ("/create-wallet/wrong-words-are-said-and-kept", test_wrong_words);
  g_test_add_func ("/create-wallet/passwords-are-in-guarded-memory", test_passwords_are_guarded);
  return g_test_run ();
}
