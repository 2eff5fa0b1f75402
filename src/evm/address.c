/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/address.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "evm/keccak.h"

/* EIP-55: a letter is a capital where the hash of the lower-case digits has a nibble of 8 or more.
 */
char *
gm_address_dup_text (const GmAddress *address)
{
  char *text = gm_hex_encode_0x (address->b, sizeof address->b);
  char *digits = text + 2;
  GmHash hash;

  gm_keccak256_text (digits, &hash);
  for (guint i = 0; digits[i] != '\0'; i++)
    if ((hash.b[i / 2] >> (i % 2 == 0 ? 4 : 0) & 8) != 0)
      digits[i] = g_ascii_toupper (digits[i]);

  return text;
}

/* All of one case carries no checksum. */
static gboolean
is_mixed (const char *digits)
{
  gboolean upper = FALSE, lower = FALSE;

  for (; *digits != '\0'; digits++)
    {
      upper |= g_ascii_isupper (*digits);
      lower |= g_ascii_islower (*digits);
    }
  return upper && lower;
}

gboolean
gm_address_parse (const char *text, GmAddress *out, GError **error)
{
  g_autofree char *right = NULL;
  GmAddress address;

  if (text == NULL || !g_str_has_prefix (text, "0x"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "an address starts with 0x");
  if (!gm_hex_decode (text, address.b, sizeof address.b, error))
    {
      g_prefix_error (error, "address: ");
      return FALSE;
    }

  right = gm_address_dup_text (&address);
  if (is_mixed (text + 2) && !g_str_equal (text, right))
    return gm_fail (error, GM_ERROR_BAD_DATA, "address %s: the checksum is wrong, a letter changed",
                    text);

  *out = address;
  return TRUE;
}

char *
gm_address_shorten (const char *hex)
{
  const gsize length = strlen (hex);

  return length > 10 ? g_strdup_printf ("%.6s…%s", hex, hex + length - 4) : g_strdup (hex);
}

void
gm_address_from_public_key (const guint8 public_key[64], GmAddress *out)
{
  GmHash hash;

  gm_keccak256 (public_key, 64, &hash);
  memcpy (out->b, hash.b + sizeof hash.b - sizeof out->b, sizeof out->b);
}
