/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/search-words.h"

#include <string.h>

#define TOKEN_DIGITS 10 /* of the value's SHA-256: 40 bits, for some thousand values */

static gboolean
stands_alone (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA;
}

static void
append_gap (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

static char *
shorten (const char *text)
{
  gsize length = strnlen (text, GM_SEARCH_WORDS_MAX_BYTES + 1);
  const char *end = text + length;

  if (length > GM_SEARCH_WORDS_MAX_BYTES)
    end = g_utf8_find_prev_char (text, text + GM_SEARCH_WORDS_MAX_BYTES);
  return end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup ("");
}

char *
gm_search_words_fold (const char *text)
{
  g_autofree char *shortened = shorten (text != NULL ? text : "");
  g_autofree char *folded = g_utf8_validate (shortened, -1, NULL) ? g_utf8_casefold (shortened, -1)
                                                                  : g_strdup ("");
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_ismark (c))
        continue;
      if (!g_unichar_isalnum (c) || stands_alone (c))
        append_gap (out);
      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
      if (stands_alone (c))
        append_gap (out);
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
gm_search_words_token (char kind, const char *value)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, value, -1);

  return g_strdup_printf ("\302\267%c%.*s", kind, TOKEN_DIGITS, sum);
}

static void
add_token (GString *out, char kind, const char *value)
{
  g_autofree char *token = value != NULL ? gm_search_words_token (kind, value) : NULL;

  if (token != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", token);
}

static char *
join_attrs (const GmAsset *asset)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *camelot = gm_asset_key_camelot (asset->key_sig);
  char bpm[24];

  g_snprintf (bpm, sizeof bpm, "%" G_GINT64_FORMAT, asset->bpm);
  add_token (out, 't', asset->type);
  add_token (out, 'g', asset->genre);
  add_token (out, 'm', asset->mood);
  add_token (out, 'k', camelot != NULL ? camelot : asset->key_sig);
  add_token (out, 'b', asset->bpm > 0 ? bpm : NULL);
  add_token (out, 'e', asset->is_exclusive ? "1" : NULL);
  add_token (out, 'f', asset->price_units == 0 ? "1" : NULL);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
gm_search_words_of (const GmAsset *asset, GmSearchWords *out)
{
  g_autofree char *tags = asset->tags != NULL ? g_strjoinv (" ", asset->tags) : g_strdup ("");
  g_autofree char *all = g_strjoin (" ", asset->type, asset->genre != NULL ? asset->genre : "",
                                    asset->mood != NULL ? asset->mood : "", tags, NULL);

  out->title = gm_search_words_fold (asset->title);
  out->artist = gm_search_words_fold (asset->artist);
  out->words = gm_search_words_fold (all);
  out->attrs = join_attrs (asset);
}

void
gm_search_words_clear (GmSearchWords *words)
{
  g_free (words->title);
  g_free (words->artist);
  g_free (words->words);
  g_free (words->attrs);
}
