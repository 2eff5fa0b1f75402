/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signable.h"

#include "base/error.h"
#include "base/json.h"
#include "evm-vectors.h"

#define KEY "0x4646464646464646464646464646464646464646464646464646464646464646"

/* Signed, and the signer found again under the digest that others compute. */
static void
assert_signed (const GmSignable *what, const GmHash *expected)
{
  g_autoptr (GmSecret) key = evm_vectors_key (KEY);
  g_autoptr (GError) error = NULL;
  GmSignature signature;
  GmAddress address;
  GmHash digest;

  g_assert_true (gm_signable_digest (what, &digest, &error));
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&digest, expected));
  g_assert_true (gm_signable_sign (what, key, &signature, &error));
  g_assert_true (gm_signature_address (key, &address, NULL));
  g_assert_true (gm_signature_verify (&signature, expected, &address, &error));
  g_assert_no_error (error);
}

static void
test_typed_data (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  JsonArray *list = json_object_get_array_member (vectors, "typed");

  g_assert_cmpuint (json_array_get_length (list), >, 0);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      JsonObject *typed_data = json_object_get_object_member (vector, "typedData");
      GmHash digest;

      g_assert_true (gm_json_hash_member (vector, "digest", &digest, NULL));
      assert_signed (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data }, &digest);
    }
}

static void
test_text (void)
{
  GmHash digest;

  gm_signature_personal_digest ("hello", &digest);
  assert_signed (&(GmSignable){ GM_SIGNABLE_TEXT, .text = "hello" }, &digest);
}

static void
test_tx (void)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  GmHash digest;

  tx->chain_id = 8453;
  tx->gas = 21000;
  gm_tx_digest (tx, &digest);
  assert_signed (&(GmSignable){ GM_SIGNABLE_TX, .tx = tx }, &digest);
}

static void
test_not_signed (void)
{
  g_autoptr (GmSecret) key = evm_vectors_key (KEY);
  g_autoptr (JsonObject) typed_data = json_object_new ();
  const GmSignable what = { GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data };
  GmSignature signature = { { 9 } };
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_signable_sign (&what, key, &signature, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpuint (signature.b[0], ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signable/typed-data-is-signed", test_typed_data);
  g_test_add_func ("/signable/text-is-signed", test_text);
  g_test_add_func ("/signable/transactions-are-signed", test_tx);
  g_test_add_func ("/signable/what-has-no-digest-is-not-signed", test_not_signed);
  return g_test_run ();
}
