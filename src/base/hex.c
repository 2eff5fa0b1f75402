/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hex.h"

#include <string.h>

#include "base/error.h"

static const char digits[] = "0123456789abcdef";

static void
encode_into (char *text, const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      text[2 * i] = digits[data[i] >> 4];
      text[2 * i + 1] = digits[data[i] & 15];
    }
  text[2 * length] = '\0';
}

char *
gm_hex_encode (const guint8 *data, gsize length)
{
  char *text = g_malloc (2 * length + 1);

  encode_into (text, data, length);
  return text;
}

char *
gm_hex_encode_0x (const guint8 *data, gsize length)
{
  char *text = g_malloc (2 * length + 3);

  text[0] = '0';
  text[1] = 'x';
  encode_into (text + 2, data, length);
  return text;
}

static const char *
skip_prefix (const char *text)
{
  return g_str_has_prefix (text, "0x") ? text + 2 : text;
}

static gboolean
decode_digits (const char *text, guint8 *out, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return gm_fail (error, GM_ERROR_BAD_DATA,
                        "not a hexadecimal digit at byte %" G_GSIZE_FORMAT, i);
      out[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

gboolean
gm_hex_decode (const char *text, guint8 *out, gsize length, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  const char *hex;

  if (text == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "hexadecimal text is missing");

  hex = skip_prefix (text);
  if (strlen (hex) != 2 * length)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "%" G_GSIZE_FORMAT " hexadecimal digits, expected %" G_GSIZE_FORMAT,
                    strlen (hex), 2 * length);

  bytes = g_malloc (length + 1);
  if (!decode_digits (hex, bytes, length, error))
    return FALSE;

  memcpy (out, bytes, length);
  return TRUE;
}

GBytes *
gm_hex_decode_bytes (const char *text, gsize max_bytes, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  const char *hex;
  gsize length;

  if (text == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "hexadecimal text is missing");

  hex = skip_prefix (text);
  length = strlen (hex);
  if (length % 2 != 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "an odd number of hexadecimal digits");
  if (length / 2 > max_bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "%" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT, length / 2,
                         max_bytes);

  bytes = g_malloc (length / 2 + 1);
  if (!decode_digits (hex, bytes, length / 2, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&bytes), length / 2);
}
