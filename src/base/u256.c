/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/u256.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"

#define DECIMAL_DIGITS 78 /* of 2^256 - 1 */

/* gcc and clang have it on every 64-bit target */
__extension__ typedef unsigned __int128 Wide;

GmU256
gm_u256_from_u64 (guint64 value)
{
  return (GmU256){ .w = { value } };
}

GmU256
gm_u256_from_be (const GmHash *big_endian)
{
  GmU256 value = { 0 };

  for (guint i = 0; i < 32; i++)
    value.w[3 - i / 8] = value.w[3 - i / 8] << 8 | big_endian->b[i];
  return value;
}

void
gm_u256_to_be (const GmU256 *value, GmHash *big_endian)
{
  for (guint i = 0; i < 32; i++)
    big_endian->b[i] = (guint8) (value->w[3 - i / 8] >> (56 - 8 * (i % 8)));
}

gboolean
gm_u256_to_u64 (const GmU256 *value, guint64 *out, GError **error)
{
  if (value->w[1] != 0 || value->w[2] != 0 || value->w[3] != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "number does not fit 64 bits");

  *out = value->w[0];
  return TRUE;
}

int
gm_u256_compare (const GmU256 *a, const GmU256 *b)
{
  for (int i = 3; i >= 0; i--)
    if (a->w[i] != b->w[i])
      return a->w[i] < b->w[i] ? -1 : 1;

  return 0;
}

gboolean
gm_u256_is_zero (const GmU256 *value)
{
  return (value->w[0] | value->w[1] | value->w[2] | value->w[3]) == 0;
}

gboolean
gm_u256_add (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error)
{
  GmU256 sum;
  Wide carry = 0;

  for (guint i = 0; i < 4; i++)
    {
      carry += (Wide) a->w[i] + b->w[i];
      sum.w[i] = (guint64) carry;
      carry >>= 64;
    }
  if (carry != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "sum exceeds 256 bits");

  *out = sum;
  return TRUE;
}

static void
subtract_words (const GmU256 *a, const GmU256 *b, GmU256 *out)
{
  guint64 borrow = 0;

  for (guint i = 0; i < 4; i++)
    {
      Wide difference = (Wide) a->w[i] - b->w[i] - borrow;

      out->w[i] = (guint64) difference;
      borrow = (guint64) (difference >> 64) & 1;
    }
}

gboolean
gm_u256_subtract (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error)
{
  if (gm_u256_compare (a, b) < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "difference is negative");

  subtract_words (a, b, out);
  return TRUE;
}

gboolean
gm_u256_multiply (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error)
{
  guint64 product[8] = { 0 };

  for (guint i = 0; i < 4; i++)
    {
      Wide carry = 0;

      for (guint j = 0; j < 4; j++)
        {
          carry += (Wide) a->w[i] * b->w[j] + product[i + j];
          product[i + j] = (guint64) carry;
          carry >>= 64;
        }
      product[i + 4] = (guint64) carry;
    }
  if ((product[4] | product[5] | product[6] | product[7]) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "product exceeds 256 bits");

  memcpy (out->w, product, sizeof out->w);
  return TRUE;
}

/* Shift and subtract: 256 plain steps. Nothing here divides in a loop that matters. */
gboolean
gm_u256_divide (const GmU256 *a,
                const GmU256 *b,
                GmU256 *quotient,
                GmU256 *remainder,
                GError **error)
{
  GmU256 q = { 0 };
  GmU256 r = { 0 };

  if (gm_u256_is_zero (b))
    return gm_fail (error, GM_ERROR_BAD_DATA, "division by zero");

  for (int bit = 255; bit >= 0; bit--)
    {
      gboolean top = r.w[3] >> 63;

      for (int i = 3; i > 0; i--)
        r.w[i] = r.w[i] << 1 | r.w[i - 1] >> 63;
      r.w[0] = r.w[0] << 1 | (a->w[bit / 64] >> (bit % 64) & 1);

      if (top || gm_u256_compare (&r, b) >= 0)
        {
          subtract_words (&r, b, &r);
          q.w[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
        }
    }

  *quotient = q;
  if (remainder != NULL)
    *remainder = r;
  return TRUE;
}

static gboolean
parse_hex (const char *text, GmU256 *out, GError **error)
{
  GmHash big_endian;
  g_autofree char *padded = NULL;
  gsize length = strlen (text);

  if (length == 0 || length > 64)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a 256-bit number has 1 to 64 hexadecimal digits");

  padded = g_strnfill (64, '0');
  memcpy (padded + 64 - length, text, length);
  if (!gm_hex_decode (padded, big_endian.b, sizeof big_endian.b, error))
    return FALSE;

  *out = gm_u256_from_be (&big_endian);
  return TRUE;
}

gboolean
gm_u256_parse (const char *text, GmU256 *out, GError **error)
{
  const GmU256 ten = gm_u256_from_u64 (10);
  GmU256 value = { 0 };

  if (text == NULL || *text == '\0' || strlen (text) > DECIMAL_DIGITS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a 256-bit number has 1 to %d digits",
                    DECIMAL_DIGITS);
  if (g_str_has_prefix (text, "0x"))
    return parse_hex (text + 2, out, error);

  for (const char *p = text; *p != '\0'; p++)
    {
      GmU256 digit = gm_u256_from_u64 ((guint64) (*p - '0'));

      if (!g_ascii_isdigit (*p))
        return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is not a whole number", text);
      if (!gm_u256_multiply (&value, &ten, &value, error) ||
          !gm_u256_add (&value, &digit, &value, error))
        return FALSE;
    }

  *out = value;
  return TRUE;
}

char *
gm_u256_format (const GmU256 *value)
{
  char digits[DECIMAL_DIGITS + 1];
  guint start = DECIMAL_DIGITS;
  GmU256 rest = *value;

  digits[DECIMAL_DIGITS] = '\0';
  do
    {
      Wide remainder = 0;

      for (int i = 3; i >= 0; i--)
        {
          remainder = remainder << 64 | rest.w[i];
          rest.w[i] = (guint64) (remainder / 10);
          remainder %= 10;
        }
      digits[--start] = (char) ('0' + (int) remainder);
    }
  while (!gm_u256_is_zero (&rest));

  return g_strdup (digits + start);
}
