/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/raw-tx.h"

#include "base/error.h"
#include "evm-vectors.h"
#include "evm/address.h"

#define R "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
#define S "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"
/* the complement of S in the group's order */
#define HIGH_S "a098341627668089e51348fccfb4c7ff31c55912f2d2e47ef09652acf665fad3be"

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-tx.json");
  const char *sender = json_object_get_string_member (vectors, "address");
  JsonArray *list = json_object_get_array_member (vectors, "transactions");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      g_autoptr (GBytes) raw = evm_vectors_bytes (json_object_get_string_member (vector, "raw"));
      g_autofree char *text = NULL;
      GmAddress from;
      GmHash hash;

      g_assert_true (gm_raw_tx_recover (raw, &from, NULL));
      text = gm_address_dup_text (&from);
      g_assert_cmpstr (text, ==, sender);
      gm_raw_tx_hash (raw, &hash);
      evm_vectors_assert_hash (&hash, json_object_get_string_member (vector, "hash"));
    }
}

static void
test_set_code (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-tx.json");
  JsonObject *vector = json_array_get_object_element (
      json_object_get_array_member (vectors, "transactions"), 4);
  g_autoptr (GBytes) raw = evm_vectors_bytes (json_object_get_string_member (vector, "raw"));
  GmSignature signature;
  g_autoptr (GmTx) tx = gm_raw_tx_parse (raw, &signature, NULL);
  const GmTxAuthorization *authorization = tx->authorizations->pdata[0];
  g_autofree char *text = NULL;
  GmAddress authority;
  GmHash digest;

  g_assert_cmpuint (tx->authorizations->len, ==, 1);
  g_assert_cmpuint (authorization->chain_id, ==, 8453);
  g_assert_cmpuint (authorization->nonce, ==, 4);
  gm_tx_authorization_digest (authorization, &digest);
  g_assert_true (gm_signature_recover (&authorization->signature, &digest, &authority, NULL));
  text = gm_address_dup_text (&authority);
  g_assert_cmpstr (text, ==, json_object_get_string_member (vectors, "address"));
}

/* Cut anywhere, or one byte longer, it is none. */
static void
test_cut (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-tx.json");
  JsonArray *list = json_object_get_array_member (vectors, "transactions");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *hex = json_object_get_string_member (json_array_get_object_element (list, i),
                                                       "raw");
      g_autofree char *longer_hex = g_strconcat (hex, "00", NULL);
      g_autoptr (GBytes) longer = evm_vectors_bytes (longer_hex);
      GmSignature signature;

      for (gsize length = 0; length <= g_bytes_get_size (longer); length++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (longer, 0, length);
          g_autoptr (GmTx) tx = gm_raw_tx_parse (part, &signature, NULL);

          g_assert_cmpint (tx != NULL, ==, length + 1 == g_bytes_get_size (longer));
        }
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *hex, *says;
  } cases[] = {
    { "0x", "no bytes" },
    { "0x00c0", "type 0" },
    { "0x03c0", "type 3" },
    { "0x7fc0", "type 127" },
    { "0x02", "missing" },
    { "0x0280", "bytes where a list" },
    /* nonce 2^64 - 1 */
    { "0xd188ffffffffffffffff80808080801b0101", "so high a nonce" },
    /* chain id above EIP-2294 */
    { "0x02c988ffffffffffffffff", "no chain" },
    /* 19 bytes of address */
    { "0xdc808080933535353535353535353535353535353535353580801b0101", "19 bytes where 20" },
    /* gas with a leading zero */
    { "0xcb80808200018080801b0101", "starts with zero" },
    /* v of 0, 29 and 36 (chain id 0) */
    { "0xc9808080808080800101", "v is 0" },
    { "0xc98080808080801d0101", "v is 29" },
    { "0xc9808080808080240101", "v is 36" },
    /* v whose chain id is above EIP-2294 */
    { "0xd180808080808088ffffffffffffffff0101", "v is 18446744073709551615" },
    /* one item too many */
    { "0xca8080808080801b010101", "bytes too many" },
    /* no signature */
    { "0xc6808080808080", "missing" },
    /* parity of 2 */
    { "0x01cb01808080808080c0020101", "parity" },
    /* sets code and creates a contract; of no account */
    { "0x04cd0180808080808080c0c0800101", "creates" },
    { "0x04e101808080809435353535353535353535353535353535353535358080c0c0800101", "of no account" },
    /* an access list of addresses without keys */
    { "0x01e101808080808080d6d5943535353535353535353535353535353535353535800101", "missing" },
    /* keys of 31 bytes */
    { "0x01f84201808080808080f7f6943535353535353535353535353535353535353535e09f01010101010101010101"
      "010101010101010101010101010101010101010101800101",
      "31 bytes where 32" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) raw = evm_vectors_bytes (cases[i].hex);
      g_autoptr (GError) error = NULL;
      GmSignature signature;

      g_assert_null (gm_raw_tx_parse (raw, &signature, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
    }
}

/* EIP-2: of the two signatures anyone can make from one, the lower is valid. */
static void
test_high_s (void)
{
  static const char *const tail = "098504a817c80082520894353535353535353535353535353535353535353588"
                                  "0de0b6b3a764000080";
  g_autofree char *low_hex = g_strconcat ("0xf86c", tail, "25" R S, NULL);
  g_autofree char *high_hex = g_strconcat ("0xf86c", tail, "26" R HIGH_S, NULL);
  g_autoptr (GBytes) low = evm_vectors_bytes (low_hex);
  g_autoptr (GBytes) high = NULL;
  g_autoptr (GError) error = NULL;
  GmAddress from;

  g_assert_true (gm_raw_tx_recover (low, &from, &error));
  high = evm_vectors_bytes (high_hex);
  g_assert_false (gm_raw_tx_recover (high, &from, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
test_large (void)
{
  g_autofree guint8 *zeros = g_malloc0 (GM_TX_MAX_BYTES + 1);
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GError) error = NULL;
  GmSignature signature;

  zeros[0] = 2;
  raw = g_bytes_new (zeros, GM_TX_MAX_BYTES + 1);
  g_assert_null (gm_raw_tx_parse (raw, &signature, &error));
  evm_vectors_assert_refused (&error, "at most");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raw-tx/senders-and-names-are-those-others-find", test_vectors);
  g_test_add_func ("/raw-tx/who-takes-on-code-is-known", test_set_code);
  g_test_add_func ("/raw-tx/a-part-is-no-transaction", test_cut);
  g_test_add_func ("/raw-tx/every-other-form-is-refused", test_refused);
  g_test_add_func ("/raw-tx/a-high-s-has-no-sender", test_high_s);
  g_test_add_func ("/raw-tx/size-is-limited", test_large);
  return g_test_run ();
}
