/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row-list.h"

#define BLOCK_ROWS 256

typedef struct
{
  guint64 line; /* where it begins */
  gsize start;  /* of the block's bytes */
  guint width;  /* bytes of each row: 0 to 8 */
} Block;

struct _GmRowList
{
  guint length;
  guint n_blocks;
  Block *blocks;
  gsize n_bytes;
  guint8 *bytes; /* how far above the line, low byte first */
};

/* Modulo 2⁶⁴, so that no row number is too large or too small. */
static Block
measure (const gint64 *rows, guint n)
{
  gint64 lowest = rows[0];
  guint64 farthest = 0;
  Block block = { 0 };

  for (guint i = 1; i < n; i++)
    lowest = MIN (lowest, (gint64) ((guint64) rows[i] - i));
  block.line = (guint64) lowest;
  for (guint i = 0; i < n; i++)
    farthest = MAX (farthest, (guint64) rows[i] - i - block.line);
  for (; farthest > 0; farthest >>= 8)
    block.width++;
  return block;
}

static void
write_block (const Block *block, const gint64 *rows, guint n, guint8 *to)
{
  for (guint i = 0; i < n; i++)
    {
      guint64 above = (guint64) rows[i] - i - block->line;

      for (guint k = 0; k < block->width; k++, above >>= 8)
        *to++ = (guint8) above;
    }
}

GmRowList *
gm_row_list_new (const gint64 *rows, guint length)
{
  GmRowList *self = g_new0 (GmRowList, 1);

  self->length = length;
  self->n_blocks = length / BLOCK_ROWS + (length % BLOCK_ROWS != 0);
  self->blocks = g_new (Block, self->n_blocks);
  for (guint b = 0; b < self->n_blocks; b++)
    {
      guint n = MIN (length - b * BLOCK_ROWS, BLOCK_ROWS);

      self->blocks[b] = measure (rows + (gsize) b * BLOCK_ROWS, n);
      self->blocks[b].start = self->n_bytes;
      self->n_bytes += (gsize) n * self->blocks[b].width;
    }

  self->bytes = g_malloc (self->n_bytes);
  for (guint b = 0; b < self->n_blocks; b++)
    write_block (&self->blocks[b], rows + (gsize) b * BLOCK_ROWS,
                 MIN (length - b * BLOCK_ROWS, BLOCK_ROWS), self->bytes + self->blocks[b].start);
  return self;
}

void
gm_row_list_free (GmRowList *self)
{
  if (self == NULL)
    return;

  g_free (self->blocks);
  g_free (self->bytes);
  g_free (self);
}

guint
gm_row_list_get_length (const GmRowList *self)
{
  return self->length;
}

gint64
gm_row_list_get (const GmRowList *self, guint position)
{
  const Block *block = &self->blocks[position / BLOCK_ROWS];
  guint i = position % BLOCK_ROWS;
  const guint8 *at = self->bytes + block->start + (gsize) i * block->width;
  guint64 above = 0;

  for (guint k = block->width; k > 0; k--)
    above = above << 8 | at[k - 1];
  return (gint64) (block->line + i + above);
}

gsize
gm_row_list_get_bytes (const GmRowList *self)
{
  return sizeof *self + self->n_blocks * sizeof (Block) + self->n_bytes;
}
