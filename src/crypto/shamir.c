/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shamir.h"

#include "base/error.h"

/* GF(256), x^8 + x^4 + x^3 + x + 1. No tables and no branches on secrets: nothing to time. */
static guint8
multiply (guint8 a, guint8 b)
{
  guint8 product = 0;

  for (guint bit = 0; bit < 8; bit++)
    {
      product ^= (guint8) (-(b >> bit & 1)) & a;
      a = (guint8) (a << 1) ^ ((guint8) (-(a >> 7)) & 0x1b);
    }
  return product;
}

/* a^254 = 1/a; 0 gives 0. */
static guint8
invert (guint8 a)
{
  guint8 power = a;

  for (guint i = 0; i < 6; i++)
    power = multiply (multiply (power, power), a); /* 3, 7, … 127 */
  return multiply (power, power);
}

/* Horner's rule, all bytes at once: rows of @random are the coefficients 1 … t - 1. */
static GmSecret *
evaluate (const guint8 *secret, const guint8 *random, gsize length, guint t, guint8 x)
{
  GmSecret *y = gm_secret_new (length);
  guint8 *out = gm_secret_open_to_write (y);

  for (guint row = t - 1; row > 0; row--)
    for (gsize i = 0; i < length; i++)
      out[i] = multiply (out[i] ^ random[(row - 1) * length + i], x);
  for (gsize i = 0; i < length; i++)
    out[i] ^= secret[i];
  gm_secret_close (y);
  return y;
}

gboolean
gm_shamir_split (GmSecret *secret, guint t, guint n, GmShare *shares, GError **error)
{
  gsize length = gm_secret_length (secret);
  g_autoptr (GmSecret) random = NULL;
  const guint8 *bytes, *coefficients;

  if (t < 1 || t > n || n > GM_SHAMIR_MAX_SHARES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: %u of %u shares cannot be", t, n);
  if (length == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: the secret is empty");

  random = gm_secret_new_random ((t - 1) * length);
  bytes = gm_secret_open (secret);
  coefficients = gm_secret_open (random);
  for (guint i = 0; i < n; i++)
    shares[i] = (GmShare){ .x = (guint8) (i + 1),
                           .y = evaluate (bytes, coefficients, length, t, (guint8) (i + 1)) };
  gm_secret_close (random);
  gm_secret_close (secret);
  return TRUE;
}

static gboolean
check_shares (const GmShare *shares, guint n_shares, GError **error)
{
  if (n_shares < 1 || n_shares > GM_SHAMIR_MAX_SHARES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: %u shares cannot be", n_shares);

  for (guint i = 0; i < n_shares; i++)
    {
      if (shares[i].x == 0)
        return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: share 0 would be the secret");
      if (gm_secret_length (shares[i].y) != gm_secret_length (shares[0].y) ||
          gm_secret_length (shares[i].y) == 0)
        return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: shares of different lengths");
      for (guint k = 0; k < i; k++)
        if (shares[k].x == shares[i].x)
          return gm_fail (error, GM_ERROR_BAD_DATA, "Shamir: share %u is given twice", shares[i].x);
    }
  return TRUE;
}

/* Lagrange's factor of share @i at 0: the product of x_k / (x_k - x_i). */
static guint8
weight (const GmShare *shares, guint n_shares, guint i)
{
  guint8 above = 1, below = 1;

  for (guint k = 0; k < n_shares; k++)
    if (k != i)
      {
        above = multiply (above, shares[k].x);
        below = multiply (below, shares[k].x ^ shares[i].x);
      }
  return multiply (above, invert (below));
}

GmSecret *
gm_shamir_combine (const GmShare *shares, guint n_shares, GError **error)
{
  GmSecret *secret;
  guint8 *out;
  gsize length;

  if (!check_shares (shares, n_shares, error))
    return NULL;

  length = gm_secret_length (shares[0].y);
  secret = gm_secret_new (length);
  out = gm_secret_open_to_write (secret);
  for (guint i = 0; i < n_shares; i++)
    {
      const guint8 *y = gm_secret_open (shares[i].y);
      guint8 factor = weight (shares, n_shares, i);

      for (gsize k = 0; k < length; k++)
        out[k] ^= multiply (y[k], factor);
      gm_secret_close (shares[i].y);
    }
  gm_secret_close (secret);
  return secret;
}

void
gm_share_clear (GmShare *share)
{
  g_clear_pointer (&share->y, gm_secret_unref);
  share->x = 0;
}
