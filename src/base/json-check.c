/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-check.h"

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

/* json-glib reads more than JSON: comments, single quotes, hexadecimal, several values, any depth.
 * This pass refuses all of that, so what the parser sees has one meaning. */
gboolean
gm_json_check (const char *text, gsize length, GError **error)
{
  gboolean in_string = FALSE;
  gboolean ended = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\' && i + 5 < length && strncmp (text + i, "\\u0000", 6) == 0)
            return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: a string contains NUL");
          if (c == '\\')
            {
              gsize escape = escape_length (text + i, length - i);

              if (escape == 0)
                return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: an escape that is no character");
              i += escape - 1;
            }
          else if (c == '"')
            in_string = FALSE;
          else if ((guchar) c < 0x20)
            return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: control character in a string");
          continue;
        }
      if (strchr (" \t\r\n", c) != NULL && c != '\0')
        continue;
      if (c == '\0' || strchr ("{}[]:,\"+-.0123456789aeflnrstuE", c) == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: byte 0x%02x at %" G_GSIZE_FORMAT,
                        (guchar) c, i);
      if (ended || (depth == 0 && c != '{' && c != '['))
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: one object or array is expected");

      in_string = c == '"';
      if ((c == '{' || c == '[') && ++depth > MAX_DEPTH)
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: deeper than %d levels", MAX_DEPTH);
      if ((c == '}' || c == ']') && --depth == 0)
        ended = TRUE;
    }

  return ended || gm_fail (error, GM_ERROR_BAD_DATA, "JSON: the text ends too early");
}
