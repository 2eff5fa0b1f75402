/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/rlp-reader.h"

#include <string.h>

#include "base/error.h"

#define SHORT_BYTES 55
#define BYTES_BASE  0x80
#define LIST_BASE   0xc0

GmRlpReader
gm_rlp_reader (GBytes *data)
{
  GmRlpReader self = { 0 };

  self.data = g_bytes_get_data (data, &self.length);
  return self;
}

gboolean
gm_rlp_at_end (const GmRlpReader *self)
{
  return self->length == 0;
}

gboolean
gm_rlp_at_list (const GmRlpReader *self)
{
  return self->length > 0 && self->data[0] >= LIST_BASE;
}

gboolean
gm_rlp_read_end (const GmRlpReader *self, GError **error)
{
  return gm_rlp_at_end (self) || gm_fail (error, GM_ERROR_BAD_DATA,
                                          "RLP: %" G_GSIZE_FORMAT " bytes too many", self->length);
}

/* A length of @n bytes after the prefix, n is 1 to 8. */
static gboolean
read_long (const GmRlpReader *self, guint n, guint64 *length, GError **error)
{
  guint64 value = 0;

  if (self->length < 1 + (gsize) n)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: the data ends in a length");
  if (self->data[1] == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: a length starts with zero");

  for (guint i = 1; i <= n; i++)
    value = value << 8 | self->data[i];
  if (value <= SHORT_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: a length needs fewer bytes");

  *length = value;
  return TRUE;
}

/* The item the reader stands at: bytes of its prefix, and bytes after it. */
static gboolean
peek (const GmRlpReader *self, gsize *prefix, gsize *length, GError **error)
{
  guint8 first;
  guint64 size;
  guint n;

  if (self->length == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: an item is missing");

  first = self->data[0];
  if (first < BYTES_BASE)
    {
      *prefix = 0;
      *length = 1;
      return TRUE;
    }

  size = first - (first >= LIST_BASE ? LIST_BASE : BYTES_BASE);
  n = size > SHORT_BYTES ? (guint) size - SHORT_BYTES : 0;
  if (n > 0 && !read_long (self, n, &size, error))
    return FALSE;
  if (size > GM_RLP_MAX_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: %" G_GUINT64_FORMAT " bytes, at most %d", size,
                    GM_RLP_MAX_BYTES);
  if (size > self->length - 1 - n)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "RLP: %" G_GUINT64_FORMAT " bytes, there are %" G_GSIZE_FORMAT, size,
                    self->length - 1 - n);
  if (first == BYTES_BASE + 1 && self->data[1] < BYTES_BASE)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: a byte below 0x80 must stand alone");

  *prefix = 1 + n;
  *length = (gsize) size;
  return TRUE;
}

static void
skip (GmRlpReader *self, gsize n)
{
  self->data += n;
  self->length -= n;
}

gboolean
gm_rlp_read_list (GmRlpReader *self, GmRlpReader *inside, GError **error)
{
  gsize prefix, length;

  if (!peek (self, &prefix, &length, error))
    return FALSE;
  if (!gm_rlp_at_list (self))
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: bytes where a list is expected");
  if (self->depth == GM_RLP_MAX_DEPTH)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: deeper than %d lists", GM_RLP_MAX_DEPTH);

  *inside = (GmRlpReader){ self->data + prefix, length, self->depth + 1 };
  skip (self, prefix + length);
  return TRUE;
}

/* The bytes the reader stands at, which stays there. */
static const guint8 *
peek_bytes (const GmRlpReader *self, gsize *length, GError **error)
{
  gsize prefix;

  if (!peek (self, &prefix, length, error))
    return NULL;
  if (gm_rlp_at_list (self))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "RLP: a list where bytes are expected");

  return self->data + prefix;
}

gboolean
gm_rlp_read_bytes (GmRlpReader *self, const guint8 **data, gsize *length, GError **error)
{
  gsize size;
  const guint8 *bytes = peek_bytes (self, &size, error);

  if (bytes == NULL)
    return FALSE;

  *data = bytes;
  *length = size;
  skip (self, (gsize) (bytes - self->data) + size);
  return TRUE;
}

gboolean
gm_rlp_read_exact (GmRlpReader *self, guint8 *out, gsize length, GError **error)
{
  gsize size;
  const guint8 *bytes = peek_bytes (self, &size, error);

  if (bytes == NULL)
    return FALSE;
  if (size != length)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "RLP: %" G_GSIZE_FORMAT " bytes where %" G_GSIZE_FORMAT " are expected", size,
                    length);

  memcpy (out, bytes, length);
  skip (self, (gsize) (bytes - self->data) + size);
  return TRUE;
}

gboolean
gm_rlp_read_u256 (GmRlpReader *self, GmU256 *out, GError **error)
{
  gsize size;
  const guint8 *bytes = peek_bytes (self, &size, error);
  GmHash word = { 0 };

  if (bytes == NULL)
    return FALSE;
  if (size > sizeof word.b)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: a number of %" G_GSIZE_FORMAT " bytes", size);
  if (size > 0 && bytes[0] == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "RLP: a number starts with zero");

  memcpy (word.b + sizeof word.b - size, bytes, size);
  *out = gm_u256_from_be (&word);
  skip (self, (gsize) (bytes - self->data) + size);
  return TRUE;
}

gboolean
gm_rlp_read_u64 (GmRlpReader *self, guint64 *out, GError **error)
{
  GmRlpReader ahead = *self;
  GmU256 number;

  if (!gm_rlp_read_u256 (&ahead, &number, error) || !gm_u256_to_u64 (&number, out, error))
    return FALSE;

  *self = ahead;
  return TRUE;
}
