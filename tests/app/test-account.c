/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account.h"

#include "base/error.h"
#include "session-scene.h"
#include "vault/sealed.h"

#define PASSWORD "correct horse battery"

/* What the last verb answered. */
typedef struct
{
  GObject *owner;
  gboolean answered;
  gboolean good;
  int code;
} Answer;

static Answer answer;

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  g_assert_true (owner == answer.owner);
  answer.answered = TRUE;
  answer.good = result != NULL;
  answer.code = error != NULL ? error->code : -1;
}

static gboolean
is_answered (gpointer unused)
{
  return answer.answered;
}

static Answer
ask (void)
{
  g_clear_object (&answer.owner);
  answer = (Answer){ .owner = g_object_new (G_TYPE_OBJECT, NULL) };
  return answer;
}

static void
create (GmAccount *account)
{
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text (PASSWORD);

  ask ();
  gm_account_create (account, words, password, answer.owner, on_done);
  session_scene_wait (is_answered, NULL);
  g_assert_true (answer.good);
}

static void
unlock (GmAccount *account, const char *text)
{
  g_autoptr (GmSecret) password = gm_secret_new_text (text);

  ask ();
  gm_account_unlock (account, password, answer.owner, on_done);
  session_scene_wait (is_answered, NULL);
}

static void
change (GmAccount *account, const char *from, const char *to)
{
  g_autoptr (GmSecret) old = gm_secret_new_text (from);
  g_autoptr (GmSecret) next = gm_secret_new_text (to);

  ask ();
  gm_account_change_password (account, old, next, answer.owner, on_done);
  session_scene_wait (is_answered, NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_life (void)
{
  SessionScene *scene = session_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);
  guint unlocked = 0, locked = 0, wallet = 0;
  GmAddress address;

  g_signal_connect_swapped (account, "unlocked", G_CALLBACK (count), &unlocked);
  g_signal_connect_swapped (account, "notify::locked", G_CALLBACK (count), &locked);
  g_signal_connect_swapped (account, "notify::has-wallet", G_CALLBACK (count), &wallet);
  g_assert_false (gm_account_has_wallet (account));
  g_assert_true (gm_account_is_locked (account));
  g_assert_null (gm_account_get_address (account));
  g_assert_false (gm_account_dup_main (account, &address));

  create (account);
  g_assert_cmpuint (unlocked, ==, 1);
  g_assert_cmpuint (locked, ==, 1);
  g_assert_cmpuint (wallet, ==, 1);

  gm_account_lock (account);
  g_assert_true (gm_account_is_locked (account));
  g_assert_nonnull (gm_account_get_address (account)); /* everybody may see it */
  g_assert_true (gm_account_dup_main (account, &address));
  unlock (account, PASSWORD);
  g_assert_cmpuint (unlocked, ==, 2);
  g_assert_cmpuint (locked, ==, 3);
  session_scene_free (scene);
}

static void
test_wrong (void)
{
  SessionScene *scene = session_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);
  g_autoptr (GError) error = NULL;

  create (account);
  gm_account_lock (account);
  unlock (account, "correct horse batterx");
  g_assert_false (answer.good);
  g_assert_cmpint (answer.code, ==, GM_ERROR_DENIED);
  g_assert_true (gm_account_is_locked (account));
  g_assert_null (gm_account_signer_new (account, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  unlock (account, PASSWORD);
  g_assert_true (answer.good);
  session_scene_free (scene);
}

static void
test_password (void)
{
  SessionScene *scene = session_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);
  g_autofree char *before = NULL;

  create (account);
  before = g_strdup (gm_account_get_address (account));
  change (account, "not this one", "another password");
  g_assert_cmpint (answer.code, ==, GM_ERROR_DENIED);
  change (account, PASSWORD, "another password");
  g_assert_true (answer.good);

  gm_account_lock (account);
  unlock (account, PASSWORD);
  g_assert_false (answer.good);
  unlock (account, "another password");
  g_assert_true (answer.good);
  g_assert_cmpstr (gm_account_get_address (account), ==, before);
  session_scene_free (scene);
}

/* A dialog that closes does not take back a wallet that is being written. */
static void
test_left (void)
{
  SessionScene *scene = session_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text (PASSWORD);
  gboolean busy;

  ask ();
  gm_account_create (account, words, password, answer.owner, on_done);
  g_clear_object (&answer.owner);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (account, "busy", &busy, NULL);
    }
  while (busy);
  g_assert_false (answer.answered);
  g_assert_true (gm_account_has_wallet (account));
  session_scene_free (scene);
}

int
main (int argc, char **argv)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };
  int result;

  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/account/a-wallet-is-made-locked-and-unlocked", test_life);
  g_test_add_func ("/account/a-wrong-password-keeps-it-locked", test_wrong);
  g_test_add_func ("/account/a-new-password-opens-the-same-wallet", test_password);
  g_test_add_func ("/account/a-wallet-is-made-though-its-screen-closed", test_left);
  result = g_test_run ();
  g_clear_object (&answer.owner);
  return result;
}
