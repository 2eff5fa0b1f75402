/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/tx.h"

#include "base/error.h"
#include "evm-vectors.h"
#include "evm/address.h"
#include "evm/raw-tx.h"
#include "evm/signable.h"

static gboolean
sign_with_key (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_signable_sign (what, self->data, out, error);
}

static gboolean
decline (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_fail (error, GM_ERROR_DECLINED, "no");
}

/* The example of EIP-155 itself. */
static void
test_eip155 (void)
{
  g_autoptr (GmSecret) key = evm_vectors_key (
      "0x4646464646464646464646464646464646464646464646464646464646464646");
  const GmSigner signer = { .sign = sign_with_key, .data = key };
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_LEGACY);
  g_autoptr (GBytes) without = NULL;
  g_autoptr (GBytes) raw = NULL;
  GmHash digest;

  tx->chain_id = 1;
  tx->nonce = 9;
  tx->fee = gm_u256_from_u64 (20000000000);
  tx->gas = 21000;
  tx->value = gm_u256_from_u64 (1000000000000000000);
  g_assert_true (gm_address_parse ("0x3535353535353535353535353535353535353535", &tx->to, NULL));

  without = gm_tx_encode (tx, NULL);
  evm_vectors_assert_bytes (without,
                            "0xec098504a817c80082520894353535353535353535353535353535353535"
                            "3535880de0b6b3a764000080018080");
  gm_tx_digest (tx, &digest);
  evm_vectors_assert_hash (&digest,
                           "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
  raw = gm_tx_sign (tx, &signer, NULL);
  evm_vectors_assert_bytes (
      raw, "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000"
           "8025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f76"
           "1aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
}

/* Made by ethers and viem alike: read, then signed again with the same key. */
static void
test_signed_again (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-tx.json");
  g_autoptr (GmSecret) key = evm_vectors_key (
      json_object_get_string_member (vectors, "privateKey"));
  const GmSigner signer = { .sign = sign_with_key, .data = key };
  JsonArray *list = json_object_get_array_member (vectors, "transactions");

  g_assert_cmpuint (json_array_get_length (list), ==, 5);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      const char *hex = json_object_get_string_member (vector, "raw");
      g_autoptr (GBytes) raw = evm_vectors_bytes (hex);
      g_autoptr (GError) error = NULL;
      GmSignature signature;
      g_autoptr (GmTx) tx = gm_raw_tx_parse (raw, &signature, &error);
      g_autoptr (GBytes) again = NULL;
      GmHash digest;

      g_assert_no_error (error);
      g_assert_cmpint (tx->type, ==, json_object_get_int_member (vector, "type"));
      gm_tx_digest (tx, &digest);
      evm_vectors_assert_hash (&digest, json_object_get_string_member (vector, "digest"));
      again = gm_tx_sign (tx, &signer, &error);
      evm_vectors_assert_bytes (again, hex);
    }
}

static void
test_not_signed (void)
{
  const GmSigner signer = { .sign = decline };
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_tx_sign (tx, &signer, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_clear_error (&error);

  tx->tip = gm_u256_from_u64 (1);
  g_assert_null (gm_tx_sign (tx, &signer, &error));
  evm_vectors_assert_refused (&error, "tip");

  tx->fee = tx->tip;
  tx->chain_id = GM_TX_MAX_CHAIN_ID + 1;
  g_assert_null (gm_tx_sign (tx, &signer, &error));
  evm_vectors_assert_refused (&error, "no chain");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tx/the-example-of-eip-155", test_eip155);
  g_test_add_func ("/tx/every-type-is-signed-as-others-do", test_signed_again);
  g_test_add_func ("/tx/nonsense-is-not-signed", test_not_signed);
  return g_test_run ();
}
