/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/signing-rules.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/siwe.h"
#include "licenses/key-request.h"
#include "payments/order.h"

#define NOW    1800000000
#define CHAIN  G_GUINT64_CONSTANT (4294967297)
#define ORIGIN "https://music.example"
#define DAY_S  (24 * 3600)

static const GmAddress us = { { 1 } };
static const GmAddress other = { { 2 } };
static const GmDescriptor store = { .chain_id = CHAIN, .issuer = { { 3 } } };

static GmSigningRules
rules_new (void)
{
  GmSigningRules rules = { 0 };

  gm_signing_rules_set_store (&rules, &store, ORIGIN);
  return rules;
}

/* Each differs from what passes in one thing. */
static const struct
{
  const char *what;
  const char *domain, *uri;
  const GmAddress *account;
  gint64 chain_off, life_s;
  gboolean passes;
} sign_ins[] = {
  { "our own store", NULL, NULL, NULL, 0, DAY_S, TRUE },
  { "for an hour", NULL, NULL, NULL, 0, 3600, TRUE },
  { "another store", "evil.example", "https://evil.example", NULL, 0, DAY_S, FALSE },
  { "under another name", "evil.example", NULL, NULL, 0, DAY_S, FALSE },
  { "for another address", NULL, "https://evil.example", NULL, 0, DAY_S, FALSE },
  { "a longer name", "music.example.evil.example", NULL, NULL, 0, DAY_S, FALSE },
  { "another account", NULL, NULL, &other, 0, DAY_S, FALSE },
  { "another chain", NULL, NULL, NULL, 1, DAY_S, FALSE },
  { "for two days", NULL, NULL, NULL, 0, 2 * DAY_S, FALSE },
  { "for good", NULL, NULL, NULL, 0, 0, FALSE },
};

static void
test_sign_in (void)
{
  g_autofree char *now = gm_clock_format_iso (NOW * G_GINT64_CONSTANT (1000));

  for (guint i = 0; i < G_N_ELEMENTS (sign_ins); i++)
    {
      g_auto (GmSigningRules) rules = rules_new ();
      g_autofree char *expires = gm_clock_format_iso ((NOW + sign_ins[i].life_s) * 1000);
      GmSiwe siwe = {
        .domain = (char *) (sign_ins[i].domain != NULL ? sign_ins[i].domain : "music.example"),
        .address = sign_ins[i].account != NULL ? *sign_ins[i].account : us,
        .uri = (char *) (sign_ins[i].uri != NULL ? sign_ins[i].uri : ORIGIN),
        .chain_id = (gint64) CHAIN + sign_ins[i].chain_off,
        .nonce = (char *) "0123456789abcdef",
        .issued_at = now,
        .expires_at = sign_ins[i].life_s != 0 ? expires : NULL,
      };
      g_autofree char *text = gm_siwe_compose (&siwe, NULL);
      const GmSignable what = { GM_SIGNABLE_TEXT, .text = text };

      g_test_message ("%s", sign_ins[i].what);
      g_assert_cmpint (gm_signing_rules_let_pass (&rules, &us, &what), ==, sign_ins[i].passes);
      gm_signing_rules_set_store (&rules, NULL, NULL);
      g_assert_false (gm_signing_rules_let_pass (&rules, &us, &what));
    }
}

/* A signer that lets a test do what the desk does at that point. */
typedef struct
{
  GmSigner signer;
  GmSigningRules *rules;
  gboolean sign;   /* it is signed, and noted */
  gboolean passed; /* what was seen last */
} Watcher;

static gboolean
watch (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  Watcher *self = signer->data;

  self->passed = gm_signing_rules_let_pass (self->rules, &signer->address, what);
  if (!self->sign)
    return gm_fail (error, GM_ERROR_DECLINED, "no");
  gm_signing_rules_note (self->rules, &signer->address, what);
  memset (out, 0, sizeof *out);
  return TRUE;
}

static GmHash
order (Watcher *watcher)
{
  GmOrderTerms terms = { .chain_id = CHAIN, .buyer = watcher->signer.address, .amount_units = 5 };
  g_autoptr (GmOrder) signed_order = NULL;
  GmHash id;

  watcher->sign = TRUE;
  gm_hash_random (&terms.salt);
  signed_order = gm_order_new (&terms, "USDC", &watcher->signer, NULL);
  g_assert_nonnull (signed_order);
  g_assert_false (watcher->passed); /* an order is always asked */
  gm_order_terms_id (&terms, &id);
  return id;
}

static const GmHash no_scope;

static const struct
{
  const char *what;
  const GmHash *scope;
  gint64 life_off_s, late_s;
  guint64 chain_off;
  gboolean other_issuer, passes;
} delegates[] = {
  { "of the order", NULL, 0, 0, 0, FALSE, TRUE },
  { "of the order, ten minutes later", NULL, 0, 600, 0, FALSE, TRUE },
  { "too late", NULL, 0, 601, 0, FALSE, FALSE },
  { "before the order", NULL, 0, -1, 0, FALSE, FALSE },
  { "for more than a week", NULL, 1, 0, 0, FALSE, FALSE },
  { "for the whole library", &no_scope, 0, 0, 0, FALSE, FALSE },
  { "on another chain", NULL, 0, 0, 1, FALSE, FALSE },
  { "for another issuer", NULL, 0, 0, 0, TRUE, FALSE },
};

static void
test_delegate (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (delegates); i++)
    {
      g_auto (GmSigningRules) rules = rules_new ();
      Watcher watcher = { { us, watch, &watcher }, &rules, TRUE, FALSE };
      GmKeyDelegate delegate = { .session_key = other };
      GmHash id;

      g_test_message ("%s", delegates[i].what);
      gm_clock_set_for_test (NOW * G_GINT64_CONSTANT (1000));
      id = order (&watcher);
      gm_clock_set_for_test ((NOW + delegates[i].late_s) * 1000);
      delegate.scope = delegates[i].scope != NULL ? *delegates[i].scope : id;
      delegate.expires_at = gm_clock_now_unix () + GM_KEY_DELEGATE_MAX_LIFE_S +
                            delegates[i].life_off_s;
      gm_key_delegate_sign (&delegate, CHAIN + delegates[i].chain_off,
                            delegates[i].other_issuer ? &other : &store.issuer, &watcher.signer,
                            NULL);
      g_assert_cmpint (watcher.passed, ==, delegates[i].passes);
    }
  gm_clock_set_for_test (NOW * G_GINT64_CONSTANT (1000));
}

/* One order, one session key; and nothing follows from an order that was not signed. */
static void
test_once (void)
{
  g_auto (GmSigningRules) rules = rules_new ();
  Watcher watcher = { { us, watch, &watcher }, &rules, TRUE, FALSE };
  Watcher stranger = { { other, watch, &stranger }, &rules, FALSE, FALSE };
  GmKeyDelegate delegate = { .session_key = other, .expires_at = NOW + GM_KEY_DELEGATE_MAX_LIFE_S };

  delegate.scope = order (&watcher);
  gm_key_delegate_sign (&delegate, CHAIN, &store.issuer, &stranger.signer, NULL);
  g_assert_false (stranger.passed);
  g_assert_true (gm_key_delegate_sign (&delegate, CHAIN, &store.issuer, &watcher.signer, NULL));
  g_assert_true (watcher.passed);
  gm_key_delegate_sign (&delegate, CHAIN, &store.issuer, &watcher.signer, NULL);
  g_assert_false (watcher.passed);
}

static void
test_rest (void)
{
  g_auto (GmSigningRules) rules = rules_new ();
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  const GmSignable rest[] = {
    { GM_SIGNABLE_TEXT, .text = "" },
    { GM_SIGNABLE_TEXT, .text = "I own this" },
    { GM_SIGNABLE_TYPED_DATA, .typed_data = empty },
    { GM_SIGNABLE_TX, .tx = tx },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    {
      g_assert_false (gm_signing_rules_let_pass (&rules, &us, &rest[i]));
      g_assert_false (gm_signing_rules_is_order (&rest[i]));
    }
}

/* At 50 coins. */
static const struct
{
  const char *code;
  guint64 units;
  gboolean needs;
} moves[] = {
  { "USDC", 50000000, FALSE }, { "USDC", 50000001, TRUE },
  { "PYUSD", 50000001, TRUE }, { "USDT", 50000000, FALSE },
  { "USD", 5000, FALSE },      { "USD", 5001, TRUE },
  { "ETH", 0, FALSE },         { "ETH", 1, TRUE },
  { NULL, 0, TRUE }, /* what it is worth nobody knows */
};

static void
test_password (void)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (GmReviewMove));
  g_autoptr (GArray) both = g_array_new (FALSE, FALSE, sizeof (GmReviewMove));

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      const GmReviewMove move = { gm_u256_from_u64 (moves[i].units),
                                  gm_currency_find (moves[i].code) };
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (GmReviewMove));

      g_array_append_val (one, move);
      g_array_append_val (both, move);
      g_test_message ("%s %" G_GUINT64_FORMAT, moves[i].code, moves[i].units);
      g_assert_cmpint (gm_signing_rules_need_password (one, 50), ==, moves[i].needs);
    }
  g_assert_false (gm_signing_rules_need_password (none, 50));
  g_assert_true (gm_signing_rules_need_password (both, 50)); /* one is enough */
  g_assert_false (gm_signing_rules_need_password (none, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_clock_set_for_test (NOW * G_GINT64_CONSTANT (1000));
  g_test_add_func ("/signing-rules/only-the-open-store-is-signed-in-to", test_sign_in);
  g_test_add_func ("/signing-rules/a-session-key-follows-from-its-order", test_delegate);
  g_test_add_func ("/signing-rules/from-an-order-follows-one-session-key", test_once);
  g_test_add_func ("/signing-rules/everything-else-is-asked", test_rest);
  g_test_add_func ("/signing-rules/more-than-the-limit-needs-the-password", test_password);
  return g_test_run ();
}
