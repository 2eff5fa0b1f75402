/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/hpke.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "crypto/hpke-key.h"

G_STATIC_ASSERT (GM_HPKE_OVERHEAD == sizeof (GmHash) + crypto_aead_chacha20poly1305_ietf_ABYTES);

static gboolean
check_secret (GmSecret *secret_key, GError **error)
{
  return gm_secret_length (secret_key) == crypto_scalarmult_SCALARBYTES ||
         gm_fail (error, GM_ERROR_BAD_DATA, "HPKE: a secret key has 32 bytes");
}

gboolean
gm_hpke_public_key (GmSecret *secret_key, GmHash *public_key, GError **error)
{
  if (!check_secret (secret_key, error))
    return FALSE;

  crypto_scalarmult_base (public_key->b, gm_secret_open (secret_key));
  gm_secret_close (secret_key);
  return TRUE;
}

void
gm_hpke_generate (GmSecret **secret_key, GmHash *public_key)
{
  *secret_key = gm_secret_new_random (crypto_scalarmult_SCALARBYTES);
  gm_hpke_public_key (*secret_key, public_key, NULL);
}

GBytes *
gm_hpke_seal (const GmHash *public_key, GBytes *info, GmSecret *plaintext, GError **error)
{
  g_autoptr (GmSecret) ephemeral = NULL;
  gsize length = gm_secret_length (plaintext);
  GmHpkeKey key;
  GmHash enc;
  guint8 *box;
  gboolean agreed;

  gm_hpke_generate (&ephemeral, &enc);
  agreed = gm_hpke_key_send (gm_secret_open (ephemeral), public_key, info, &key, error);
  gm_secret_close (ephemeral);
  if (!agreed)
    return NULL;

  box = g_malloc (length + GM_HPKE_OVERHEAD);
  memcpy (box, enc.b, sizeof enc.b);
  crypto_aead_chacha20poly1305_ietf_encrypt (box + sizeof enc.b, NULL, gm_secret_open (plaintext),
                                             length, NULL, 0, NULL, key.nonce, key.key);
  gm_secret_close (plaintext);
  sodium_memzero (&key, sizeof key);
  return g_bytes_new_take (box, length + GM_HPKE_OVERHEAD);
}

static gboolean
decrypt (const GmHpkeKey *key, const guint8 *sealed, gsize length, GmSecret *plaintext)
{
  guint8 *into = gm_secret_open_to_write (plaintext);
  gboolean good = crypto_aead_chacha20poly1305_ietf_decrypt (into, NULL, NULL, sealed, length, NULL,
                                                             0, key->nonce, key->key) == 0;

  gm_secret_close (plaintext);
  return good;
}

GmSecret *
gm_hpke_open (GmSecret *secret_key, GBytes *info, GBytes *box, GError **error)
{
  g_autoptr (GmSecret) plaintext = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (box, &length);
  GmHpkeKey key;
  GmHash enc;
  gboolean opened;

  if (!check_secret (secret_key, error))
    return NULL;
  if (length < GM_HPKE_OVERHEAD)
    return gm_fail_null (error, GM_ERROR_DENIED, "HPKE: the box is too short");

  memcpy (enc.b, data, sizeof enc.b);
  plaintext = gm_secret_new (length - GM_HPKE_OVERHEAD);
  opened = gm_hpke_key_receive (gm_secret_open (secret_key), &enc, info, &key, NULL) &&
           decrypt (&key, data + sizeof enc.b, length - sizeof enc.b, plaintext);
  gm_secret_close (secret_key);
  sodium_memzero (&key, sizeof key);
  if (!opened)
    return gm_fail_null (error, GM_ERROR_DENIED, "HPKE: key, info and box do not belong together");

  return g_steal_pointer (&plaintext);
}
