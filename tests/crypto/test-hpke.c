/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/hpke.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "crypto/hpke-key.h"

/* RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base. */
#define INFO  "4f6465206f6e2061204772656369616e2055726e"
#define SK_EM "f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600"
#define SK_RM "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"
#define PK_RM "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"
#define ENC   "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
#define KEY   "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91"
#define NONCE "5c4d98150661b848853b547f"
#define TEXT  "4265617574792069732074727574682c20747275746820626561757479"
#define AAD   "436f756e742d30"
#define BOX                                                                                        \
  "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"

static GmSecret *
secret_of (const char *hex)
{
  guint8 bytes[32];

  g_assert_true (gm_hex_decode (hex, bytes, sizeof bytes, NULL));
  return gm_secret_new_copy (bytes, sizeof bytes);
}

static GmHash
hash_of (const char *hex)
{
  GmHash hash;

  g_assert_true (gm_hex_decode (hex, hash.b, sizeof hash.b, NULL));
  return hash;
}

static void
assert_rfc_key (const GmHpkeKey *key)
{
  g_autofree char *text = gm_hex_encode (key->key, sizeof key->key);
  g_autofree char *nonce = gm_hex_encode (key->nonce, sizeof key->nonce);

  g_assert_cmpstr (text, ==, KEY);
  g_assert_cmpstr (nonce, ==, NONCE);
}

static void
both_ends_fit_the_rfc (void)
{
  g_autoptr (GBytes) info = gm_hex_decode_bytes (INFO, 64, NULL);
  g_autoptr (GmSecret) ephemeral = secret_of (SK_EM);
  g_autoptr (GmSecret) secret = secret_of (SK_RM);
  GmHash recipient = hash_of (PK_RM), enc = hash_of (ENC), public_key;
  GmHpkeKey key;

  g_assert_true (gm_hpke_public_key (secret, &public_key, NULL));
  g_assert_true (gm_hash_equal (&public_key, &recipient));
  g_assert_true (gm_hpke_public_key (ephemeral, &public_key, NULL));
  g_assert_true (gm_hash_equal (&public_key, &enc));

  g_assert_true (gm_hpke_key_send (gm_secret_open (ephemeral), &recipient, info, &key, NULL));
  assert_rfc_key (&key);
  memset (&key, 0, sizeof key);
  g_assert_true (gm_hpke_key_receive (gm_secret_open (secret), &enc, info, &key, NULL));
  assert_rfc_key (&key);
  gm_secret_close (ephemeral);
  gm_secret_close (secret);
}

/* The RFC's messages have associated data, ours never do; so only here. */
static void
the_key_opens_the_rfc_message (void)
{
  g_autoptr (GBytes) info = gm_hex_decode_bytes (INFO, 64, NULL);
  g_autoptr (GBytes) box = gm_hex_decode_bytes (BOX, 64, NULL);
  g_autoptr (GBytes) aad = gm_hex_decode_bytes (AAD, 64, NULL);
  g_autoptr (GBytes) text = gm_hex_decode_bytes (TEXT, 64, NULL);
  g_autoptr (GmSecret) secret = secret_of (SK_RM);
  GmHash enc = hash_of (ENC);
  GmHpkeKey key;
  guint8 out[64];
  unsigned long long length;

  g_assert_true (gm_hpke_key_receive (gm_secret_open (secret), &enc, info, &key, NULL));
  gm_secret_close (secret);
  g_assert_cmpint (crypto_aead_chacha20poly1305_ietf_decrypt (
                       out, &length, NULL, g_bytes_get_data (box, NULL), g_bytes_get_size (box),
                       g_bytes_get_data (aad, NULL), g_bytes_get_size (aad), key.nonce, key.key),
                   ==, 0);
  g_assert_cmpmem (out, length, g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static void
what_is_sealed_is_opened (void)
{
  g_autoptr (GBytes) info = g_bytes_new_static ("info", 4);
  g_autoptr (GmSecret) secret = NULL;
  GmHash public_key;

  gm_hpke_generate (&secret, &public_key);
  for (gsize length = 0; length < 200; length += 33)
    {
      g_autoptr (GmSecret) text = gm_secret_new_random (length);
      g_autoptr (GBytes) box = gm_hpke_seal (&public_key, info, text, NULL);
      g_autoptr (GBytes) again = gm_hpke_seal (&public_key, info, text, NULL);
      g_autoptr (GmSecret) opened = gm_hpke_open (secret, info, box, NULL);

      g_assert_cmpuint (g_bytes_get_size (box), ==, length + GM_HPKE_OVERHEAD);
      g_assert_false (g_bytes_equal (box, again));
      g_assert_nonnull (opened);
      g_assert_true (gm_secret_equal (opened, text));
    }
}

static void
assert_denied (GmSecret *secret, GBytes *info, GBytes *box)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_hpke_open (secret, info, box, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
any_change_is_denied (void)
{
  g_autoptr (GBytes) info = g_bytes_new_static ("info", 4);
  g_autoptr (GBytes) other_info = g_bytes_new_static ("Info", 4);
  g_autoptr (GBytes) no_info = g_bytes_new_static ("", 0);
  g_autoptr (GmSecret) secret = NULL, other = NULL;
  g_autoptr (GmSecret) text = gm_secret_new_text ("sixteen bytes: a");
  g_autoptr (GBytes) box = NULL;
  GmHash public_key, other_key;
  gsize length;

  gm_hpke_generate (&secret, &public_key);
  gm_hpke_generate (&other, &other_key);
  box = gm_hpke_seal (&public_key, info, text, NULL);
  assert_denied (other, info, box);
  assert_denied (secret, other_info, box);
  assert_denied (secret, no_info, box);

  length = g_bytes_get_size (box);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (box, NULL), length);
      g_autoptr (GBytes) changed = NULL, shorter = g_bytes_new_from_bytes (box, 0, i);

      data[i] ^= 1;
      changed = g_bytes_new (data, length);
      assert_denied (secret, info, changed);
      assert_denied (secret, info, shorter);
    }
}

static void
keys_that_are_none_are_refused (void)
{
  g_autoptr (GBytes) info = g_bytes_new_static ("", 0);
  g_autoptr (GmSecret) short_key = gm_secret_new_random (31);
  g_autoptr (GmSecret) secret = gm_secret_new_random (32);
  g_autoptr (GmSecret) text = gm_secret_new_text ("text");
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GError) error = NULL;
  const GmHash zero = { { 0 } }, one = { { 1 } }; /* of small order */
  GmHash public_key = { { 7 } };

  g_assert_false (gm_hpke_public_key (short_key, &public_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpuint (public_key.b[0], ==, 7);
  g_clear_error (&error);
  g_assert_null (gm_hpke_seal (&zero, info, text, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_null (gm_hpke_seal (&one, info, text, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  box = g_bytes_new (&zero, sizeof zero);
  assert_denied (secret, info, box);
  g_assert_null (gm_hpke_open (short_key, info, box, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hpke/both-ends-fit-the-rfc", both_ends_fit_the_rfc);
  g_test_add_func ("/hpke/the-key-opens-the-rfc-message", the_key_opens_the_rfc_message);
  g_test_add_func ("/hpke/what-is-sealed-is-opened", what_is_sealed_is_opened);
  g_test_add_func ("/hpke/any-change-is-denied", any_change_is_denied);
  g_test_add_func ("/hpke/keys-that-are-none-are-refused", keys_that_are_none_are_refused);
  return g_test_run ();
}
