/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi.h"

#include <string.h>

#include "evm/keccak.h"

#define WORD_BYTES     32
#define SELECTOR_BYTES 4

typedef struct
{
  GmHash word;   /* of a static value, as encode() writes it */
  guint width;   /* its bytes in the packed form: the last ones of the word */
  GBytes *bytes; /* of a dynamic value, else NULL */
} Value;

struct _GmAbi
{
  GArray *values; /* of Value */
};

static void
clear_value (gpointer value)
{
  g_clear_pointer (&((Value *) value)->bytes, g_bytes_unref);
}

GmAbi *
gm_abi_new (void)
{
  GmAbi *self = g_new0 (GmAbi, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_array_set_clear_func (self->values, clear_value);
  return self;
}

void
gm_abi_free (GmAbi *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->values);
  g_free (self);
}

static void
add_word (GmAbi *self, const guint8 *data, guint width)
{
  Value value = { .width = width };

  memcpy (value.word.b + WORD_BYTES - width, data, width);
  g_array_append_val (self->values, value);
}

void
gm_abi_add_u256 (GmAbi *self, const GmU256 *value)
{
  GmHash word;

  gm_u256_to_be (value, &word);
  add_word (self, word.b, WORD_BYTES);
}

void
gm_abi_add_uint (GmAbi *self, guint bits, guint64 value)
{
  guint64 big_endian = GUINT64_TO_BE (value);

  g_assert (bits >= 8 && bits <= 64 && bits % 8 == 0);
  g_assert (bits == 64 || value >> bits == 0);
  add_word (self, (const guint8 *) &big_endian + (64 - bits) / 8, bits / 8);
}

void
gm_abi_add_bool (GmAbi *self, gboolean value)
{
  gm_abi_add_uint (self, 8, value ? 1 : 0);
}

void
gm_abi_add_address (GmAbi *self, const GmAddress *value)
{
  add_word (self, value->b, sizeof value->b);
}

void
gm_abi_add_hash (GmAbi *self, const GmHash *value)
{
  add_word (self, value->b, sizeof value->b);
}

void
gm_abi_add_bytes (GmAbi *self, const guint8 *data, gsize length)
{
  Value value = { .bytes = g_bytes_new (data, length) };

  g_array_append_val (self->values, value);
}

void
gm_abi_add_text (GmAbi *self, const char *text)
{
  gm_abi_add_bytes (self, (const guint8 *) text, strlen (text));
}

static void
append_number (GByteArray *out, gsize number)
{
  GmU256 value = gm_u256_from_u64 (number);
  GmHash word;

  gm_u256_to_be (&value, &word);
  g_byte_array_append (out, word.b, WORD_BYTES);
}

/* Length, data, zeros up to a whole word. */
static void
append_tail (GByteArray *out, GBytes *bytes)
{
  static const guint8 zeros[WORD_BYTES];
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  append_number (out, length);
  g_byte_array_append (out, data, (guint) length);
  g_byte_array_append (out, zeros, (guint) (-length % WORD_BYTES));
}

static void
append_encoded (const GmAbi *self, GByteArray *out)
{
  g_autoptr (GByteArray) tails = g_byte_array_new ();
  gsize heads = (gsize) self->values->len * WORD_BYTES;

  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);

      if (value->bytes == NULL)
        g_byte_array_append (out, value->word.b, WORD_BYTES);
      else
        {
          append_number (out, heads + tails->len);
          append_tail (tails, value->bytes);
        }
    }
  g_byte_array_append (out, tails->data, tails->len);
}

GBytes *
gm_abi_encode (const GmAbi *self)
{
  GByteArray *out = g_byte_array_new ();

  append_encoded (self, out);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
gm_abi_encode_packed (const GmAbi *self)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);
      gsize length = value->width;
      const guint8 *data = value->word.b + WORD_BYTES - value->width;

      if (value->bytes != NULL)
        data = g_bytes_get_data (value->bytes, &length);
      g_byte_array_append (out, data, (guint) length);
    }

  return g_byte_array_free_to_bytes (out);
}

GBytes *
gm_abi_encode_call (const GmAbi *self, const char *signature)
{
  GByteArray *out = g_byte_array_new ();
  GmHash hash;

  gm_keccak256_text (signature, &hash);
  g_byte_array_append (out, hash.b, SELECTOR_BYTES);
  append_encoded (self, out);
  return g_byte_array_free_to_bytes (out);
}

static void
hash_bytes (GBytes *bytes, GmHash *out)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  gm_keccak256 (data, length, out);
}

void
gm_abi_hash (const GmAbi *self, GmHash *out)
{
  g_autoptr (GBytes) bytes = gm_abi_encode (self);

  hash_bytes (bytes, out);
}

void
gm_abi_hash_packed (const GmAbi *self, GmHash *out)
{
  g_autoptr (GBytes) bytes = gm_abi_encode_packed (self);

  hash_bytes (bytes, out);
}
