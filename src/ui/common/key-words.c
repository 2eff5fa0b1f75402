/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/key-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "catalog/asset.h"

/* The usual spelling of each place; the wheel goes up by fifths. */
static const char *const wheel[2][12] = {
  { "Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m" },
  { "B", "F#", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E" },
};

static const char *
key_of (const char *camelot)
{
  char *side;
  guint64 hour = g_ascii_strtoull (camelot, &side, 10);

  if (hour < 1 || hour > 12 || (side[0] != 'A' && side[0] != 'B') || side[1] != '\0')
    return NULL;
  return wheel[*side == 'A' ? 0 : 1][hour - 1];
}

char *
gm_key_words_dup (const char *key)
{
  g_autoptr (GString) tonic = NULL;
  const char *mode;

  if (key != NULL && g_ascii_isdigit (*key))
    key = key_of (key);
  if (key == NULL || !gm_asset_key_is_valid (key))
    return NULL;

  tonic = g_string_new_len (key, 1);
  mode = key + 1;
  if (*mode == '#' || *mode == 'b')
    g_string_append (tonic, *mode++ == '#' ? "♯" : "♭");
  if (strcmp (mode, "m") == 0)
    /* Translators: a musical key, "A minor" */
    return g_strdup_printf (_ ("%s minor"), tonic->str);
  if (strcmp (mode, "dim") == 0)
    return g_strdup_printf (_ ("%s diminished"), tonic->str);
  return g_strdup_printf (_ ("%s major"), tonic->str);
}
