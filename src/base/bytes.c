/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"

#define READ_BYTES 65536

gboolean
gm_hash_equal (const GmHash *a, const GmHash *b)
{
  return sodium_memcmp (a->b, b->b, sizeof a->b) == 0;
}

gboolean
gm_hash_is_zero (const GmHash *hash)
{
  return sodium_is_zero (hash->b, sizeof hash->b);
}

gboolean
gm_hash_parse (const char *text, GmHash *out, GError **error)
{
  if (text == NULL || !g_str_has_prefix (text, "0x"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a hash starts with 0x");

  return gm_hex_decode (text, out->b, sizeof out->b, error);
}

char *
gm_hash_dup_hex (const GmHash *hash)
{
  return gm_hex_encode_0x (hash->b, sizeof hash->b);
}

void
gm_hash_sha256 (const guint8 *data, gsize length, GmHash *out)
{
  crypto_hash_sha256 (out->b, data, length);
}

void
gm_hash_blake2b (const guint8 *data, gsize length, GmHash *out)
{
  crypto_generichash (out->b, sizeof out->b, data, length, NULL, 0);
}

void
gm_hash_random (GmHash *out)
{
  randombytes_buf (out->b, sizeof out->b);
}

gboolean
gm_address_equal (const GmAddress *a, const GmAddress *b)
{
  return memcmp (a->b, b->b, sizeof a->b) == 0;
}

gboolean
gm_address_is_zero (const GmAddress *address)
{
  return sodium_is_zero (address->b, sizeof address->b);
}

gboolean
gm_hash_file (const char *path, GmHash *sha256, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree guint8 *buffer = NULL;
  crypto_hash_sha256_state state;
  gssize got;

  if (stream == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }

  buffer = g_malloc (READ_BYTES);
  crypto_hash_sha256_init (&state);
  while ((got = g_input_stream_read (G_INPUT_STREAM (stream), buffer, READ_BYTES, NULL, error)) > 0)
    crypto_hash_sha256_update (&state, buffer, (gsize) got);
  if (got < 0)
    {
      gm_error_adopt (error);
      return FALSE;
    }

  crypto_hash_sha256_final (&state, sha256->b);
  return TRUE;
}
