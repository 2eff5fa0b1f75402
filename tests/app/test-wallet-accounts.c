/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-accounts.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "app/wallet-export.h"
#include "base/error.h"
#include "session-scene.h"
#include "vault/sealed.h"
#include "vault/v3-keystore.h"

#define PASSWORD   "correct horse battery"
#define WORDS      "test test test test test test test test test test test junk"
#define FIRST      "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
#define SECOND     "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
#define FIRST_KEY  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
#define KEY        "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
#define KEY_OWNER  "0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b"
#define OTHER      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
#define SMALL_FILE 2 /* in the vectors: scrypt that costs nothing, with an address */

typedef struct
{
  SessionScene *scene;
  GmAccount *account;
  GmWalletAccounts *accounts;
  GmSecret *password;
  guint changes; /* of the list */
  gboolean answered;
  GError *error;
  GmSecret *got; /* (nullable) */
} World;

static void
on_items (World *w)
{
  w->changes++;
}

/* What the verbs answer, to the object that asks. */
static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  World *w = g_object_get_data (owner, "world");

  g_assert_true ((result == NULL) == (error != NULL));
  w->answered = TRUE;
  w->error = error != NULL ? g_error_copy (error) : NULL;
  if (result != NULL && result != GM_WORKER_OK)
    w->got = gm_secret_ref (result);
}

static gboolean
is_answered (gpointer w)
{
  return ((World *) w)->answered;
}

/* For the argument list of a verb: forgets the answer before. */
static GObject *
asker (World *w)
{
  w->answered = FALSE;
  g_clear_error (&w->error);
  g_clear_pointer (&w->got, gm_secret_unref);
  g_object_set_data (G_OBJECT (w->scene->settings), "world", w);
  return G_OBJECT (w->scene->settings);
}

static void
expect_good (World *w)
{
  session_scene_wait (is_answered, w);
  g_assert_no_error (w->error);
}

static void
expect_wrong (World *w, GmErrorCode code, const char *words)
{
  session_scene_wait (is_answered, w);
  g_assert_error (w->error, GM_ERROR, (int) code);
  if (strstr (w->error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", w->error->message, words);
}

static void
set_up (World *w, gconstpointer unused)
{
  g_autoptr (GmSecret) words = gm_secret_new_text (WORDS);

  *w = (World){ .scene = session_scene_new () };
  w->account = gm_session_get_account (w->scene->session);
  w->accounts = gm_wallet_accounts_new (w->account);
  w->password = gm_secret_new_text (PASSWORD);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (w->accounts)), ==, 0);
  g_signal_connect_swapped (w->accounts, "items-changed", G_CALLBACK (on_items), w);
  gm_account_create (w->account, words, w->password, asker (w), on_done);
  expect_good (w);
}

static void
tear_down (World *w, gconstpointer unused)
{
  asker (w);
  g_assert_finalize_object (w->accounts);
  gm_secret_unref (w->password);
  session_scene_free (w->scene);
}

static GmWalletAccount *
at (World *w, guint i)
{
  g_autoptr (GmWalletAccount) item = g_list_model_get_item (G_LIST_MODEL (w->accounts), i);

  return item; /* the list has it */
}

static void
assert_is (World *w, guint i, const char *address, const char *name, GmWalletKind kind)
{
  g_assert_nonnull (at (w, i));
  g_assert_cmpstr (gm_wallet_account_get_text (at (w, i)), ==, address);
  g_assert_cmpstr (gm_wallet_account_get_name (at (w, i)), ==, name);
  g_assert_cmpint (gm_wallet_account_get_kind (at (w, i)), ==, kind);
  g_assert_cmpint (gm_wallet_account_is_main (at (w, i)), ==, i == 0);
}

static guint
count (World *w)
{
  return g_list_model_get_n_items (G_LIST_MODEL (w->accounts));
}

static void
import_key (World *w, const char *typed)
{
  g_autoptr (GmSecret) key = gm_secret_new_text (typed);

  gm_wallet_accounts_import_key (w->accounts, key, "Old wallet", asker (w), on_done);
}

static void
the_list_grows_and_stays_the_same (World *w, gconstpointer unused)
{
  GmWalletAccount *first = at (w, 0);

  assert_is (w, 0, FIRST, "Main account", GM_WALLET_DERIVED);
  g_assert_cmpuint (w->changes, ==, 1);
  gm_wallet_accounts_derive (w->accounts, "", asker (w), on_done);
  expect_good (w);
  assert_is (w, 1, SECOND, "Account 2", GM_WALLET_DERIVED);
  import_key (w, " " KEY "\n");
  expect_good (w);
  assert_is (w, 2, KEY_OWNER, "Old wallet", GM_WALLET_IMPORTED);
  gm_wallet_accounts_watch (w->accounts, " " OTHER, "Savings", asker (w), on_done);
  expect_good (w);
  assert_is (w, 3, OTHER, "Savings", GM_WALLET_WATCHED);
  g_assert_true (at (w, 0) == first);
  g_assert_cmpuint (w->changes, ==, 4);

  gm_account_lock (w->account);
  g_assert_cmpuint (count (w), ==, 4);
  gm_account_unlock (w->account, w->password, asker (w), on_done);
  expect_good (w);
  g_assert_cmpuint (w->changes, ==, 4); /* nothing new */
}

static void
what_cannot_be_added_says_why (World *w, gconstpointer unused)
{
  static const struct
  {
    const char *address, *words;
  } wrong[] = {
    { "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "its checksum is wrong" },
    { "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAec", "its checksum is wrong" },
    { "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "40 digits" },
    { "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "40 digits" },
    { "", "40 digits" },
    { "mira.eth", "Names are not looked up" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gm_wallet_accounts_watch (w->accounts, wrong[i].address, NULL, asker (w), on_done);
      expect_wrong (w, GM_ERROR_BAD_DATA, wrong[i].words);
    }
  import_key (w, "0x1234");
  expect_wrong (w, GM_ERROR_BAD_DATA, "64 digits");
  import_key (w, "0x0000000000000000000000000000000000000000000000000000000000000000");
  expect_wrong (w, GM_ERROR_BAD_DATA, "");
  import_key (w, FIRST_KEY);
  expect_wrong (w, GM_ERROR_CONFLICT, "already");
  gm_wallet_accounts_watch (w->accounts, FIRST, NULL, asker (w), on_done);
  expect_wrong (w, GM_ERROR_CONFLICT, "already");
  gm_wallet_accounts_derive (w->accounts, "two\nlines", asker (w), on_done);
  expect_wrong (w, GM_ERROR_BAD_DATA, "control character");
  g_assert_cmpuint (count (w), ==, 1);
  g_assert_cmpuint (w->changes, ==, 1);
}

static void
nothing_is_done_while_locked (World *w, gconstpointer unused)
{
  gm_account_lock (w->account);
  gm_wallet_accounts_derive (w->accounts, NULL, asker (w), on_done);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  import_key (w, KEY);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  gm_wallet_accounts_import_file (w->accounts, "/nonexistent", w->password, NULL, asker (w),
                                  on_done);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  gm_wallet_accounts_watch (w->accounts, OTHER, NULL, asker (w), on_done);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  gm_wallet_accounts_rename (w->accounts, at (w, 0), "Mine", asker (w), on_done);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  gm_wallet_accounts_remove (w->accounts, at (w, 0), asker (w), on_done);
  expect_wrong (w, GM_ERROR_LOCKED, "");
  g_assert_cmpuint (count (w), ==, 1);
}

static void
on_name (guint *n)
{
  (*n)++;
}

static void
names_change_and_accounts_go (World *w, gconstpointer unused)
{
  guint named = 0;

  import_key (w, KEY);
  expect_good (w);
  g_signal_connect_swapped (at (w, 1), "notify::name", G_CALLBACK (on_name), &named);
  gm_wallet_accounts_rename (w->accounts, at (w, 1), "Vinyl money", asker (w), on_done);
  expect_good (w);
  g_assert_cmpuint (named, ==, 1);
  assert_is (w, 1, KEY_OWNER, "Vinyl money", GM_WALLET_IMPORTED);
  g_assert_cmpuint (w->changes, ==, 2);

  gm_wallet_accounts_remove (w->accounts, at (w, 0), asker (w), on_done);
  expect_wrong (w, GM_ERROR_DENIED, "recovery words");
  gm_wallet_accounts_remove (w->accounts, at (w, 1), asker (w), on_done);
  expect_good (w);
  g_assert_cmpuint (count (w), ==, 1);
  g_assert_cmpuint (w->changes, ==, 3);
}

/* A keystore file of the vectors, with @from in it changed to @to. */
static char *
write_file (World *w, const char *from, const char *to)
{
  g_autofree char *vectors = g_test_build_filename (G_TEST_DIST, "vectors", "v3-keystores.json",
                                                    NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) pieces = NULL;
  JsonArray *cases;
  char *path = g_build_filename (w->scene->folder, "other.json", NULL);

  g_assert_true (json_parser_load_from_file (parser, vectors, NULL));
  cases = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                        "cases");
  text = json_to_string (
      json_object_get_member (json_array_get_object_element (cases, SMALL_FILE), "json"), FALSE);
  pieces = g_strsplit (text, from, 2);
  changed = g_strjoinv (to, pieces);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  return path;
}

static void
import_file (World *w, const char *path, const char *password)
{
  g_autoptr (GmSecret) secret = gm_secret_new_text (password);

  gm_wallet_accounts_import_file (w->accounts, path, secret, "From a file", asker (w), on_done);
}

static void
files_of_other_wallets_come_in (World *w, gconstpointer unused)
{
  g_autofree char *good = write_file (w, "\"n\":16", "\"n\":16");
  g_autofree char *huge = NULL;
  g_autofree char *spaces = g_strnfill (GM_V3_KEYSTORE_MAX_BYTES + 1, ' ');

  import_file (w, good, "wrong horse");
  expect_wrong (w, GM_ERROR_DENIED, "not the password");
  g_assert_cmpuint (count (w), ==, 1);
  import_file (w, good, "correct horse");
  expect_good (w);
  g_assert_cmpuint (count (w), ==, 2);
  g_assert_cmpint (gm_wallet_account_get_kind (at (w, 1)), ==, GM_WALLET_IMPORTED);
  import_file (w, good, "correct horse");
  expect_wrong (w, GM_ERROR_CONFLICT, "already");

  huge = write_file (w, "\"n\":16", "\"n\":67108864");
  import_file (w, huge, "correct horse");
  expect_wrong (w, GM_ERROR_BAD_DATA, "asks for 64.0\u00a0GiB of memory");
  g_assert_true (g_file_set_contents (huge, spaces, -1, NULL));
  import_file (w, huge, "correct horse");
  expect_wrong (w, GM_ERROR_BAD_DATA, "");
  g_assert_true (g_file_set_contents (huge, "{\"version\":3", -1, NULL));
  import_file (w, huge, "correct horse");
  expect_wrong (w, GM_ERROR_BAD_DATA, "not a keystore of another wallet");
  g_assert_cmpint (g_remove (huge), ==, 0);
  import_file (w, huge, "correct horse");
  expect_wrong (w, GM_ERROR_NOT_FOUND, "other.json");
  g_assert_cmpuint (count (w), ==, 2);
}

static void
assert_got (World *w, const char *text)
{
  g_autoptr (GmSecret) wanted = gm_secret_new_text (text);

  expect_good (w);
  g_assert_true (gm_secret_equal (w->got, wanted));
}

static void
secrets_leave_for_the_password (World *w, gconstpointer unused)
{
  g_autoptr (GmSecret) wrong = gm_secret_new_text ("correct horse batterx");

  gm_wallet_accounts_watch (w->accounts, OTHER, NULL, asker (w), on_done);
  expect_good (w);
  gm_wallet_export_key (w->account, at (w, 0), wrong, asker (w), on_done);
  expect_wrong (w, GM_ERROR_DENIED, "password"); /* though it is unlocked */
  g_assert_null (w->got);
  gm_wallet_export_words (w->account, wrong, asker (w), on_done);
  expect_wrong (w, GM_ERROR_DENIED, "password");
  g_assert_null (w->got);
  gm_wallet_export_key (w->account, at (w, 1), w->password, asker (w), on_done);
  expect_wrong (w, GM_ERROR_DENIED, "");

  gm_account_lock (w->account);
  gm_wallet_export_key (w->account, at (w, 0), w->password, asker (w), on_done);
  assert_got (w, FIRST_KEY);
  g_assert_false (gm_account_is_locked (w->account));
  gm_wallet_export_words (w->account, w->password, asker (w), on_done);
  assert_got (w, WORDS);
}

static void
a_file_is_written_for_its_own_password (World *w, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (w->scene->folder, "exported.json", NULL);
  g_autoptr (GmSecret) next = gm_secret_new_text ("another password");
  g_autoptr (GmV3Keystore) file = NULL;
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GError) error = NULL;
  GmWalletExportFile ask = { .path = path, .password = next, .file_password = next };
  GStatBuf about;

  gm_wallet_export_file (w->account, at (w, 0), &ask, asker (w), on_done);
  expect_wrong (w, GM_ERROR_DENIED, "password");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  ask.password = w->password;
  gm_wallet_export_file (w->account, at (w, 0), &ask, asker (w), on_done);
  expect_good (w);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  file = gm_v3_keystore_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (gm_address_equal (&file->address, gm_wallet_account_get_address (at (w, 0))));
  key = gm_v3_keystore_open (file, next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gm_secret_length (key), ==, 32);

  ask.path = "/nonexistent/folder/file.json";
  gm_wallet_export_file (w->account, at (w, 0), &ask, asker (w), on_done);
  expect_wrong (w, GM_ERROR_NOT_FOUND, "");
}

#define ADD(name, test) g_test_add (name, World, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/wallet-accounts/the-list-grows-and-stays-the-same", the_list_grows_and_stays_the_same);
  ADD ("/wallet-accounts/what-cannot-be-added-says-why", what_cannot_be_added_says_why);
  ADD ("/wallet-accounts/nothing-is-done-while-locked", nothing_is_done_while_locked);
  ADD ("/wallet-accounts/names-change-and-accounts-go", names_change_and_accounts_go);
  ADD ("/wallet-accounts/files-of-other-wallets-come-in", files_of_other_wallets_come_in);
  ADD ("/wallet-accounts/secrets-leave-for-the-password", secrets_leave_for_the_password);
  ADD ("/wallet-accounts/a-file-is-written-for-its-own-password",
       a_file_is_written_for_its_own_password);
  return g_test_run ();
}
