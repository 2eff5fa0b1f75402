/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signature.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/u256.h"
#include "evm-vectors.h"
#include "evm/address.h"
#include "evm/keccak.h"

/* SEC 2, section 2.4.1 */
#define ORDER      "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
#define ORDER_LESS "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"
#define ONE        "0x0000000000000000000000000000000000000000000000000000000000000001"
#define ZERO       "0x0000000000000000000000000000000000000000000000000000000000000000"

static GmAddress
address_of (GmSecret *key)
{
  g_autoptr (GError) error = NULL;
  GmAddress address = { 0 };

  gm_signature_address (key, &address, &error);
  g_assert_no_error (error);
  return address;
}

static void
test_personal (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  const char *key_hex = json_object_get_string_member (vectors, "privateKey");
  g_autoptr (GmSecret) key = evm_vectors_key (key_hex);
  JsonArray *messages = json_object_get_array_member (vectors, "personal");
  GmAddress address = address_of (key);
  g_autofree char *text = gm_address_dup_text (&address);

  g_assert_cmpstr (text, ==, json_object_get_string_member (vectors, "address"));

  g_assert_cmpuint (json_array_get_length (messages), ==, 3);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);
      g_autofree char *hex = NULL;
      GmSignature signature;
      GmHash digest;

      gm_signature_personal_digest (json_object_get_string_member (message, "message"), &digest);
      evm_vectors_assert_hash (&digest, json_object_get_string_member (message, "digest"));
      g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
      hex = gm_signature_dup_hex (&signature);
      g_assert_cmpstr (hex, ==, json_object_get_string_member (message, "signature"));
      g_assert_true (gm_signature_verify (&signature, &digest, &address, NULL));
    }
}

/* The widely used RFC 6979 vectors for this curve with SHA-256 of the text. */
static void
test_deterministic (void)
{
  static const struct
  {
    const char *key;
    const char *text;
    const char *signature;
    const char *address;
  } cases[] = {
    { ONE, "Satoshi Nakamoto",
      "0x934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
      "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e51c",
      "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf" },
    { ONE, "All those moments will be lost in time, like tears in rain. Time to die...",
      "0x8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
      "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc211b",
      "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf" },
    { ORDER_LESS, "Satoshi Nakamoto",
      "0xfd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
      "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed51b",
      "0x80C0dbf239224071c59dD8970ab9d542E3414aB2" },
    { "0xf8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
      "0x7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
      "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea1b",
      "0x3B7AFc0192e752307A611E53aD177d55482BCe2a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint again = 0; again < 2; again++)
      {
        g_autoptr (GmSecret) key = evm_vectors_key (cases[i].key);
        GmAddress address = address_of (key);
        g_autofree char *text = gm_address_dup_text (&address);
        g_autofree char *hex = NULL;
        GmSignature signature;
        GmHash digest;

        g_assert_cmpstr (text, ==, cases[i].address);
        gm_hash_sha256 ((const guint8 *) cases[i].text, strlen (cases[i].text), &digest);
        g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
        hex = gm_signature_dup_hex (&signature);
        g_assert_cmpstr (hex, ==, cases[i].signature);
      }
}

static GmU256
read_s (const GmSignature *signature)
{
  GmHash s;

  memcpy (s.b, signature->b + 32, sizeof s.b);
  return gm_u256_from_be (&s);
}

/* Signs many digests: each s is in the lower half, each signer is found again. */
static void
test_low_s (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  GmAddress address = address_of (key);
  GmU256 order, half;
  GmHash digest = { 0 };
  guint seen[2] = { 0 };

  g_assert_true (gm_u256_parse (ORDER, &order, NULL));
  g_assert_true (gm_u256_divide (&order, &(GmU256){ .w = { 2 } }, &half, NULL, NULL));
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GError) error = NULL;
      GmSignature signature;
      GmU256 s;

      gm_keccak256 (digest.b, sizeof digest.b, &digest);
      g_assert_true (gm_signature_sign (key, &digest, &signature, &error));
      s = read_s (&signature);
      g_assert_cmpint (gm_u256_compare (&s, &half), <=, 0);
      g_assert_true (signature.b[64] == 27 || signature.b[64] == 28);
      seen[signature.b[64] - 27]++;
      g_assert_true (gm_signature_verify (&signature, &digest, &address, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (seen[0], >, 0);
  g_assert_cmpuint (seen[1], >, 0);
}

static void
test_high_s (void)
{
  g_autoptr (GmSecret) key = evm_vectors_key (ONE);
  g_autoptr (GError) error = NULL;
  const GmHash digest = { .b = { 1 } };
  GmSignature signature;
  GmAddress address = { .b = { 77 } };
  GmU256 order, s;
  GmHash high;

  g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
  s = read_s (&signature);
  g_assert_true (gm_u256_parse (ORDER, &order, NULL));
  g_assert_true (gm_u256_subtract (&order, &s, &s, NULL));
  gm_u256_to_be (&s, &high);
  memcpy (signature.b + 32, high.b, sizeof high.b);
  signature.b[64] = 27 + 28 - signature.b[64]; /* as good a signature, in mathematics */

  g_assert_false (gm_signature_recover (&signature, &digest, &address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "high"));
  g_assert_cmpuint (address.b[0], ==, 77);
}

static GmSignature
signature_of (const char *r, const char *s, guint8 v)
{
  GmSignature signature;
  GmHash part;

  g_assert_true (gm_hash_parse (r, &part, NULL));
  memcpy (signature.b, part.b, 32);
  g_assert_true (gm_hash_parse (s, &part, NULL));
  memcpy (signature.b + 32, part.b, 32);
  signature.b[64] = v;
  return signature;
}

static void
test_not_recovered (void)
{
  static const struct
  {
    const char *r;
    const char *s;
    guint8 v;
  } cases[] = {
    { ZERO, ONE, 27 },
    { ONE, ZERO, 27 },
    { ZERO, ZERO, 28 },
    { ORDER, ONE, 27 },
    { ONE, ORDER, 27 },
    { ONE, ORDER_LESS, 27 }, /* high */
    { "0x0000000000000000000000000000000000000000000000000000000000000005", ONE,
      27 }, /* no point of the curve has this x */
    { ONE, ONE, 0 },
    { ONE, ONE, 1 },
    { ONE, ONE, 26 },
    { ONE, ONE, 29 },
    { ONE, ONE, 255 },
  };
  const GmHash digest = { .b = { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmSignature signature = signature_of (cases[i].r, cases[i].s, cases[i].v);
      GmAddress address = { .b = { 77 } };
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_signature_recover (&signature, &digest, &address, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
      g_assert_cmpuint (address.b[0], ==, 77);
      g_clear_error (&error);
      g_assert_false (gm_signature_verify (&signature, &digest, &address, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
}

static void
test_other_signer (void)
{
  g_autoptr (GmSecret) key = evm_vectors_key (ONE);
  g_autoptr (GmSecret) other = evm_vectors_key (ORDER_LESS);
  GmAddress address = address_of (key), other_address = address_of (other);
  g_autoptr (GError) error = NULL;
  GmHash digest = { .b = { 1 } };
  GmSignature signature;

  g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
  g_assert_false (gm_signature_verify (&signature, &digest, &other_address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"));
  g_assert_nonnull (strstr (error->message, "0x80C0dbf239224071c59dD8970ab9d542E3414aB2"));
  g_clear_error (&error);

  digest.b[31] ^= 1;
  g_assert_false (gm_signature_verify (&signature, &digest, &address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
test_bad_keys (void)
{
  static const char *const cases[] = {
    ZERO,
    ORDER,
    "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0x01", /* and those of another length */
    "0x000000000000000000000000000000000000000000000000000000000000000001",
  };
  const GmHash digest = { .b = { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = evm_vectors_bytes (cases[i]);
      g_autoptr (GmSecret) key = gm_secret_new_copy (g_bytes_get_data (bytes, NULL),
                                                     g_bytes_get_size (bytes));
      g_autoptr (GError) error = NULL;
      GmSignature signature = { .b = { 77 } };
      GmAddress address = { .b = { 77 } };

      g_assert_false (gm_signature_sign (key, &digest, &signature, &error));
      evm_vectors_assert_refused (&error, "private key");
      g_assert_false (gm_signature_address (key, &address, &error));
      evm_vectors_assert_refused (&error, "private key");
      g_assert_cmpuint (signature.b[0], ==, 77);
      g_assert_cmpuint (address.b[0], ==, 77);
    }
}

static void
test_text (void)
{
  g_autofree char *zeros = g_strnfill (128, '0');
  static const struct
  {
    const char *end;
    const char *words; /* NULL: taken */
  } cases[] = {
    { "1b", NULL },
    { "1C", NULL },
    { "1d", "27 or 28" },
    { "00", "27 or 28" },
    { "01", "27 or 28" },
    { "1", "expected 130" },
    { "1b00", "expected 130" },
    { "1g", "not a hexadecimal digit" },
    { "", "expected 130" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hex = g_strconcat ("0x", zeros, cases[i].end, NULL);
      g_autofree char *again = NULL;
      g_autofree char *lower = g_ascii_strdown (hex, -1);
      g_autoptr (GError) error = NULL;
      GmSignature signature = { .b = { 77 } };

      g_assert_true (gm_signature_parse (hex, &signature, &error) == (cases[i].words == NULL));
      if (cases[i].words != NULL)
        {
          evm_vectors_assert_refused (&error, cases[i].words);
          g_assert_cmpuint (signature.b[0], ==, 77);
          continue;
        }
      again = gm_signature_dup_hex (&signature);
      g_assert_cmpstr (again, ==, lower);
    }
  g_assert_false (gm_signature_parse (NULL, &(GmSignature){ 0 }, NULL));
}

static gpointer
sign_in_thread (gpointer key)
{
  GmHash digest = { .b = { 1 } };
  GmSignature signature;

  for (guint i = 0; i < 50; i++)
    g_assert_true (gm_signature_sign (key, &digest, &signature, NULL));
  return g_memdup2 (&signature, sizeof signature);
}

static void
test_threads (void)
{
  g_autoptr (GmSecret) key = evm_vectors_key (ORDER_LESS);
  g_autofree GmSignature *expected = sign_in_thread (key);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_in_thread, key);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree GmSignature *signature = g_thread_join (threads[i]);

      g_assert_cmpmem (signature, sizeof *signature, expected, sizeof *expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/personal-messages-are-signed-as-elsewhere", test_personal);
  g_test_add_func ("/signature/the-nonce-is-that-of-rfc-6979", test_deterministic);
  g_test_add_func ("/signature/s-is-low", test_low_s);
  g_test_add_func ("/signature/a-high-s-is-refused", test_high_s);
  g_test_add_func ("/signature/what-fits-no-key-is-refused", test_not_recovered);
  g_test_add_func ("/signature/another-signer-is-named", test_other_signer);
  g_test_add_func ("/signature/a-key-is-in-the-group", test_bad_keys);
  g_test_add_func ("/signature/text-is-65-bytes-and-a-known-v", test_text);
  g_test_add_func ("/signature/threads-share-the-context", test_threads);
  return g_test_run ();
}
