/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/signing-desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/account-core.h"
#include "app/wallet-accounts.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/worker.h"
#include "licenses/key-request.h"
#include "payments/order.h"
#include "session-scene.h"
#include "vault/sealed.h"

#define CHAIN G_GUINT64_CONSTANT (4294967297)

static const GmDescriptor store = { .name = (char *) "Corner Shop",
                                    .chain_id = CHAIN,
                                    .issuer = { { 3 } } };

typedef struct
{
  char *folder;
  GmWorker *vault;
  GmWorker *signing; /* two threads */
  GmAccount *account;
  GmSigningDesk *desk;
  GString *heard;  /* the reviews, as signals told them */
  GPtrArray *open; /* of GmReview, those not settled */
  guint n_answered;
  guint n_good;
  int code; /* of the last that failed */
} Scene;

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

static void
set_up (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("gotmusic-desk-XXXXXX", NULL);
  path = g_build_filename (self->folder, "keystore.json", NULL);
  self->vault = gm_worker_new ("vault", 1);
  self->signing = gm_worker_new ("signing", 2);
  self->account = gm_account_new (self->vault, path, NULL);
  self->desk = gm_signing_desk_new (self->account);
  self->heard = g_string_new (NULL);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  gm_signing_desk_set_store (self->desk, &store, "http://127.0.0.1:1");
  gm_account_create (self->account, words, password, G_OBJECT (self->desk), created);
  session_scene_wait (is_unlocked, self->account);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "keystore.json", NULL);

  gm_worker_free (self->signing);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (self->open);
  g_assert_finalize_object (self->desk);
  gm_worker_free (self->vault);
  g_assert_finalize_object (self->account);
  g_string_free (self->heard, TRUE);
  g_unlink (path);
  g_rmdir (self->folder);
  g_free (self->folder);
}

/* What one thread wants signed. */
typedef struct
{
  GmSigner *signer;
  GmSignable what;
  GmSigningPurpose purpose;
} Wish;

static gpointer
sign (gpointer input, GCancellable *cancellable, GError **error)
{
  Wish *wish = input;
  GmSignature signature;
  GmHash digest;

  wish->purpose.cancellable = cancellable;
  gm_signing_desk_signer_set_purpose (wish->signer, &wish->purpose);
  if (!wish->signer->sign (wish->signer, &wish->what, &signature, error))
    return NULL;
  g_assert_true (gm_signable_digest (&wish->what, &digest, NULL));
  g_assert_true (gm_signature_verify (&signature, &digest, &wish->signer->address, NULL));
  return GM_WORKER_OK;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  gm_signing_desk_signer_free (wish->signer);
  g_free (wish);
}

static void
answered (gpointer owner, gpointer result, const GError *error)
{
  Scene *self = g_object_get_data (owner, "scene");

  self->n_answered++;
  self->n_good += result != NULL;
  if (error != NULL)
    self->code = error->code;
}

static GCancellable *
wish_for (Scene *self, GmSignable what)
{
  g_autoptr (GError) error = NULL;
  Wish *wish = g_new0 (Wish, 1);

  wish->signer = gm_signing_desk_signer_new (self->desk, &error);
  g_assert_no_error (error);
  wish->what = what;
  g_object_set_data (G_OBJECT (self->desk), "scene", self);
  return gm_worker_run (self->signing, &(GmCall){ .owner = G_OBJECT (self->desk),
                                                  .work = sign,
                                                  .input = wish,
                                                  .free_input = wish_free,
                                                  .done = answered });
}

static GCancellable *
wish_for_text (Scene *self, const char *text)
{
  return wish_for (self, (GmSignable){ GM_SIGNABLE_TEXT, .text = text });
}

static gboolean
is_quiet (gpointer scene)
{
  Scene *self = scene;

  return gm_worker_backlog (self->signing) == 0 && self->open->len == 0;
}

static gboolean
is_asked (gpointer scene)
{
  return ((Scene *) scene)->open->len > 0;
}

static void
settle (Scene *self, guint n_answered)
{
  session_scene_wait (is_quiet, self);
  while (self->n_answered < n_answered)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_answered, ==, n_answered);
}

static void
on_review (Scene *self, GmReview *review)
{
  g_ptr_array_add (self->open, g_object_ref (review));
  g_string_append (self->heard, "?");
}

static void
on_settled (Scene *self, GmReview *review)
{
  g_assert_true (g_ptr_array_remove (self->open, review));
  g_string_append (self->heard, ".");
}

static void
listen (Scene *self)
{
  g_signal_connect_swapped (self->desk, "review", G_CALLBACK (on_review), self);
  g_signal_connect_swapped (self->desk, "settled", G_CALLBACK (on_settled), self);
}

static void
answer (Scene *self, gboolean yes)
{
  session_scene_wait (is_asked, self);
  gm_signing_desk_answer (self->desk, self->open->pdata[0], yes);
}

static void
a_yes_signs (Scene *self, gconstpointer unused)
{
  listen (self);
  wish_for_text (self, "hello");
  answer (self, TRUE);
  gm_signing_desk_answer (self->desk, self->open->pdata[0], FALSE); /* the first answer counts */
  settle (self, 1);
  g_assert_cmpuint (self->n_good, ==, 1);
  g_assert_cmpstr (self->heard->str, ==, "?.");
}

static void
a_no_does_not (Scene *self, gconstpointer unused)
{
  listen (self);
  wish_for_text (self, "hello");
  answer (self, FALSE);
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
}

static void
nobody_is_a_no (Scene *self, gconstpointer unused)
{
  wish_for_text (self, "hello");
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
}

static void
silence_is_a_no (Scene *self, gconstpointer unused)
{
  listen (self);
  gm_signing_desk_set_patience_for_test (self->desk, 50);
  wish_for_text (self, "hello");
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
  g_assert_cmpstr (self->heard->str, ==, "?.");
}

static void
locking_takes_it_back (Scene *self, gconstpointer unused)
{
  listen (self);
  wish_for_text (self, "hello");
  session_scene_wait (is_asked, self);
  gm_account_lock (self->account);
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_LOCKED);
  g_assert_null (gm_signing_desk_signer_new (self->desk, NULL));
}

static void
canceling_takes_it_back (Scene *self, gconstpointer unused)
{
  listen (self);
  g_cancellable_cancel (wish_for_text (self, "never asked"));
  settle (self, 1);
  g_assert_cmpstr (self->heard->str, ==, "");
  {
    GCancellable *cancellable = wish_for_text (self, "hello");

    session_scene_wait (is_asked, self);
    g_cancellable_cancel (cancellable);
  }
  settle (self, 2);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
  g_assert_cmpstr (self->heard->str, ==, "?.");
}

static void
closing_declines_all (Scene *self, gconstpointer unused)
{
  listen (self);
  wish_for_text (self, "one");
  wish_for_text (self, "two");
  session_scene_wait (is_asked, self);
  gm_signing_desk_close (self->desk);
  settle (self, 2);
  wish_for_text (self, "three");
  settle (self, 3);
  g_assert_cmpuint (self->n_good, ==, 0);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
}

static void
one_after_the_other (Scene *self, gconstpointer unused)
{
  listen (self);
  wish_for_text (self, "one");
  wish_for_text (self, "two");
  answer (self, TRUE);
  while (self->heard->len < 3) /* asked, settled, the next one is asked */
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->open->len, ==, 1);
  answer (self, FALSE);
  settle (self, 2);
  g_assert_cmpstr (self->heard->str, ==, "?.?.");
  g_assert_cmpuint (self->n_good, ==, 1);
}

/* Sign-in, order and session key, as a purchase does. */
static gpointer
buy (gpointer input, GCancellable *cancellable, GError **error)
{
  Wish *wish = input;
  const GmSigningPurpose purpose = { .title = "Tide", .currency = "USDC" };
  GmOrderTerms terms = { .chain_id = CHAIN,
                         .buyer = wish->signer->address,
                         .payer = wish->signer->address,
                         .amount_units = 5 };
  GmKeyDelegate delegate = { .session_key = { { 9 } } };
  g_autoptr (GmOrder) order = NULL;

  gm_signing_desk_signer_set_purpose (wish->signer, &purpose);
  gm_hash_random (&terms.salt);
  order = gm_order_new (&terms, "USDC", wish->signer, error);
  if (order == NULL)
    return NULL;
  gm_order_terms_id (&terms, &delegate.scope);
  delegate.expires_at = gm_clock_now_unix () + GM_KEY_DELEGATE_MAX_LIFE_S;
  return gm_key_delegate_sign (&delegate, CHAIN, &store.issuer, wish->signer, error) ? GM_WORKER_OK
                                                                                     : NULL;
}

static void
an_order_is_one_question (Scene *self, gconstpointer unused)
{
  Wish *wish = g_new0 (Wish, 1);

  listen (self);
  wish->signer = gm_signing_desk_signer_new (self->desk, NULL);
  g_object_set_data (G_OBJECT (self->desk), "scene", self);
  gm_worker_run (self->signing, &(GmCall){ .owner = G_OBJECT (self->desk),
                                           .work = buy,
                                           .input = wish,
                                           .free_input = wish_free,
                                           .done = answered });
  session_scene_wait (is_asked, self);
  g_assert_null (gm_review_get_danger (self->open->pdata[0]));
  g_assert_nonnull (strstr (gm_review_get_sentence (self->open->pdata[0]), "Tide"));
  answer (self, TRUE);
  settle (self, 1);
  g_assert_cmpuint (self->n_good, ==, 1);
  g_assert_cmpstr (self->heard->str, ==, "?.");
}

static gboolean
set_device (GmKeystore *keystore, GmSecret *master, gpointer key, GError **error)
{
  return gm_keystore_set_device (keystore, master, key, error);
}

/* As the keyring does. */
static void
open_by_device (Scene *self)
{
  GmVault *vault = gm_account_get_vault (self->account);
  g_autoptr (GmSecret) device = gm_secret_new_random (32);

  g_assert_true (gm_vault_use (vault, set_device, device, NULL));
  gm_vault_lock (vault);
  g_assert_true (gm_vault_unlock_device (vault, device, NULL));
}

static void
wish_for_payment (Scene *self, GmTx *tx, guint64 wei)
{
  tx->chain_id = CHAIN;
  tx->to = (GmAddress){ { 0xaa } };
  tx->gas = 21000;
  tx->value = gm_u256_from_u64 (wei);
  wish_for (self, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
}

static void
password_tried (gpointer owner, gpointer result, const GError *error)
{
  int *code = g_object_get_data (owner, "tried");

  *code = error != NULL ? error->code : -1;
}

static gboolean
is_tried (gpointer code)
{
  return *(int *) code != -2;
}

static int
say_yes (Scene *self, const char *text)
{
  g_autoptr (GmSecret) password = gm_secret_new_text (text);
  int code = -2;

  g_object_set_data (G_OBJECT (self->desk), "tried", &code);
  gm_signing_desk_answer_yes (self->desk, self->open->pdata[0], password, G_OBJECT (self->desk),
                              password_tried);
  session_scene_wait (is_tried, &code);
  return code;
}

static void
the_keyring_alone_pays_little (Scene *self, gconstpointer unused)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GmTx) empty = gm_tx_new (GM_TX_FEE_MARKET);

  listen (self);
  open_by_device (self);
  wish_for_payment (self, tx, 1);
  session_scene_wait (is_asked, self);
  g_assert_true (gm_signing_desk_needs_password (self->desk, self->open->pdata[0]));
  gm_signing_desk_answer (self->desk, self->open->pdata[0], TRUE); /* does nothing */
  g_assert_cmpint (say_yes (self, "wrong"), ==, GM_ERROR_DENIED);
  g_assert_cmpuint (self->n_answered, ==, 0);
  g_assert_true (gm_signing_desk_needs_password (self->desk, self->open->pdata[0]));
  g_assert_cmpint (say_yes (self, "correct horse battery"), ==, -1);
  settle (self, 1);
  g_assert_cmpuint (self->n_good, ==, 1);

  wish_for_payment (self, empty, 0);
  session_scene_wait (is_asked, self);
  g_assert_false (gm_signing_desk_needs_password (self->desk, self->open->pdata[0]));
  answer (self, TRUE);
  settle (self, 2);
  g_assert_cmpuint (self->n_good, ==, 2);
}

/* Declined while the password is tried: it stays so. */
static void
a_password_after_a_no_signs_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");
  int code = -2;

  listen (self);
  open_by_device (self);
  wish_for_payment (self, tx, 1);
  session_scene_wait (is_asked, self);
  g_object_set_data (G_OBJECT (self->desk), "tried", &code);
  gm_signing_desk_answer_yes (self->desk, self->open->pdata[0], password, G_OBJECT (self->desk),
                              password_tried);
  answer (self, FALSE);
  session_scene_wait (is_tried, &code);
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_DECLINED);
  g_assert_cmpuint (self->n_good, ==, 0);
}

static void
the_password_opened_it_all (Scene *self, gconstpointer unused)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);

  listen (self);
  wish_for_payment (self, tx, 1);
  session_scene_wait (is_asked, self);
  g_assert_false (gm_signing_desk_needs_password (self->desk, self->open->pdata[0]));
  answer (self, TRUE);
  settle (self, 1);
  g_assert_cmpuint (self->n_good, ==, 1);
}

static gpointer
order (gpointer input, GCancellable *cancellable, GError **error)
{
  Wish *wish = input;
  GmOrderTerms terms = { .chain_id = CHAIN,
                         .buyer = wish->signer->address,
                         .payer = wish->signer->address,
                         .amount_units = wish->what.text != NULL ? 50000001 : 50000000 };
  g_autoptr (GmOrder) signed_order = NULL;

  gm_hash_random (&terms.salt);
  wish->purpose = (GmSigningPurpose){ .title = "Tide", .currency = "USDC" };
  gm_signing_desk_signer_set_purpose (wish->signer, &wish->purpose);
  signed_order = gm_order_new (&terms, "USDC", wish->signer, error);
  return signed_order != NULL ? GM_WORKER_OK : NULL;
}

/* Test money counts like others: at the limit, and above it. */
static void
an_order_over_the_limit_needs_it (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSettings) settings = g_object_new (GM_TYPE_SETTINGS, NULL);

  listen (self);
  open_by_device (self);
  gm_signing_desk_follow (self->desk, settings);
  g_object_set_data (G_OBJECT (self->desk), "scene", self);
  for (guint over = 0; over < 2; over++)
    {
      Wish *wish = g_new0 (Wish, 1);

      wish->signer = gm_signing_desk_signer_new (self->desk, NULL);
      wish->what.text = over ? "over" : NULL;
      gm_worker_run (self->signing, &(GmCall){ .owner = G_OBJECT (self->desk),
                                               .work = order,
                                               .input = wish,
                                               .free_input = wish_free,
                                               .done = answered });
      session_scene_wait (is_asked, self);
      g_assert_cmpint (gm_signing_desk_needs_password (self->desk, self->open->pdata[0]), ==,
                       over == 1);
      answer (self, over == 0);
      settle (self, over + 1);
    }
  g_assert_cmpuint (self->n_good, ==, 1);
}

/* Nothing is shown that may not be signed. */
static void
another_chain_is_refused (Scene *self, gconstpointer unused)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);

  listen (self);
  tx->chain_id = 1;
  wish_for (self, (GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  settle (self, 1);
  g_assert_cmpint (self->code, ==, GM_ERROR_DENIED);
  g_assert_cmpstr (self->heard->str, ==, "");
}

static gboolean
has_three (gpointer accounts)
{
  return g_list_model_get_n_items (accounts) == 3;
}

static void
any_account_signs (Scene *self, gconstpointer unused)
{
  static const GmAddress stranger = { { 9 } };
  g_autoptr (GmWalletAccounts) accounts = gm_wallet_accounts_new (self->account);
  g_autoptr (GmWalletAccount) second = NULL;
  g_autoptr (GmWalletAccount) watched = NULL;
  g_autoptr (GError) error = NULL;
  Wish *wish = g_new0 (Wish, 1);

  gm_wallet_accounts_derive (accounts, NULL, G_OBJECT (self->desk), created);
  gm_wallet_accounts_watch (accounts, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", NULL,
                            G_OBJECT (self->desk), created);
  session_scene_wait (has_three, accounts);
  second = g_list_model_get_item (G_LIST_MODEL (accounts), 1);
  watched = g_list_model_get_item (G_LIST_MODEL (accounts), 2);

  listen (self);
  wish->signer = gm_signing_desk_signer_new_for (self->desk, gm_wallet_account_get_address (second),
                                                 &error);
  g_assert_no_error (error);
  g_assert_true (gm_address_equal (&wish->signer->address, gm_wallet_account_get_address (second)));
  wish->what = (GmSignable){ GM_SIGNABLE_TEXT, .text = "hello" };
  g_object_set_data (G_OBJECT (self->desk), "scene", self);
  gm_worker_run (self->signing, &(GmCall){ .owner = G_OBJECT (self->desk),
                                           .work = sign,
                                           .input = wish,
                                           .free_input = wish_free,
                                           .done = answered });
  session_scene_wait (is_asked, self);
  answer (self, TRUE);
  settle (self, 1);
  g_assert_cmpuint (self->n_good, ==, 1); /* sign() has checked whose signature it is */

  g_assert_null (
      gm_signing_desk_signer_new_for (self->desk, gm_wallet_account_get_address (watched), &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_signing_desk_signer_new_for (self->desk, &stranger, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  gm_sealed_set_cost_for_test (&cheap);
#define ADD(path, test) g_test_add (path, Scene, NULL, set_up, test, tear_down)
  ADD ("/signing-desk/a-yes-signs", a_yes_signs);
  ADD ("/signing-desk/a-no-does-not", a_no_does_not);
  ADD ("/signing-desk/without-a-listener-nothing-is-signed", nobody_is_a_no);
  ADD ("/signing-desk/without-an-answer-nothing-is-signed", silence_is_a_no);
  ADD ("/signing-desk/locking-takes-the-question-back", locking_takes_it_back);
  ADD ("/signing-desk/canceling-takes-the-question-back", canceling_takes_it_back);
  ADD ("/signing-desk/closing-declines-everything", closing_declines_all);
  ADD ("/signing-desk/two-are-asked-one-after-the-other", one_after_the_other);
  ADD ("/signing-desk/an-order-and-its-key-are-one-question", an_order_is_one_question);
  ADD ("/signing-desk/any-account-with-a-key-signs", any_account_signs);
  ADD ("/signing-desk/the-keyring-alone-pays-little", the_keyring_alone_pays_little);
  ADD ("/signing-desk/a-password-after-a-no-signs-nothing", a_password_after_a_no_signs_nothing);
  ADD ("/signing-desk/the-password-opened-it-all", the_password_opened_it_all);
  ADD ("/signing-desk/an-order-over-the-limit-needs-it", an_order_over_the_limit_needs_it);
  ADD ("/signing-desk/another-chain-is-not-even-asked", another_chain_is_refused);
  return g_test_run ();
}
