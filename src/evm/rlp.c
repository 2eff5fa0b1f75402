/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/rlp.h"

#include <string.h>

#define SHORT_BYTES 55 /* at most so many have their length in the first byte */
#define BYTES_BASE  0x80
#define LIST_BASE   0xc0

struct _GmRlp
{
  GByteArray *out;
  GArray *starts; /* of guint: where the open lists began in @out */
};

GmRlp *
gm_rlp_new (void)
{
  GmRlp *self = g_new0 (GmRlp, 1);

  self->out = g_byte_array_new ();
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
gm_rlp_free (GmRlp *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->out);
  g_array_unref (self->starts);
  g_free (self);
}

/* The shortest big-endian form at the end of @word; how many bytes it has. */
static guint
shorten (guint64 value, guint8 word[8])
{
  guint length = 0;

  for (; value != 0; value >>= 8)
    word[8 - ++length] = (guint8) value;
  return length;
}

/* The prefix of @length bytes, at most nine; how many it has itself. */
static guint
make_prefix (guint8 base, gsize length, guint8 prefix[9])
{
  guint8 word[8];
  guint n;

  if (length <= SHORT_BYTES)
    {
      prefix[0] = (guint8) (base + length);
      return 1;
    }

  n = shorten (length, word);
  prefix[0] = (guint8) (base + SHORT_BYTES + n);
  for (guint i = 0; i < n; i++)
    prefix[1 + i] = word[8 - n + i];
  return 1 + n;
}

void
gm_rlp_add_bytes (GmRlp *self, const guint8 *data, gsize length)
{
  guint8 prefix[9];

  if (length != 1 || data[0] >= BYTES_BASE) /* a small byte stands for itself */
    g_byte_array_append (self->out, prefix, make_prefix (BYTES_BASE, length, prefix));
  g_byte_array_append (self->out, data, (guint) length);
}

void
gm_rlp_add_u64 (GmRlp *self, guint64 value)
{
  guint8 word[8];
  guint length = shorten (value, word);

  gm_rlp_add_bytes (self, word + 8 - length, length);
}

void
gm_rlp_add_u256 (GmRlp *self, const GmU256 *value)
{
  GmHash word;
  guint zeros = 0;

  gm_u256_to_be (value, &word);
  while (zeros < sizeof word.b && word.b[zeros] == 0)
    zeros++;
  gm_rlp_add_bytes (self, word.b + zeros, sizeof word.b - zeros);
}

void
gm_rlp_open (GmRlp *self)
{
  g_array_append_val (self->starts, self->out->len);
}

/* The length is known only now: the prefix is put before what was written. */
void
gm_rlp_close (GmRlp *self)
{
  guint8 prefix[9];
  guint start, length, moved;

  g_assert (self->starts->len > 0);
  start = g_array_index (self->starts, guint, self->starts->len - 1);
  g_array_set_size (self->starts, self->starts->len - 1);

  length = self->out->len - start;
  moved = make_prefix (LIST_BASE, length, prefix);
  g_byte_array_set_size (self->out, self->out->len + moved);
  memmove (self->out->data + start + moved, self->out->data + start, length);
  memcpy (self->out->data + start, prefix, moved);
}

GBytes *
gm_rlp_encode (const GmRlp *self)
{
  g_assert (self->starts->len == 0);
  return g_bytes_new (self->out->data, self->out->len);
}
