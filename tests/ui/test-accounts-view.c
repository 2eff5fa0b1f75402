/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/accounts-view.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "buyer-scene.h"
#include "ui/buyer/account-row.h"
#include "ui/buyer/add-account.h"
#include "ui/buyer/export-account.h"
#include "ui/buyer/new-password.h"
#include "ui/buyer/rename-account.h"
#include "ui/common/secret-clipboard.h"
#include "vault/sealed.h"
#include "vault/v3-keystore.h"

#define PASSWORD   "correct horse battery"
#define WORDS      "test test test test test test test test test test test junk"
#define FIRST      "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
#define KEY        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
#define OTHER      "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
#define WRONG      "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
#define DOTS       "••••••"
#define SMALL_FILE 2 /* in the vectors */

/* The ways of the dialog, in its order. */
enum
{
  DERIVE,
  IMPORT_KEY,
  IMPORT_FILE,
  WATCH,
};

typedef struct
{
  UiScene *scene;
  GmAccount *account;
  GmWalletAccounts *accounts;
  GtkWidget *view;
  GtkWidget *window;
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
  g_autoptr (GmSecret) words = gm_secret_new_text (WORDS);
  g_autoptr (GmSecret) password = gm_secret_new_text (PASSWORD);

  *w = (World){ .scene = ui_scene_new () };
  w->account = gm_session_get_account (w->scene->session);
  gm_account_create (w->account, words, password, G_OBJECT (w->scene->session), on_done);
  wait (w);
  w->accounts = gm_wallet_accounts_new (w->account);
}

static void
show (World *w, GtkWidget *view)
{
  w->view = view;
  w->window = buyer_show (view, 420, 600);
  ui_assert_named (view);
}

static void
tear_down (World *w, gconstpointer unused)
{
  buyer_close (w->window, w->view);
  g_assert_finalize_object (w->accounts);
  ui_scene_free (w->scene);
}

static GmWalletAccount *
at (World *w, guint i)
{
  g_autoptr (GmWalletAccount) item = g_list_model_get_item (G_LIST_MODEL (w->accounts), i);

  return item; /* the list has it */
}

static guint
count (World *w)
{
  return g_list_model_get_n_items (G_LIST_MODEL (w->accounts));
}

static void
import_key (World *w)
{
  g_autoptr (GmSecret) key = gm_secret_new_text (OTHER);

  gm_wallet_accounts_import_key (w->accounts, key, "Old <b>wallet", G_OBJECT (w->scene->session),
                                 on_done);
  wait (w);
}

static void
assert_asked (World *w, const char *wanted)
{
  g_autofree char *asked = buyer_take_asked (w->window);

  g_assert_cmpstr (asked, ==, wanted);
}

/* The field of a row that is seen, by the title of the row. */
static GtkEditable *
field (World *w, const char *title)
{
  GtkWidget *label = buyer_find (w->view, GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return GTK_EDITABLE (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW));
}

static void
type (World *w, const char *title, const char *text)
{
  gtk_editable_set_text (field (w, title), text);
}

static gboolean
is_still (gpointer view)
{
  GtkWidget *stack = ui_find (view, GTK_TYPE_STACK, NULL);

  return !gtk_stack_get_transition_running (GTK_STACK (stack));
}

static void
choose (World *w, int way)
{
  GtkListBox *ways = GTK_LIST_BOX (buyer_find (w->view, GTK_TYPE_LIST_BOX, NULL));

  g_signal_emit_by_name (ways, "row-activated", gtk_list_box_get_row_at_index (ways, way));
  ui_wait (is_still, w->view);
  ui_settle ();
  ui_assert_named (w->view);
}

/* What is wrong is said in red. */
static void
assert_complains (World *w, const char *sentence)
{
  GtkWidget *label = buyer_find (w->view, GTK_TYPE_LABEL, sentence);

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_has_css_class (label, "error"));
}

static GtkWidget *
row (World *w, int i)
{
  GtkListBox *list = GTK_LIST_BOX (buyer_find (w->view, GTK_TYPE_LIST_BOX, NULL));

  return GTK_WIDGET (gtk_list_box_get_row_at_index (list, i));
}

static void
the_list_is_there_locked_or_not (World *w, gconstpointer unused)
{
  show (w, gm_accounts_view_new (w->account));
  import_key (w);
  g_assert_true (GM_IS_ACCOUNT_ROW (row (w, 1)));
  g_assert_null (row (w, 2));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row (w, 1))), ==,
                   "Old <b>wallet"); /* and no markup */
  g_assert_nonnull (buyer_find (row (w, 1), GTK_TYPE_LABEL, "Old <b>wallet"));
  g_assert_nonnull (buyer_find (row (w, 0), GTK_TYPE_LABEL, "0xf39F…2266 · Buys and signs in"));

  gm_account_lock (w->account);
  ui_settle ();
  g_assert_nonnull (row (w, 1));
  gtk_widget_activate_action (row (w, 0), "account.copy", NULL);
  assert_asked (w, "copy " FIRST "; ");
  buyer_press (w->view, "Add…");
  gtk_widget_activate_action (row (w, 1), "account.rename", NULL);
  gtk_widget_activate_action (row (w, 1), "account.remove", NULL);
  assert_asked (w, "unlock; unlock; unlock; ");
}

/* The dialog that asks, when there is one. */
static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (ADW_IS_MESSAGE_DIALOG (window->data))
      return window->data;
  return NULL;
}

static void
removing_says_what_is_lost (World *w, gconstpointer unused)
{
  GtkWidget *question;

  show (w, gm_accounts_view_new (w->account));
  import_key (w);
  gtk_widget_activate_action (row (w, 0), "account.remove", NULL); /* of the words: not possible */
  ui_settle ();
  g_assert_null (find_question ());

  gtk_widget_activate_action (row (w, 1), "account.remove", NULL);
  ui_settle ();
  question = find_question ();
  g_assert_nonnull (question);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (question)), ==,
                   "Remove “Old <b>wallet”?");
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (question)), "lost forever"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  wait (w);
  g_assert_cmpuint (count (w), ==, 2);

  gtk_widget_activate_action (row (w, 1), "account.remove", NULL);
  ui_settle ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "yes");
  wait (w);
  g_assert_cmpuint (count (w), ==, 1);
  g_assert_null (row (w, 1));
}

static void
accounts_are_derived (World *w, gconstpointer unused)
{
  show (w, gm_add_account_new (w->accounts));
  choose (w, DERIVE);
  type (w, "Name, if you like", "Savings");
  buyer_press (w->view, "Add");
  wait (w);
  g_assert_cmpuint (count (w), ==, 2);
  g_assert_cmpstr (gm_wallet_account_get_name (at (w, 1)), ==, "Savings");
  assert_asked (w, "toast The account was added; ");
}

static void
what_was_typed_stays_when_it_is_wrong (World *w, gconstpointer unused)
{
  static const struct
  {
    int way;
    const char *title, *typed, *complaint;
  } wrong[] = {
    { IMPORT_KEY, "Private key", "0x1234", "A private key has 64 digits from 0 to 9 and a to f." },
    { IMPORT_KEY, "Private key", KEY, "This account is in the wallet already." },
    { WATCH, "Address", WRONG, "A character of this address was changed: its checksum is wrong." },
    { WATCH, "Address", FIRST, "This account is in the wallet already." },
  };

  show (w, gm_add_account_new (w->accounts));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      choose (w, wrong[i].way);
      type (w, wrong[i].title, "");
      g_assert_false (buyer_may_press (w->view, "Add"));
      type (w, wrong[i].title, wrong[i].typed);
      type (w, "Name, if you like", "Mine");
      buyer_press (w->view, "Add");
      wait (w);
      assert_complains (w, wrong[i].complaint);
      g_assert_cmpstr (gtk_editable_get_text (field (w, wrong[i].title)), ==, wrong[i].typed);
      g_assert_cmpstr (gtk_editable_get_text (field (w, "Name, if you like")), ==, "Mine");
      buyer_press (w->view, "Back");
      ui_wait (is_still, w->view);
    }
  g_assert_cmpuint (count (w), ==, 1);
  choose (w, IMPORT_KEY); /* who went back left no key behind */
  g_assert_cmpstr (gtk_editable_get_text (field (w, "Private key")), ==, "");
  assert_asked (w, "");
}

static void
a_wallet_that_locked_itself_is_unlocked_first (World *w, gconstpointer unused)
{
  show (w, gm_add_account_new (w->accounts));
  choose (w, IMPORT_KEY);
  type (w, "Private key", OTHER);
  gm_account_lock (w->account);
  buyer_press (w->view, "Add");
  wait (w);
  assert_complains (w, "The wallet is locked.");
  assert_asked (w, "unlock; ");
  g_assert_cmpstr (gtk_editable_get_text (field (w, "Private key")), ==, OTHER);
}

static GFile *
file_in (World *w, const char *name)
{
  g_autofree char *path = g_build_filename (w->scene->folder, name, NULL);

  return g_file_new_for_path (path);
}

/* A keystore file of the vectors that costs nothing to open. */
static void
write_small (const char *path)
{
  g_autofree char *vectors = g_test_build_filename (G_TEST_DIST, "vectors", "v3-keystores.json",
                                                    NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *small;

  g_assert_true (json_parser_load_from_file (parser, vectors, NULL));
  small = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "cases"),
      SMALL_FILE);
  text = json_to_string (json_object_get_member (small, "json"), FALSE);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
a_keystore_file_asks_for_its_password (World *w, gconstpointer unused)
{
  g_autoptr (GFile) file = file_in (w, "UTC--key");

  write_small (g_file_peek_path (file));
  show (w, gm_add_account_new (w->accounts));
  choose (w, IMPORT_FILE);
  type (w, "Password of the file", "wrong horse");
  g_assert_false (buyer_may_press (w->view, "Add"));
  gm_add_account_set_file (GM_ADD_ACCOUNT (w->view), file);
  ui_settle ();
  g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL, "UTC--key"));
  buyer_press (w->view, "Add");
  wait (w);
  assert_complains (w, "That is not the password.");
  g_assert_nonnull (buyer_find (w->view, GTK_TYPE_LABEL, "UTC--key"));
  g_assert_cmpstr (gtk_editable_get_text (field (w, "Password of the file")), ==, "wrong horse");
  type (w, "Password of the file", "correct horse");
  buyer_press (w->view, "Add");
  wait (w);
  g_assert_cmpuint (count (w), ==, 2);
}

/* Somewhere that has no path here. */
static void
places_far_away_are_refused (World *w, gconstpointer unused)
{
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://music.example/key.json");

  show (w, gm_add_account_new (w->accounts));
  choose (w, IMPORT_FILE);
  type (w, "Password of the file", "correct horse");
  gm_add_account_set_file (GM_ADD_ACCOUNT (w->view), far);
  ui_settle ();
  assert_complains (w, "Choose a file of this computer.");
  g_assert_false (buyer_may_press (w->view, "Add"));
}

static void
nothing_is_saved_far_away (World *w, gconstpointer unused)
{
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://music.example/key.json");

  show (w, gm_export_account_new (w->account, at (w, 0), GM_EXPORT_FILE));
  type (w, "Password of the wallet", PASSWORD);
  type (w, "New password", "staple battery horse");
  type (w, "The same again", "staple battery horse");
  gm_export_account_save (GM_EXPORT_ACCOUNT (w->view), far);
  ui_settle ();
  assert_complains (w, "Choose a folder of this computer.");
  assert_asked (w, "");
}

static void
names_are_changed (World *w, gconstpointer unused)
{
  g_autofree char *endless = g_strnfill (81, 'n');

  show (w, gm_rename_account_new (w->accounts, at (w, 0)));
  g_assert_cmpstr (gtk_editable_get_text (field (w, "Name")), ==, "Main account");
  type (w, "Name", "");
  g_assert_false (buyer_may_press (w->view, "Rename"));
  type (w, "Name", endless);
  buyer_press (w->view, "Rename");
  wait (w);
  assert_complains (w, "A name has 1 to 80 characters.");
  g_assert_cmpstr (gtk_editable_get_text (field (w, "Name")), ==, endless);
  type (w, "Name", "Mine");
  buyer_press (w->view, "Rename");
  wait (w);
  g_assert_cmpstr (gm_wallet_account_get_name (at (w, 0)), ==, "Mine");
}

static void
type_password (World *w, const char *password)
{
  type (w, "Password of the wallet", password);
  buyer_press (w->view, "Continue");
  wait (w);
  ui_wait (is_still, w->view);
}

static void
on_text (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("");
}

static gboolean
is_text (gpointer data)
{
  return *(char **) data != NULL;
}

static gboolean
is_cleared (gpointer clipboard)
{
  return gdk_clipboard_get_content (clipboard) == NULL;
}

static void
assert_copied (World *w, const char *wanted)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (w->view);
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (w->view);
  GdkContentFormats *storable;
  g_autofree char *text = NULL;

  buyer_press (w->view, "Copy");
  g_assert_null (gdk_clipboard_get_content (primary));
  storable = gdk_content_provider_ref_storable_formats (gdk_clipboard_get_content (clipboard));
  g_assert_false (gdk_content_formats_contain_mime_type (storable, "text/plain;charset=utf-8"));
  gdk_content_formats_unref (storable);
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &text);
  ui_wait (is_text, &text);
  g_assert_cmpstr (text, ==, wanted);
}

static void
a_key_is_hidden_until_it_is_shown (World *w, gconstpointer unused)
{
  GtkWidget *label;

  show (w, gm_export_account_new (w->account, at (w, 0), GM_EXPORT_KEY));
  g_assert_false (buyer_may_press (w->view, "Continue"));
  type_password (w, "correct horse batterx");
  assert_complains (w, "This is not the password of the wallet.");
  type_password (w, PASSWORD);
  ui_assert_named (w->view);
  g_assert_null (ui_find (w->view, GTK_TYPE_LABEL, KEY));
  buyer_press (w->view, "Show");
  label = buyer_find (w->view, GTK_TYPE_LABEL, KEY);
  g_assert_nonnull (label);
  g_assert_false (gtk_label_get_selectable (GTK_LABEL (label)));
  buyer_press (w->view, "Hide");
  g_assert_null (ui_find (w->view, GTK_TYPE_LABEL, KEY));
  gm_secret_clipboard_set_delay_for_test (60 * 1000);
  assert_copied (w, KEY);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (w->view), "");
}

static guint
count_labels (GtkWidget *root, const char *text)
{
  guint n = GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);
  return n;
}

static void
words_are_shown_for_the_password_alone (World *w, gconstpointer unused)
{
  show (w, gm_export_account_new (w->account, NULL, GM_EXPORT_WORDS));
  type_password (w, PASSWORD);
  g_assert_cmpuint (count_labels (w->view, DOTS), ==, 12);
  g_assert_cmpuint (count_labels (w->view, "test"), ==, 0);
  buyer_press (w->view, "Show");
  g_assert_cmpuint (count_labels (w->view, "test"), ==, 11);
  g_assert_cmpuint (count_labels (w->view, "junk"), ==, 1);
}

/* Also when the dialog is gone; and what somebody else copied stays. */
static void
the_clipboard_forgets (World *w, gconstpointer unused)
{
  GdkClipboard *clipboard;
  g_autoptr (GmSecret) secret = gm_secret_new_text ("secret");

  show (w, gm_export_account_new (w->account, at (w, 0), GM_EXPORT_KEY));
  clipboard = gtk_widget_get_clipboard (w->view);
  gm_secret_clipboard_set_delay_for_test (1);
  type_password (w, PASSWORD);
  buyer_press (w->view, "Copy");
  buyer_close (w->window, w->view);
  ui_wait (is_cleared, clipboard);

  gm_secret_clipboard_copy (clipboard, secret);
  gdk_clipboard_set_text (clipboard, "of somebody else");
  show (w, gm_accounts_view_new (w->account));
  g_assert_false (is_cleared (clipboard));
}

static gboolean
is_there (gpointer file)
{
  return g_file_query_exists (file, NULL);
}

static void
a_file_is_saved_for_its_own_password (World *w, gconstpointer unused)
{
  g_autoptr (GFile) file = file_in (w, "saved.json");
  g_autoptr (GmV3Keystore) saved = NULL;

  show (w, gm_export_account_new (w->account, at (w, 0), GM_EXPORT_FILE));
  type (w, "Password of the wallet", "correct horse batterx");
  g_assert_false (buyer_may_press (w->view, "Save…"));
  type (w, "New password", "staple battery horse");
  type (w, "The same again", "staple battery horse");
  g_assert_true (buyer_may_press (w->view, "Save…"));
  gm_export_account_save (GM_EXPORT_ACCOUNT (w->view), file);
  wait (w);
  g_assert_false (is_there (file));
  g_assert_cmpstr (gtk_editable_get_text (field (w, "New password")), ==, "staple battery horse");

  type (w, "Password of the wallet", PASSWORD);
  gm_export_account_save (GM_EXPORT_ACCOUNT (w->view), file);
  ui_wait (is_there, file);
  wait (w);
  assert_asked (w, "toast The file was saved; ");
  saved = gm_v3_keystore_load (g_file_peek_path (file), NULL);
  g_assert_nonnull (saved);
}

#define ADD(name, test) g_test_add (name, World, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/accounts-view/the-list-is-there-locked-or-not", the_list_is_there_locked_or_not);
  ADD ("/accounts-view/removing-says-what-is-lost", removing_says_what_is_lost);
  ADD ("/accounts-view/accounts-are-derived", accounts_are_derived);
  ADD ("/accounts-view/what-was-typed-stays-when-it-is-wrong",
       what_was_typed_stays_when_it_is_wrong);
  ADD ("/accounts-view/a-wallet-that-locked-itself-is-unlocked-first",
       a_wallet_that_locked_itself_is_unlocked_first);
  ADD ("/accounts-view/a-keystore-file-asks-for-its-password",
       a_keystore_file_asks_for_its_password);
  ADD ("/accounts-view/names-are-changed", names_are_changed);
  ADD ("/accounts-view/a-key-is-hidden-until-it-is-shown", a_key_is_hidden_until_it_is_shown);
  ADD ("/accounts-view/words-are-shown-for-the-password-alone",
       words_are_shown_for_the_password_alone);
  ADD ("/accounts-view/the-clipboard-forgets", the_clipboard_forgets);
  ADD ("/accounts-view/places-far-away-are-refused", places_far_away_are_refused);
  ADD ("/accounts-view/nothing-is-saved-far-away", nothing_is_saved_far_away);
  ADD ("/accounts-view/a-file-is-saved-for-its-own-password", a_file_is_saved_for_its_own_password);
  return g_test_run ();
}
