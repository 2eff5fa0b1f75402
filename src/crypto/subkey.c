/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/subkey.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"

#define KEY_BYTES   crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES   crypto_aead_xchacha20poly1305_ietf_ABYTES

GmSecret *
gm_subkey_derive (GmSecret *key, const char *purpose, const guint8 *data, gsize length)
{
  GmSecret *subkey = gm_secret_new (KEY_BYTES);
  guint8 personal[crypto_generichash_blake2b_PERSONALBYTES] = { 0 };
  gsize purpose_length = strlen (purpose);
  crypto_generichash_blake2b_state state;

  g_assert (purpose_length >= 1 && purpose_length <= sizeof personal);
  g_assert (gm_secret_length (key) >= crypto_generichash_blake2b_KEYBYTES_MIN &&
            gm_secret_length (key) <= crypto_generichash_blake2b_KEYBYTES_MAX);

  memcpy (personal, purpose, purpose_length);
  crypto_generichash_blake2b_init_salt_personal (&state, gm_secret_open (key),
                                                 gm_secret_length (key), KEY_BYTES, NULL, personal);
  crypto_generichash_blake2b_update (&state, data, length);
  crypto_generichash_blake2b_final (&state, gm_secret_open_to_write (subkey), KEY_BYTES);
  sodium_memzero (&state, sizeof state); /* the one-call form leaves the key on the stack */
  gm_secret_close (key);
  gm_secret_close (subkey);
  return subkey;
}

GBytes *
gm_subkey_seal (GmSecret *key, const char *context, GmSecret *plaintext)
{
  gsize length = gm_secret_length (plaintext);
  guint8 *box = g_malloc (NONCE_BYTES + length + TAG_BYTES);

  g_assert (gm_secret_length (key) == KEY_BYTES);

  randombytes_buf (box, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box + NONCE_BYTES, NULL, gm_secret_open (plaintext),
                                              length, (const guint8 *) context, strlen (context),
                                              NULL, box, gm_secret_open (key));
  gm_secret_close (key);
  gm_secret_close (plaintext);
  return g_bytes_new_take (box, NONCE_BYTES + length + TAG_BYTES);
}

GmSecret *
gm_subkey_open (GmSecret *key, const char *context, GBytes *box, GError **error)
{
  g_autoptr (GmSecret) plaintext = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (box, &length);
  int failed;

  g_assert (gm_secret_length (key) == KEY_BYTES);

  if (length < NONCE_BYTES + TAG_BYTES)
    return gm_fail_null (error, GM_ERROR_DENIED, "the sealed box is too short");

  plaintext = gm_secret_new (length - NONCE_BYTES - TAG_BYTES);
  failed = crypto_aead_xchacha20poly1305_ietf_decrypt (
      gm_secret_open_to_write (plaintext), NULL, NULL, data + NONCE_BYTES, length - NONCE_BYTES,
      (const guint8 *) context, strlen (context), data, gm_secret_open (key));
  gm_secret_close (key);
  gm_secret_close (plaintext);
  if (failed != 0)
    return gm_fail_null (error, GM_ERROR_DENIED, "the key does not open this box");

  return g_steal_pointer (&plaintext);
}
