/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tag-text.h"

#include <stdlib.h>
#include <string.h>

/* Joins words in one script and turns the direction of others: UAX 9, section 2, and zero-width
 * characters. */
static gboolean
is_invisible (gunichar c)
{
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0x061c ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

char *
gm_tag_text_clean (const char *text, gsize max_chars)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n_chars = 0;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  for (const char *p = composed; *p != '\0' && n_chars < max_chars; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean space = g_unichar_isspace (c) || g_unichar_iscntrl (c);

      if (is_invisible (c) || (space && (out->len == 0 || out->str[out->len - 1] == ' ')))
        continue;
      g_string_append_unichar (out, space ? ' ' : c);
      n_chars++;
    }
  g_strchomp (out->str);

  return out->str[0] != '\0' ? g_strdup (out->str) : NULL;
}

/* Camelot's wheel: 1A is A flat minor, 1B is B; each step is a fifth up. */
static char *
key_from_camelot (const char *text)
{
  static const char *const minors[12] = { "G#m", "D#m", "Bbm", "Fm", "Cm",  "Gm",
                                          "Dm",  "Am",  "Em",  "Bm", "F#m", "C#m" };
  static const char *const majors[12] = { "B", "F#", "Db", "Ab", "Eb", "Bb",
                                          "F", "C",  "G",  "D",  "A",  "E" };
  char *end = NULL;
  long hour = strtol (text, &end, 10);

  if (hour < 1 || hour > 12 || end[0] == '\0' || end[1] != '\0')
    return NULL;
  if (g_ascii_toupper (end[0]) == 'A')
    return g_strdup (minors[hour - 1]);

  return g_ascii_toupper (end[0]) == 'B' ? g_strdup (majors[hour - 1]) : NULL;
}

char *
gm_tag_text_key (const char *text)
{
  g_autofree char *clean = gm_tag_text_clean (text, 32);
  const char *p = clean;
  const char *sign = "";
  g_autofree char *mode = NULL;

  if (p == NULL)
    return NULL;
  if (g_ascii_isdigit (p[0]))
    return key_from_camelot (p);
  if (strchr ("ABCDEFG", g_ascii_toupper (p[0])) == NULL)
    return NULL;

  p++;
  if (p[0] == '#' || g_str_has_prefix (p, "♯"))
    sign = "#";
  else if (p[0] == 'b' || g_str_has_prefix (p, "♭"))
    sign = "b";
  p += sign[0] == '\0' ? 0 : p[0] == '#' || p[0] == 'b' ? 1 : strlen ("♯");
  p += strspn (p, " -");
  mode = strcmp (p, "M") == 0 ? g_strdup ("") : g_ascii_strdown (p, -1);

  if (strcmp (mode, "m") == 0 || strcmp (mode, "min") == 0 || strcmp (mode, "minor") == 0)
    return g_strdup_printf ("%c%sm", g_ascii_toupper (clean[0]), sign);
  if (mode[0] == '\0' || strcmp (mode, "maj") == 0 || strcmp (mode, "major") == 0)
    return g_strdup_printf ("%c%s", g_ascii_toupper (clean[0]), sign);

  return NULL;
}

static gboolean
is_number (const char *text, gsize length)
{
  return length > 0 && length <= 3 && strspn (text, "0123456789") >= length;
}

void
gm_tag_text_from_name (const char *name, char **artist, char **title)
{
  g_autofree char *display = g_filename_display_basename (name);
  g_autofree char *clean = NULL;
  char *dot = strrchr (display, '.');
  char *rest, *dash;

  if (dot != NULL && dot != display && strlen (dot) <= 6)
    *dot = '\0';
  g_strdelimit (display, "_", ' ');
  clean = gm_tag_text_clean (display, GM_TAG_TEXT_MAX_CHARS);
  rest = clean != NULL ? clean : (char *) "";

  dash = strstr (rest, " - ");
  if (dash != NULL && is_number (rest, (gsize) (dash - rest)))
    {
      rest = dash + 3; /* "03 - …": the place on a record */
      dash = strstr (rest, " - ");
    }

  *artist = dash != NULL ? g_strndup (rest, (gsize) (dash - rest)) : NULL;
  *title = *(dash != NULL ? dash + 3 : rest) != '\0' ? g_strdup (dash != NULL ? dash + 3 : rest)
                                                     : NULL;
}
