/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/password.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES 1024 /* read of a password */

/* Bits from which a grade is given; each guess costs an attacker about a second. */
#define WEAK_BITS   24
#define GOOD_BITS   45
#define STRONG_BITS 65

static const char *const common[] = {
  "password", "passwort", "qwerty", "qwertz", "azerty", "letmein",  "welcome", "admin",
  "iloveyou", "dragon",   "monkey", "master", "secret", "gotmusic", "bitcoin", "wallet",
};

/* Bytes a common word at @text takes, 0 when there is none. */
static gsize
common_word (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (g_ascii_strncasecmp (text, common[i], strlen (common[i])) == 0)
      return strlen (common[i]);
  return 0;
}

/* Hundredths of a bit for one unforeseen character. */
static guint
bits_of (gunichar c)
{
  if (g_unichar_isdigit (c))
    return 332; /* log2 (10) */
  if (c < 128 && g_unichar_islower (c))
    return 470; /* log2 (26) */
  return 560;   /* capitals, signs, other scripts: fewer use them, and mostly in known places */
}

/* The same again, or the next of a row such as abc or 321. */
static gboolean
is_foreseen (gunichar before, gunichar c)
{
  return c == before || c == before + 1 || c + 1 == before;
}

static guint
estimate_bits (const char *text)
{
  const char *end = text + strnlen (text, MAX_BYTES);
  guint hundredths = 0;
  gunichar before = 0;

  while (text < end)
    {
      gsize word = common_word (text);
      gunichar c = g_utf8_get_char_validated (text, end - text);

      if (word > 0)
        {
          hundredths += 400; /* log2 of the list */
          before = 0;
          text += word;
          continue;
        }
      hundredths += is_foreseen (before, c) ? 50 : bits_of (c);
      before = c;
      text = (gint32) c < 0 ? text + 1 : g_utf8_next_char (text);
    }
  return hundredths / 100;
}

GmPasswordGrade
gm_password_grade (const char *text)
{
  guint bits;

  if (g_utf8_strlen (text, MAX_BYTES) < GM_PASSWORD_MIN_LENGTH)
    return GM_PASSWORD_REFUSED;

  bits = estimate_bits (text);
  if (bits < WEAK_BITS)
    return GM_PASSWORD_REFUSED;
  if (bits < GOOD_BITS)
    return GM_PASSWORD_WEAK;
  return bits < STRONG_BITS ? GM_PASSWORD_GOOD : GM_PASSWORD_STRONG;
}

const char *
gm_password_hint (const char *text)
{
  if (*text == '\0')
    return _ ("Three or four words that do not belong together are easy to keep and hard to guess.");
  if (g_utf8_strlen (text, MAX_BYTES) < GM_PASSWORD_MIN_LENGTH)
    return _ ("Too short: at least 8 characters.");

  switch (gm_password_grade (text))
    {
    case GM_PASSWORD_REFUSED: return _ ("Too easy to guess.");
    case GM_PASSWORD_WEAK: return _ ("Weak: a longer one is safer.");
    case GM_PASSWORD_GOOD: return _ ("Good.");
    case GM_PASSWORD_STRONG:
    default: return _ ("Strong.");
    }
}
