/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-reader.h"

#include <string.h>

#include "base/error.h"

#define WORD_BYTES 32

GmAbiReader
gm_abi_reader (GBytes *data)
{
  GmAbiReader self = { 0 };

  self.data = g_bytes_get_data (data, &self.length);
  return self;
}

/* Names the value the reader stands at. */
static gboolean
blame (const GmAbiReader *self, GError **error)
{
  g_prefix_error (error, "ABI value %" G_GSIZE_FORMAT ": ", self->at / WORD_BYTES + 1);
  return FALSE;
}

/* The word at byte @at, which need not lie in the data. */
static gboolean
peek_word (const GmAbiReader *self, guint64 at, GmHash *out, GError **error)
{
  if (self->length < WORD_BYTES || at > self->length - WORD_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "the data ends after %" G_GSIZE_FORMAT
                    " bytes, before a word at %" G_GUINT64_FORMAT,
                    self->length, at);

  memcpy (out->b, self->data + at, WORD_BYTES);
  return TRUE;
}

static gboolean
peek_u64 (const GmAbiReader *self, guint64 at, guint64 *out, GError **error)
{
  GmHash word;
  GmU256 number;

  if (!peek_word (self, at, &word, error))
    return FALSE;

  number = gm_u256_from_be (&word);
  return gm_u256_to_u64 (&number, out, error);
}

gboolean
gm_abi_read_hash (GmAbiReader *self, GmHash *out, GError **error)
{
  if (!peek_word (self, self->at, out, error))
    return blame (self, error);

  self->at += WORD_BYTES;
  return TRUE;
}

gboolean
gm_abi_read_u256 (GmAbiReader *self, GmU256 *out, GError **error)
{
  GmHash word;

  if (!gm_abi_read_hash (self, &word, error))
    return FALSE;

  *out = gm_u256_from_be (&word);
  return TRUE;
}

gboolean
gm_abi_read_u64 (GmAbiReader *self, guint64 *out, GError **error)
{
  if (!peek_u64 (self, self->at, out, error))
    return blame (self, error);

  self->at += WORD_BYTES;
  return TRUE;
}

gboolean
gm_abi_read_bool (GmAbiReader *self, gboolean *out, GError **error)
{
  guint64 number;

  if (!peek_u64 (self, self->at, &number, error))
    return blame (self, error);
  if (number > 1)
    {
      gm_error_set (error, GM_ERROR_BAD_DATA, "a bool is 0 or 1");
      return blame (self, error);
    }

  *out = number == 1;
  self->at += WORD_BYTES;
  return TRUE;
}

gboolean
gm_abi_read_address (GmAbiReader *self, GmAddress *out, GError **error)
{
  static const guint8 zeros[WORD_BYTES - sizeof out->b];
  GmHash word;

  if (!peek_word (self, self->at, &word, error))
    return blame (self, error);
  if (memcmp (word.b, zeros, sizeof zeros) != 0)
    {
      gm_error_set (error, GM_ERROR_BAD_DATA, "an address has 20 bytes, and zeros before them");
      return blame (self, error);
    }

  memcpy (out->b, word.b + sizeof zeros, sizeof out->b);
  self->at += WORD_BYTES;
  return TRUE;
}

/* The head holds an offset from the start of the data, there stand the length and then the bytes.
 * Like Solidity, we ask no zeros after them. */
static const guint8 *
peek_tail (const GmAbiReader *self, gsize *length, GError **error)
{
  guint64 offset, size;

  if (!peek_u64 (self, self->at, &offset, error) || !peek_u64 (self, offset, &size, error))
    return NULL;
  if (size > GM_ABI_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%" G_GUINT64_FORMAT " bytes, at most %d", size,
                         GM_ABI_MAX_BYTES);
  if (size > self->length - offset - WORD_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "%" G_GUINT64_FORMAT " bytes, the data has %" G_GUINT64_FORMAT " more",
                         size, self->length - offset - WORD_BYTES);

  *length = (gsize) size;
  return self->data + offset + WORD_BYTES;
}

GBytes *
gm_abi_read_bytes (GmAbiReader *self, GError **error)
{
  gsize length;
  const guint8 *data = peek_tail (self, &length, error);

  if (data == NULL)
    {
      blame (self, error);
      return NULL;
    }

  self->at += WORD_BYTES;
  return g_bytes_new (data, length);
}

char *
gm_abi_read_text (GmAbiReader *self, GError **error)
{
  gsize length;
  const char *text = (const char *) peek_tail (self, &length, error);

  if (text != NULL && !g_utf8_validate_len (text, length, NULL))
    text = gm_fail_null (error, GM_ERROR_BAD_DATA, "text that is not UTF-8, or has a NUL");
  if (text == NULL)
    {
      blame (self, error);
      return NULL;
    }

  self->at += WORD_BYTES;
  return g_strndup (text, length);
}
