/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-decoder.h"

#include <string.h>

#include "base/error.h"
#include "evm/abi-reader.h"

#define WORD_BYTES 32

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize budget; /* bytes that may still be decoded */
} Decoder;

/* Every byte of the data may stand for one of a value: shared parts cannot multiply it. */
static gboolean
spend (Decoder *self, gsize bytes, GError **error)
{
  if (bytes > self->budget)
    return gm_fail (error, GM_ERROR_BAD_DATA, "ABI: the values are larger than the data");

  self->budget -= bytes;
  return TRUE;
}

static gboolean
read_word (Decoder *self, gsize at, GmHash *out, GError **error)
{
  if (self->length < WORD_BYTES || at > self->length - WORD_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "ABI: the data ends after %" G_GSIZE_FORMAT
                    " bytes, before a word at %" G_GSIZE_FORMAT,
                    self->length, at);
  if (!spend (self, WORD_BYTES, error))
    return FALSE;

  memcpy (out->b, self->data + at, WORD_BYTES);
  return TRUE;
}

/* An offset or a length: what is above the data's length is refused at once. */
static gboolean
read_size (Decoder *self, gsize at, gsize *out, GError **error)
{
  GmHash word;
  GmU256 number;
  guint64 size;

  if (!read_word (self, at, &word, error))
    return FALSE;

  number = gm_u256_from_be (&word);
  if (!gm_u256_to_u64 (&number, &size, NULL) || size > self->length)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "ABI: an offset or length at %" G_GSIZE_FORMAT " is beyond the data", at);

  *out = (gsize) size;
  return TRUE;
}

static gboolean
all_are (const guint8 *data, gsize length, guint8 byte)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] != byte)
      return FALSE;

  return TRUE;
}

static gboolean
check_word (const GmAbiType *type, const GmHash *word, GError **error)
{
  gsize width = type->size / 8, rest = WORD_BYTES - width;
  gboolean clean;

  switch (type->kind)
    {
    case GM_ABI_INT: clean = all_are (word->b, rest, (gint8) word->b[rest] < 0 ? 0xff : 0); break;
    case GM_ABI_BOOL:
      clean = all_are (word->b, WORD_BYTES - 1, 0) && word->b[WORD_BYTES - 1] <= 1;
      break;
    case GM_ABI_FIXED_BYTES:
    case GM_ABI_FUNCTION: clean = all_are (word->b + type->size, WORD_BYTES - type->size, 0); break;
    case GM_ABI_UINT:
    case GM_ABI_ADDRESS: clean = all_are (word->b, rest, 0); break;
    case GM_ABI_BYTES:
    case GM_ABI_STRING:
    case GM_ABI_ARRAY:
    case GM_ABI_TUPLE:
    default: g_assert_not_reached ();
    }
  if (!clean)
    {
      g_autofree char *name = gm_abi_type_dup_text (type);

      return gm_fail (error, GM_ERROR_BAD_DATA, "ABI: a word is no %s", name);
    }

  return TRUE;
}

GmAbiValue *
gm_abi_decode_word (const GmAbiType *type, const GmHash *word, GError **error)
{
  return check_word (type, word, error) ? gm_abi_value_new_word (word) : NULL;
}

static GmAbiValue *
decode_word (Decoder *self, const GmAbiType *type, gsize at, GError **error)
{
  GmHash word;

  return read_word (self, at, &word, error) ? gm_abi_decode_word (type, &word, error) : NULL;
}

static GmAbiValue *
decode_bytes (Decoder *self, const GmAbiType *type, gsize at, GError **error)
{
  const guint8 *data;
  gsize size;

  if (!read_size (self, at, &size, error))
    return NULL;
  if (size > GM_ABI_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI: %" G_GSIZE_FORMAT " bytes, at most %d",
                         size, GM_ABI_MAX_BYTES);
  if (size > self->length - at - WORD_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "ABI: %" G_GSIZE_FORMAT " bytes, the data has %" G_GSIZE_FORMAT " more",
                         size, self->length - at - WORD_BYTES);
  if (!spend (self, size, error))
    return NULL;

  data = self->data + at + WORD_BYTES;
  if (type->kind == GM_ABI_STRING && !g_utf8_validate_len ((const char *) data, size, NULL))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI: text that is not UTF-8, or has a NUL");

  return gm_abi_value_new_bytes (data, size);
}

static GmAbiValue *decode_at (Decoder *self, const GmAbiType *type, gsize at, GError **error);

/* @frame is where the list begins, offsets count from there; @head is in it. */
static GmAbiValue *
decode_part (Decoder *self, const GmAbiType *type, gsize frame, gsize head, GError **error)
{
  gsize offset;

  if (!type->dynamic)
    return decode_at (self, type, head, error);
  if (!read_size (self, head, &offset, error))
    return NULL;
  if (offset > self->length - frame)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI: an offset points beyond the data");

  return decode_at (self, type, frame + offset, error);
}

static GmAbiValue *
decode_list (Decoder *self, const GmAbiType *type, gsize count, gsize frame, GError **error)
{
  g_autoptr (GmAbiValue) list = gm_abi_value_new_list ();
  gsize head = frame;

  for (gsize i = 0; i < count; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, (guint) i);
      GmAbiValue *value = decode_part (self, part, frame, head, error);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (list->parts, value);
      head += part->head_bytes;
    }

  return g_steal_pointer (&list);
}

/* Nothing is allocated for elements that are not there: each takes a word of the data at least, and
 * the first that is missing ends it. */
static GmAbiValue *
decode_at (Decoder *self, const GmAbiType *type, gsize at, GError **error)
{
  gsize count;

  switch (type->kind)
    {
    case GM_ABI_BYTES:
    case GM_ABI_STRING: return decode_bytes (self, type, at, error);
    case GM_ABI_TUPLE: return decode_list (self, type, type->parts->len, at, error);
    case GM_ABI_ARRAY:
      if (type->size > 0)
        return decode_list (self, type, type->size, at, error);
      return read_size (self, at, &count, error)
                 ? decode_list (self, type, count, at + WORD_BYTES, error)
                 : NULL;
    case GM_ABI_UINT:
    case GM_ABI_INT:
    case GM_ABI_BOOL:
    case GM_ABI_ADDRESS:
    case GM_ABI_FIXED_BYTES:
    case GM_ABI_FUNCTION:
    default: return decode_word (self, type, at, error);
    }
}

GmAbiValue *
gm_abi_decode (const GmAbiType *type, GBytes *data, GError **error)
{
  Decoder self = { 0 };

  self.data = g_bytes_get_data (data, &self.length);
  self.budget = self.length;
  if (type->kind == GM_ABI_TUPLE) /* the list itself has no offset */
    return decode_list (&self, type, type->parts->len, 0, error);

  return decode_part (&self, type, 0, 0, error);
}
