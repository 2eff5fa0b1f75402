/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ui/common/key-words.h"

#define SHORT_HEAD 6 /* "0x12ab" */
#define SHORT_TAIL 4

static void
append (GString *words, const char *between, const char *more)
{
  if (more == NULL || *more == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, between);
  g_string_append (words, more);
}

char *
gm_asset_words_dup_price (GmAssetItem *item)
{
  gboolean owned;
  char *price = NULL;

  g_object_get (item, "owned", &owned, NULL);
  if (owned)
    return g_strdup (_ ("Owned"));
  g_object_get (item, "price-text", &price, NULL);
  return price;
}

char *
gm_asset_words_dup_name (GmAssetItem *item)
{
  const GmAsset *asset = gm_asset_item_get_asset (item);
  g_autofree char *tempo = gm_asset_words_dup_tempo (asset->bpm);
  g_autofree char *key = gm_key_words_dup (asset->key_sig);
  g_autofree char *price = NULL;
  g_autoptr (GString) words = NULL;

  if (asset->title == NULL) /* a row that is gone */
    return g_strdup ("");

  words = g_string_new (NULL);
  /* Translators: a title by an artist */
  g_string_printf (words, _ ("%s by %s"), asset->title, asset->artist);
  price = gm_asset_words_dup_price (item);
  append (words, ", ", tempo);
  append (words, ", ", key);
  append (words, ", ", price);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
gm_asset_words_dup_facts (const GmAsset *asset)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *tempo = gm_asset_words_dup_tempo (asset->bpm);
  g_autofree char *key = gm_key_words_dup (asset->key_sig);

  append (words, " · ", tempo);
  append (words, " · ", key);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

const char *
gm_asset_words_type (const char *type)
{
  static const struct
  {
    const char *type;
    const char *word;
  } words[] = {
    { "sample", N_ ("Sample") }, { "loop", N_ ("Loop") },     { "beat", N_ ("Beat") },
    { "stems", N_ ("Stems") },   { "preset", N_ ("Preset") }, { "track", N_ ("Track") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].type, type) == 0)
      return _ (words[i].word);
  return type;
}

char *
gm_asset_words_dup_tempo (gint64 bpm)
{
  return bpm > 0 ? g_strdup_printf (_ ("%" PRIi64 " BPM"), bpm) : NULL;
}

char *
gm_asset_words_dup_loudness (gint64 clufs)
{
  gint64 tenths = ABS (clufs) / 10;

  if (clufs == 0)
    return NULL;
  return g_strdup_printf (_ ("%s%" PRIi64 ".%" PRIi64 " LUFS"), clufs < 0 ? "−" : "", tenths / 10,
                             tenths % 10);
}

char *
gm_asset_words_dup_short (const char *hex)
{
  gsize length = hex != NULL ? strlen (hex) : 0;

  if (length <= SHORT_HEAD + SHORT_TAIL + 1)
    return g_strdup (hex);
  return g_strdup_printf ("%.*s…%s", SHORT_HEAD, hex, hex + length - SHORT_TAIL);
}
