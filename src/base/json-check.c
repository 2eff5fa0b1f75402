/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-check.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define MAX_DEPTH 32

/* The UTF-16 unit of "\\uXXXX", or -1. */
static int
escape_unit (const char *text, gsize left)
{
  int unit = 0;

  if (left < 6 || text[0] != '\\' || text[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

/* Bytes of the escape at @text; 0 when it is none, or half a surrogate pair: json-glib would make
 * text of that which is not UTF-8 (RFC 8259 section 8.2). */
static gsize
escape_length (const char *text, gsize left)
{
  int unit = escape_unit (text, left);

  if (unit < 0)
    return left >= 2 && text[1] != '\0' && strchr ("\"\\/bfnrt", text[1]) != NULL ? 2 : 0;
  if (unit < 0xd800 || unit > 0xdfff)
    return 6;

  left -= 6;
  return unit < 0xdc00 && escape_unit (text + 6, left) >= 0xdc00 &&
                 escape_unit (text + 6, left) <= 0xdfff
             ? 12
             : 0;
}

/* Bytes of the string whose quote is at @text, with both quotes; 0 and @error when it is none. */
static gsize
string_length (const char *text, gsize left, GError **error)
{
  for (gsize i = 1; i < left; i++)
    {
      if (text[i] == '"')
        return i + 1;
      if ((guchar) text[i] < 0x20)
        return (gsize) gm_fail (error, GM_ERROR_BAD_DATA, "JSON: control character in a string");
      if (text[i] == '\\')
        {
          gsize escape = escape_length (text + i, left - i);

          if (escape == 0)
            return (gsize) gm_fail (error, GM_ERROR_BAD_DATA,
                                    "JSON: an escape that is no character");
          if (escape_unit (text + i, left - i) == 0)
            return (gsize) gm_fail (error, GM_ERROR_BAD_DATA, "JSON: a string contains NUL");
          i += escape - 1;
        }
    }

  return (gsize) gm_fail (error, GM_ERROR_BAD_DATA, "JSON: the text ends too early");
}

static gsize
digits_at (const char *text, gsize left)
{
  gsize n = 0;

  while (n < left && g_ascii_isdigit (text[n]))
    n++;
  return n;
}

/* Bytes of a fraction and an exponent; 0 when there is none. What is incomplete is not counted. */
static gsize
fraction_length (const char *text, gsize left)
{
  gsize end = 0, sign, digits;

  if (left > 0 && text[0] == '.')
    {
      digits = digits_at (text + 1, left - 1);
      end = digits > 0 ? 1 + digits : 0;
    }
  if (left > end && (text[end] == 'e' || text[end] == 'E'))
    {
      sign = left > end + 1 && (text[end + 1] == '+' || text[end + 1] == '-') ? 1 : 0;
      digits = digits_at (text + end + 1 + sign, left - end - 1 - sign);
      end += digits > 0 ? 1 + sign + digits : 0;
    }

  return end;
}

static gboolean
ends_at (const char *text, gsize left, gsize at)
{
  return at == left || (text[at] != '\0' && strchr (" \t\r\n,]}", text[at]) != NULL);
}

/* Bytes of the number at @text (RFC 8259 section 6). json-glib would take 010 for 8, 2^64 - 1 for
 * -1 and 1e400 for infinity; 0 and @error then. */
static gsize
number_length (const char *text, gsize left, GError **error)
{
  gsize sign = text[0] == '-' ? 1 : 0;
  gsize whole = digits_at (text + sign, left - sign);
  gsize fraction = fraction_length (text + sign + whole, left - sign - whole);
  gsize length = sign + whole + fraction;
  g_autofree char *number = g_strndup (text, length);
  guint64 integer;

  if (whole == 0 || (whole > 1 && text[sign] == '0') || !ends_at (text, left, length))
    return (gsize) gm_fail (error, GM_ERROR_BAD_DATA, "JSON: a number that is none");
  if (fraction == 0 &&
      !g_ascii_string_to_unsigned (number + sign, 10, 0, GM_JSON_MAX_INTEGER, &integer, NULL))
    return (gsize) gm_fail (error, GM_ERROR_BAD_DATA,
                            "JSON: an integer above 53 bits must be text");
  if (!isfinite (g_ascii_strtod (number, NULL)))
    return (gsize) gm_fail (error, GM_ERROR_BAD_DATA, "JSON: a number above all numbers");

  return length;
}

/* json-glib reads more than JSON: comments, single quotes, hexadecimal, several values, any depth.
 * This pass refuses all of that, so what the parser sees has one meaning. */
gboolean
gm_json_check (const char *text, gsize length, GError **error)
{
  gboolean ended = FALSE;
  guint depth = 0;

  for (gsize i = 0, token; i < length; i += token)
    {
      char c = text[i];

      token = 1;
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        continue;
      if (c == '\0' || strchr ("{}[]:,\"-0123456789aeflnrstu", c) == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: byte 0x%02x at %" G_GSIZE_FORMAT,
                        (guchar) c, i);
      if (ended || (depth == 0 && c != '{' && c != '['))
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: one object or array is expected");

      if (c == '"')
        token = string_length (text + i, length - i, error);
      else if (c == '-' || g_ascii_isdigit (c))
        token = number_length (text + i, length - i, error);
      if (token == 0)
        return FALSE;

      if ((c == '{' || c == '[') && ++depth > MAX_DEPTH)
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: deeper than %d levels", MAX_DEPTH);
      if ((c == '}' || c == ']') && --depth == 0)
        ended = TRUE;
    }

  return ended || gm_fail (error, GM_ERROR_BAD_DATA, "JSON: the text ends too early");
}
