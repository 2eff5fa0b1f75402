/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-value.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"

#define WORD_BYTES 32

static const guint8 zeros[WORD_BYTES];

GmAbiValue *
gm_abi_value_new_word (const GmHash *word)
{
  GmAbiValue *self = g_new0 (GmAbiValue, 1);

  self->word = *word;
  return self;
}

GmAbiValue *
gm_abi_value_new_bytes (const guint8 *data, gsize length)
{
  GmAbiValue *self = g_new0 (GmAbiValue, 1);

  self->bytes = g_bytes_new (data, length);
  return self;
}

GmAbiValue *
gm_abi_value_new_list (void)
{
  GmAbiValue *self = g_new0 (GmAbiValue, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_abi_value_free);
  return self;
}

void
gm_abi_value_free (GmAbiValue *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static void
put_number (guint8 *at, gsize number)
{
  GmU256 value = gm_u256_from_u64 (number);
  GmHash word;

  gm_u256_to_be (&value, &word);
  memcpy (at, word.b, WORD_BYTES);
}

static void
append_number (GByteArray *out, gsize number)
{
  guint8 word[WORD_BYTES];

  put_number (word, number);
  g_byte_array_append (out, word, WORD_BYTES);
}

/* The bytes, then zeros up to a whole word when @padded. */
static void
append_bytes (GByteArray *out, GBytes *bytes, gboolean padded)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_byte_array_append (out, data, (guint) length);
  if (padded)
    g_byte_array_append (out, zeros, (guint) (-length % WORD_BYTES));
}

static void append_value (GByteArray *out, const GmAbiType *type, const GmAbiValue *value);

/* Heads in order, an offset where the value is dynamic; then these values. */
static void
append_list (GByteArray *out, const GmAbiType *type, const GmAbiValue *value)
{
  guint start = out->len, head = out->len;

  g_assert (type->kind == GM_ABI_ARRAY ? type->size == 0 || type->size == value->parts->len
                                       : type->parts->len == value->parts->len);
  for (guint i = 0; i < value->parts->len; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, i);

      if (part->dynamic)
        g_byte_array_append (out, zeros, WORD_BYTES);
      else
        append_value (out, part, value->parts->pdata[i]);
    }
  for (guint i = 0; i < value->parts->len; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, i);

      if (part->dynamic)
        {
          put_number (out->data + head, out->len - start);
          append_value (out, part, value->parts->pdata[i]);
        }
      head += (guint) part->head_bytes;
    }
}

static void
append_value (GByteArray *out, const GmAbiType *type, const GmAbiValue *value)
{
  if (type->parts != NULL)
    {
      if (type->kind == GM_ABI_ARRAY && type->size == 0)
        append_number (out, value->parts->len);
      append_list (out, type, value);
    }
  else if (type->dynamic)
    {
      append_number (out, g_bytes_get_size (value->bytes));
      append_bytes (out, value->bytes, TRUE);
    }
  else
    g_byte_array_append (out, value->word.b, WORD_BYTES);
}

GBytes *
gm_abi_value_encode (const GmAbiType *type, const GmAbiValue *value)
{
  GByteArray *out = g_byte_array_new ();

  if (type->dynamic && type->kind != GM_ABI_TUPLE) /* the list of one begins with its offset */
    append_number (out, WORD_BYTES);
  append_value (out, type, value);
  return g_byte_array_free_to_bytes (out);
}

/* One after the other, without offsets and lengths; whole words where @padded. Solidity's "in-place
 * encoding" of indexed values is the same with lists and strings in lists padded too. */
static void
append_packed (GByteArray *out, const GmAbiType *type, const GmAbiValue *value, gboolean padded)
{
  gsize width = type->kind == GM_ABI_FIXED_BYTES || type->kind == GM_ABI_FUNCTION ? type->size
                                                                                  : type->size / 8;

  if (type->parts != NULL)
    for (guint i = 0; i < value->parts->len; i++)
      append_packed (out, gm_abi_type_part (type, i), value->parts->pdata[i], TRUE);
  else if (type->dynamic)
    append_bytes (out, value->bytes, padded);
  else if (padded)
    g_byte_array_append (out, value->word.b, WORD_BYTES);
  else if (type->kind == GM_ABI_FIXED_BYTES || type->kind == GM_ABI_FUNCTION)
    g_byte_array_append (out, value->word.b, (guint) width);
  else
    g_byte_array_append (out, value->word.b + WORD_BYTES - width, (guint) width);
}

static gboolean
may_pack (const GmAbiType *type, gboolean inside)
{
  if (type->kind == GM_ABI_ARRAY)
    return may_pack (type->parts->pdata[0], TRUE);

  return type->kind != GM_ABI_TUPLE && !(inside && type->dynamic);
}

GBytes *
gm_abi_value_encode_packed (const GmAbiType *type, const GmAbiValue *value, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_assert (type->kind == GM_ABI_TUPLE);
  for (guint i = 0; i < type->parts->len; i++)
    {
      const GmAbiType *part = type->parts->pdata[i];

      if (!may_pack (part, FALSE))
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI: value %u has no packed form", i + 1);
      append_packed (out, part, value->parts->pdata[i], FALSE);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
gm_abi_value_is_hashed (const GmAbiType *type)
{
  return type->parts != NULL || type->dynamic;
}

void
gm_abi_value_topic (const GmAbiType *type, const GmAbiValue *value, GmHash *out)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!gm_abi_value_is_hashed (type))
    {
      *out = value->word;
      return;
    }

  append_packed (bytes, type, value, FALSE);
  gm_keccak256 (bytes->data, bytes->len, out);
}
