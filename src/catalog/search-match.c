/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/search-match.h"

#include <string.h>

#include "catalog/search-words.h"

#define MAX_TEMPI 96 /* tokens of a tempo range; a wider one is a condition on rows */
#define MAX_BPM   1000

static void add_term (GString *expression, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_term (GString *expression, const char *format, ...)
{
  va_list arguments;

  if (expression->len > 0)
    g_string_append (expression, " AND ");
  va_start (arguments, format);
  g_string_append_vprintf (expression, format, arguments);
  va_end (arguments);
}

static void
add_words (GmSearchMatch *self, GString *expression, const char *text)
{
  g_autofree char *start = g_strndup (text != NULL ? text : "", GM_SEARCH_MAX_BYTES);
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  g_autofree char *folded = gm_search_words_fold (valid);
  guint n;

  self->words = g_strsplit (folded, " ", -1);
  n = g_strv_length (self->words);
  for (guint i = GM_SEARCH_MAX_WORDS; i < n; i++)
    g_clear_pointer (&self->words[i], g_free);
  for (guint i = 0; self->words[i] != NULL && *self->words[i] != '\0'; i++)
    {
      add_term (expression, "{title_key artist_key words} : \"%s\" *", self->words[i]);
      self->letters += (guint) g_utf8_strlen (self->words[i], -1);
    }
}

static void
add_token (GString *expression, char kind, const char *value)
{
  g_autofree char *token = value != NULL ? gm_search_words_token (kind, value) : NULL;

  if (token != NULL)
    add_term (expression, "attrs : \"%s\"", token);
}

static void
append_choice (GString *choice, char kind, const char *value)
{
  g_autofree char *token = gm_search_words_token (kind, value);

  g_string_append_printf (choice, "%s\"%s\"", choice->len > 0 ? " OR " : "", token);
}

/* A key, or its place on the wheel already. */
static const char *
camelot_of (const char *key)
{
  gsize digits = strspn (key, "0123456789");

  if (digits > 0 && digits < 3 &&
      (g_str_equal (key + digits, "A") || g_str_equal (key + digits, "B")))
    return key;
  return gm_asset_key_camelot (key);
}

/* The neighbours on the wheel sound well together: one fifth up or down, and the relative key. */
static void
add_key (GString *expression, const GmSearch *search)
{
  const char *camelot = camelot_of (search->key);
  g_autoptr (GString) choice = g_string_new (NULL);
  guint hour;
  char side;

  if (camelot == NULL || !search->compatible)
    {
      add_token (expression, 'k', camelot != NULL ? camelot : search->key);
      return;
    }

  hour = (guint) g_ascii_strtoull (camelot, NULL, 10);
  side = camelot[hour < 10 ? 1 : 2];
  for (guint i = 0; i < 4; i++)
    {
      guint at = i == 0 ? (hour + 10) % 12 + 1 : i == 1 ? hour % 12 + 1 : hour;
      char code[8];

      g_snprintf (code, sizeof code, "%u%c", at, i == 3 ? (side == 'A' ? 'B' : 'A') : side);
      append_choice (choice, 'k', code);
    }
  add_term (expression, "attrs : (%s)", choice->str);
}

static gboolean
tempo_fits (const GmSearch *search, gint64 bpm)
{
  gint64 least = search->bpm_min;
  gint64 most = search->bpm_max > 0 ? search->bpm_max : MAX_BPM;

  if (bpm >= least && bpm <= most)
    return TRUE;
  return search->bpm_folded &&
         ((bpm * 2 >= least && bpm * 2 <= most) || (bpm >= least * 2 && bpm <= most * 2));
}

static guint
hold (GmSearchMatch *self, gint64 value)
{
  g_assert (self->n_values < GM_SEARCH_MATCH_MAX_VALUES);
  self->values[self->n_values++] = gm_value_int (value);
  return self->n_values;
}

static void
add_tempo (GmSearchMatch *self, GString *expression, const GmSearch *search)
{
  g_autoptr (GString) choice = g_string_new (NULL);
  gint64 most = search->bpm_max > 0 ? search->bpm_max : MAX_BPM;
  guint n = 0;

  if (search->bpm_min <= 0 && search->bpm_max <= 0)
    return;

  for (gint64 bpm = 1; bpm <= MAX_BPM && n <= MAX_TEMPI; bpm++)
    if (tempo_fits (search, bpm))
      {
        char text[24];

        g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, bpm);
        append_choice (choice, 'b', text);
        n++;
      }
  if (n > 0 && n <= MAX_TEMPI)
    {
      add_term (expression, "attrs : (%s)", choice->str);
      return;
    }

  g_string_append_printf (self->where, " AND (+bpm > 0 AND +bpm >= ?%u AND +bpm <= ?%u",
                          hold (self, search->bpm_min), hold (self, most));
  if (search->bpm_folded)
    g_string_append_printf (self->where,
                            " OR +bpm > 0 AND +bpm * 2 >= ?%u AND +bpm * 2 <= ?%u"
                            " OR +bpm >= ?%u AND +bpm <= ?%u",
                            hold (self, search->bpm_min), hold (self, most),
                            hold (self, search->bpm_min * 2), hold (self, most * 2));
  g_string_append_c (self->where, ')');
}

static void
add_price (GmSearchMatch *self, GString *expression, const GmSearch *search)
{
  if (search->price_max == 0)
    {
      add_token (expression, 'f', "1");
      return;
    }
  if (search->price_min > 0)
    g_string_append_printf (self->where, " AND +price_units >= ?%u",
                            hold (self, search->price_min));
  if (search->price_max > 0)
    g_string_append_printf (self->where, " AND +price_units <= ?%u",
                            hold (self, search->price_max));
}

void
gm_search_match_init (GmSearchMatch *self, const GmSearch *search)
{
  g_autoptr (GString) expression = g_string_new (NULL);

  *self = (GmSearchMatch){ .where = g_string_new (NULL), .n_values = 1 };
  add_words (self, expression, search->text);
  add_token (expression, 't', search->type);
  add_token (expression, 'g', search->genre);
  add_token (expression, 'm', search->mood);
  if (search->key != NULL)
    add_key (expression, search);
  if (search->exclusive)
    add_token (expression, 'e', "1");
  add_tempo (self, expression, search);
  add_price (self, expression, search);
  if (expression->len > 0)
    self->expression = g_string_free (g_steal_pointer (&expression), FALSE);
  self->values[0] = gm_value_text (self->expression);
}

void
gm_search_match_clear (GmSearchMatch *self)
{
  g_free (self->expression);
  g_string_free (self->where, TRUE);
  g_strfreev (self->words);
}
