/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/recipient.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "chain/network.h"
#include "evm/address.h"

#define HEX_DIGITS 40
#define ALIKE      3 /* digits at each end: people compare four, attackers make as many as they can */

static gboolean
is_token (const GmAddress *to)
{
  const GmNetwork *network;

  for (guint i = 0; (network = gm_network_get (i)) != NULL; i++)
    if (gm_network_find_token (network, to) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_alike (const char *a, const char *b)
{
  return g_ascii_strncasecmp (a + 2, b + 2, ALIKE) == 0 &&
         g_ascii_strcasecmp (a + strlen (a) - ALIKE, b + strlen (b) - ALIKE) == 0;
}

GmRecipientKind
gm_recipient_check (const GmAddress *to, const GmAddress *from, const char *const *known)
{
  g_autofree char *text = gm_address_dup_text (to);
  gboolean alike = FALSE;

  if (gm_address_equal (to, from))
    return GM_RECIPIENT_SELF;
  if (is_token (to))
    return GM_RECIPIENT_TOKEN;
  for (guint i = 0; known[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (known[i], text) == 0)
        return GM_RECIPIENT_KNOWN;
      alike |= is_alike (known[i], text);
    }
  return alike ? GM_RECIPIENT_LOOKALIKE : GM_RECIPIENT_NEW;
}

gboolean
gm_recipient_is_danger (GmRecipientKind kind)
{
  return kind == GM_RECIPIENT_TOKEN || kind == GM_RECIPIENT_LOOKALIKE;
}

const char *
gm_recipient_words (GmRecipientKind kind)
{
  switch (kind)
    {
    case GM_RECIPIENT_KNOWN: return NULL;
    case GM_RECIPIENT_NEW:
      return _ ("You have not sent anything to this address before. Compare every character.");
    case GM_RECIPIENT_SELF: return _ ("This is the account that sends.");
    case GM_RECIPIENT_TOKEN:
      return _ ("This is the contract of a token, not a person. What it gets is lost.");
    case GM_RECIPIENT_LOOKALIKE:
      return _ ("It begins and ends like an address you know, but it is another one. Somebody may "
                "have put it into your history to be copied.");
    }
  return NULL;
}

gboolean
gm_recipient_parse (const char *typed, GmAddress *out, GError **error)
{
  static const GmAddress nobody;
  g_autofree char *text = g_strstrip (g_strdup (typed));
  GmAddress address;

  if (g_str_has_suffix (text, ".eth"))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("Names are not looked up. Paste the address that begins with 0x."));
  if (!g_str_has_prefix (text, "0x") || strlen (text) != HEX_DIGITS + 2 ||
      strspn (text + 2, "0123456789abcdefABCDEF") != HEX_DIGITS)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("An address is 0x and %d digits or letters from a to f."), HEX_DIGITS);
  if (!gm_address_parse (text, &address, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("A character of this address was changed: its checksum is wrong."));
  if (gm_address_equal (&address, &nobody))
    return gm_fail (error, GM_ERROR_BAD_DATA, _ ("Nobody has this address."));
  *out = address;
  return TRUE;
}
