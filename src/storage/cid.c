/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cid.h"

#include <string.h>

#include "base/error.h"

#define MAX_TEXT    128
#define SHA2_256    0x12
#define SHA2_BYTES  32
#define V0_BYTES    34 /* SHA2_256, length, digest */
#define V1_BYTES    36 /* version, codec, SHA2_256, length, digest */
#define V0_TEXT     46 /* characters of base58 */
#define BASE32_TEXT 58 /* characters for V1_BYTES, without the multibase letter */

static const char base58[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

gsize
gm_cid_encode (const GmCid *cid, guint8 out[GM_CID_MAX_BYTES])
{
  guint8 *p = out;

  if (cid->version == 1)
    {
      *p++ = 1;
      *p++ = (guint8) cid->codec;
    }
  *p++ = SHA2_256;
  *p++ = SHA2_BYTES;
  memcpy (p, cid->digest.b, SHA2_BYTES);
  return (gsize) (p - out) + SHA2_BYTES;
}

gboolean
gm_cid_decode (const guint8 *data, gsize length, GmCid *out, GError **error)
{
  GmCid cid = { .version = 0, .codec = GM_CID_DAG_PB };

  if (length == V1_BYTES && data[0] == 1)
    {
      if (data[1] != GM_CID_RAW && data[1] != GM_CID_DAG_PB)
        return gm_fail (error, GM_ERROR_BAD_DATA, "CID codec 0x%02x is not known", data[1]);
      cid.version = 1;
      cid.codec = data[1];
      data += 2;
      length -= 2;
    }
  if (length != V0_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a CID of %" G_GSIZE_FORMAT " bytes", length);
  if (data[0] != SHA2_256 || data[1] != SHA2_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the CID's hash is not sha2-256");

  memcpy (cid.digest.b, data + 2, SHA2_BYTES);
  *out = cid;
  return TRUE;
}

static gboolean
decode_base58 (const char *text, guint8 out[V0_BYTES])
{
  memset (out, 0, V0_BYTES);
  for (; *text != '\0'; text++)
    {
      const char *digit = strchr (base58, *text);
      guint carry = digit != NULL ? (guint) (digit - base58) : 0;

      if (digit == NULL)
        return FALSE;
      for (int i = V0_BYTES - 1; i >= 0; i--)
        {
          carry += out[i] * 58u;
          out[i] = (guint8) carry;
          carry >>= 8;
        }
      if (carry != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
decode_base32 (const char *text, guint8 out[V1_BYTES])
{
  guint32 bits = 0;
  guint n_bits = 0, done = 0;

  for (; *text != '\0'; text++)
    {
      const char *digit = strchr (base32, *text);

      if (digit == NULL)
        return FALSE;
      bits = bits << 5 | (guint32) (digit - base32);
      n_bits += 5;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          out[done++] = (guint8) (bits >> n_bits);
        }
    }

  /* Left-over bits are zero, or one CID would have several spellings. */
  return (bits & ((1u << n_bits) - 1)) == 0;
}

gboolean
gm_cid_parse (const char *text, GmCid *out, GError **error)
{
  gsize length = strnlen (text, MAX_TEXT + 1);
  guint8 data[GM_CID_MAX_BYTES];

  if (length > MAX_TEXT)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a CID of more than %d characters", MAX_TEXT);
  if (length == V0_TEXT && g_str_has_prefix (text, "Qm"))
    {
      if (!decode_base58 (text, data))
        return gm_fail (error, GM_ERROR_BAD_DATA, "the CID is not base58");
      return gm_cid_decode (data, V0_BYTES, out, error);
    }
  if (length == BASE32_TEXT + 1 && text[0] == 'b')
    {
      if (!decode_base32 (text + 1, data))
        return gm_fail (error, GM_ERROR_BAD_DATA, "the CID is not lower-case base32");
      if (data[0] != 1)
        return gm_fail (error, GM_ERROR_BAD_DATA, "CID version %u is not known", data[0]);
      return gm_cid_decode (data, V1_BYTES, out, error);
    }

  return gm_fail (error, GM_ERROR_BAD_DATA, "not a CID of sha2-256 in base58 or base32");
}

static char *
encode_base58 (const guint8 *data, gsize length)
{
  guint8 digits[V0_TEXT + 4] = { 0 }; /* least significant first */
  gsize n = 0;
  char *text;

  for (gsize i = 0; i < length; i++)
    {
      guint carry = data[i];

      for (gsize j = 0; j < n || carry != 0; j++)
        {
          carry += digits[j] * 256u;
          digits[j] = (guint8) (carry % 58);
          carry /= 58;
          n = MAX (n, j + 1);
        }
    }

  text = g_malloc0 (n + 1);
  for (gsize i = 0; i < n; i++)
    text[i] = base58[digits[n - 1 - i]];
  return text;
}

static char *
encode_base32 (const guint8 *data, gsize length)
{
  GString *text = g_string_new ("b");
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      bits = bits << 8 | data[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        g_string_append_c (text, base32[bits >> (n_bits - 5) & 31]);
    }
  if (n_bits > 0)
    g_string_append_c (text, base32[bits << (5 - n_bits) & 31]);

  return g_string_free (text, FALSE);
}

char *
gm_cid_dup_text (const GmCid *cid)
{
  guint8 data[GM_CID_MAX_BYTES];
  gsize length = gm_cid_encode (cid, data);

  return cid->version == 0 ? encode_base58 (data, length) : encode_base32 (data, length);
}

gboolean
gm_cid_equal (const GmCid *a, const GmCid *b)
{
  return a->version == b->version && a->codec == b->codec && gm_hash_equal (&a->digest, &b->digest);
}

gboolean
gm_cid_verify (const GmCid *cid, const guint8 *block, gsize length, GError **error)
{
  g_autofree char *text = NULL;
  GmHash digest;

  gm_hash_sha256 (block, length, &digest);
  if (gm_hash_equal (&digest, &cid->digest))
    return TRUE;

  text = gm_cid_dup_text (cid);
  return gm_fail (error, GM_ERROR_BAD_DATA, "the block is not what %s names", text);
}
