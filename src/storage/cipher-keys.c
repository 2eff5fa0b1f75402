/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cipher-keys.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"

#define MAGIC             "GMA1"
#define ALGORITHM         1 /* ChaCha20-Poly1305-IETF, RFC 8439 */
#define LOG2_CHUNK        16
#define LENGTH_AT         8
#define FILE_ID_AT        16
#define FILE_ID_BYTES     16
#define COMMITMENT_AT     64
#define COMMITMENT_BYTES  32
#define CONTENT_KEY_BYTES 32
#define FILE_KEY_BYTES    32

/* 16 bytes, without the NUL. */
static const char personal[] = "gotmusic.GMA1.k1";

GmCipherNonce
gm_cipher_nonce (guint64 chunk, gboolean last)
{
  GmCipherNonce nonce = { { 0, 0, 0, last ? 1 : 0 } };
  guint64 big_endian = GUINT64_TO_BE (chunk);

  memcpy (nonce.b + 4, &big_endian, 8);
  return nonce;
}

guint64
gm_cipher_chunk_count (guint64 length)
{
  return length == 0 ? 1 : (length - 1) / GM_CIPHER_CHUNK_BYTES + 1;
}

guint64
gm_cipher_chunk_offset (guint64 chunk)
{
  return GM_CIPHER_HEADER_BYTES + chunk * (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES);
}

guint64
gm_cipher_stored_size (guint64 length)
{
  if (length > GM_CIPHER_MAX_BYTES)
    return G_MAXUINT64; /* no file has this size */
  return GM_CIPHER_HEADER_BYTES + length + GM_CIPHER_TAG_BYTES * gm_cipher_chunk_count (length);
}

gboolean
gm_cipher_header_length (const GmCipherHeader *header, guint64 *length, GError **error)
{
  const guint8 *b = header->b;
  guint64 big_endian;

  if (memcmp (b, MAGIC, 4) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "not an encrypted master: it does not start with GMA1");
  if (b[4] != ALGORITHM)
    return gm_fail (error, GM_ERROR_BAD_DATA, "algorithm %u is not known", b[4]);
  if (b[5] != LOG2_CHUNK)
    return gm_fail (error, GM_ERROR_BAD_DATA, "chunks of 2^%u bytes are not known", b[5]);
  if (!sodium_is_zero (b + 6, 2))
    return gm_fail (error, GM_ERROR_BAD_DATA, "header bytes 6 and 7 are not zero");
  memcpy (&big_endian, b + LENGTH_AT, 8);
  if (GUINT64_FROM_BE (big_endian) > GM_CIPHER_MAX_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the length in the header is more than 2^40 bytes");
  if (!sodium_is_zero (b + 32, 32))
    return gm_fail (error, GM_ERROR_BAD_DATA, "header bytes 32 to 63 are not zero");

  *length = GUINT64_FROM_BE (big_endian);
  return TRUE;
}

/* The header without its commitment is input of the key, so changing it changes the key. */
static GmSecret *
derive (const GmCipherHeader *header, GmSecret *content_key, guint8 *commitment, GError **error)
{
  g_autoptr (GmSecret) okm = NULL;
  GmSecret *key = NULL;
  guint8 *o;

  if (gm_secret_length (content_key) != CONTENT_KEY_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "a content key has %d bytes, not %" G_GSIZE_FORMAT, CONTENT_KEY_BYTES,
                         gm_secret_length (content_key));

  okm = gm_secret_new (FILE_KEY_BYTES + COMMITMENT_BYTES);
  o = gm_secret_open_to_write (okm);
  crypto_generichash_blake2b_salt_personal (o, FILE_KEY_BYTES + COMMITMENT_BYTES, header->b,
                                            COMMITMENT_AT, gm_secret_open (content_key),
                                            CONTENT_KEY_BYTES, NULL, (const guint8 *) personal);
  gm_secret_close (content_key);
  memcpy (commitment, o + FILE_KEY_BYTES, COMMITMENT_BYTES);
  key = gm_secret_new_copy (o, FILE_KEY_BYTES);
  gm_secret_close (okm);
  return key;
}

GmSecret *
gm_cipher_header_init (GmCipherHeader *header,
                       guint64 length,
                       const guint8 file_id[16],
                       GmSecret *content_key,
                       GError **error)
{
  guint64 big_endian = GUINT64_TO_BE (length);

  if (length > GM_CIPHER_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a master of more than 2^40 bytes");

  memset (header, 0, sizeof *header);
  memcpy (header->b, MAGIC, 4);
  header->b[4] = ALGORITHM;
  header->b[5] = LOG2_CHUNK;
  memcpy (header->b + LENGTH_AT, &big_endian, 8);
  if (file_id != NULL)
    memcpy (header->b + FILE_ID_AT, file_id, FILE_ID_BYTES);
  else
    randombytes_buf (header->b + FILE_ID_AT, FILE_ID_BYTES);
  return derive (header, content_key, header->b + COMMITMENT_AT, error);
}

GmSecret *
gm_cipher_derive_checked (const GmCipherHeader *header, GmSecret *content_key, GError **error)
{
  guint8 commitment[COMMITMENT_BYTES];
  g_autoptr (GmSecret) key = derive (header, content_key, commitment, error);

  if (key == NULL)
    return NULL;
  if (sodium_memcmp (commitment, header->b + COMMITMENT_AT, COMMITMENT_BYTES) != 0)
    return gm_fail_null (error, GM_ERROR_DENIED, "wrong key or altered header");
  return g_steal_pointer (&key);
}

gboolean
gm_cipher_check_key (const GmCipherHeader *header, GmSecret *content_key, GError **error)
{
  g_autoptr (GmSecret) key = NULL;
  guint64 length;

  if (!gm_cipher_header_length (header, &length, error))
    return FALSE;
  key = gm_cipher_derive_checked (header, content_key, error);
  return key != NULL;
}
