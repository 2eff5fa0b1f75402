/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/keccak.h"

#include <string.h>

#define RATE_BYTES 136 /* 1600 bits less twice the 256 of the hash */
#define ROUNDS     24

/* The constants of step ι, FIPS 202 section 3.2.5. */
static const guint64 round_constants[ROUNDS] = {
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static guint64
rotate_left (guint64 lane, guint bits)
{
  return lane << bits | lane >> (64 - bits);
}

static void
mix_columns (guint64 lanes[25]) /* step θ */
{
  guint64 parity[5];

  for (guint x = 0; x < 5; x++)
    parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
  for (guint x = 0; x < 5; x++)
    {
      guint64 change = parity[(x + 4) % 5] ^ rotate_left (parity[(x + 1) % 5], 1);

      for (guint y = 0; y < 25; y += 5)
        lanes[x + y] ^= change;
    }
}

/* Steps ρ and π in one walk: every lane but the first moves along one cycle, and the t-th is turned
 * by (t + 1)(t + 2) / 2 bits. */
static void
move_lanes (guint64 lanes[25])
{
  guint64 carried = lanes[1];
  guint x = 1, y = 0;

  for (guint t = 0; t < 24; t++)
    {
      guint next_y = (2 * x + 3 * y) % 5;
      guint64 replaced;

      x = y;
      y = next_y;
      replaced = lanes[x + 5 * y];
      lanes[x + 5 * y] = rotate_left (carried, (t + 1) * (t + 2) / 2 % 64);
      carried = replaced;
    }
}

static void
mix_rows (guint64 lanes[25]) /* step χ */
{
  for (guint y = 0; y < 25; y += 5)
    {
      guint64 row[5];

      memcpy (row, lanes + y, sizeof row);
      for (guint x = 0; x < 5; x++)
        lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
}

static void
permute (guint64 lanes[25])
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      mix_columns (lanes);
      move_lanes (lanes);
      mix_rows (lanes);
      lanes[0] ^= round_constants[i];
    }
}

static void
absorb (guint64 lanes[25], const guint8 block[RATE_BYTES])
{
  for (guint i = 0; i < RATE_BYTES; i++)
    lanes[i / 8] ^= (guint64) block[i] << (8 * (i % 8));
  permute (lanes);
}

void
gm_keccak256 (const guint8 *data, gsize length, GmHash *out)
{
  guint64 lanes[25] = { 0 };
  guint8 last[RATE_BYTES] = { 0 };

  for (; length >= RATE_BYTES; data += RATE_BYTES, length -= RATE_BYTES)
    absorb (lanes, data);

  if (length > 0)
    memcpy (last, data, length);
  last[length] = 0x01; /* Keccak's own padding; SHA3-256 has 0x06 here */
  last[RATE_BYTES - 1] |= 0x80;
  absorb (lanes, last);

  for (guint i = 0; i < sizeof out->b; i++)
    out->b[i] = (guint8) (lanes[i / 8] >> (8 * (i % 8)));
}

void
gm_keccak256_text (const char *text, GmHash *out)
{
  gm_keccak256 ((const guint8 *) text, strlen (text), out);
}
