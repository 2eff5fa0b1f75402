/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/asset.h"

#include <string.h>

static const GmField fields[] = {
  GM_FIELD (GmAsset, id, "id", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, title, "title", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, artist, "artist", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, type, "type", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, status, "status", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, genre, "genre", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, mood, "mood", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, tags, "tags", LIST, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, description, "description", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, bpm, "bpm", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, key_sig, "keySig", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, duration_ms, "durationMs", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, format, "format", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, price_units, "priceUnits", UNITS, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, price_currency, "priceCurrency", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, is_new, "isNew", BOOL, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, is_featured, "isFeatured", BOOL, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, is_exclusive, "isExclusive", BOOL, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, loudness_clufs, "loudnessClufs", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, preview_start_ms, "previewStartMs", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, preview, "preview", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, artwork, "artwork", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, artwork_large, "artworkLarge", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, waveform, "waveform", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, peaks, "peaks", BYTES, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, asset_id, "assetId", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, seller, "seller", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, manifest_hash, "manifestHash", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, envelope_hash, "envelopeHash", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, license_hash, "licenseHash", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, error, "error", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmAsset, version, "version", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, rev, "rev", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, created_at, "createdAt", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmAsset, updated_at, "updatedAt", INT, GM_FIELD_REQUIRED),
};

const GmRecordType gm_asset_type = { "assets", sizeof (GmAsset), fields, G_N_ELEMENTS (fields) };

void
gm_asset_free (GmAsset *asset)
{
  gm_record_free (&gm_asset_type, asset);
}

/* A currency this program does not know has no decimals, so its units are shown as they are. */
void
gm_asset_price (const GmAsset *asset, GmMoney *out)
{
  static const GmCurrency unknown = { "?", 0 };
  const GmCurrency *currency = gm_currency_find (asset->price_currency);

  out->units = asset->price_units;
  out->currency = currency != NULL ? currency : &unknown;
}

gboolean
gm_asset_status_may_go (const char *from, const char *to)
{
  static const struct
  {
    const char *from;
    const char *to;
  } moves[] = {
    { "draft", "processing" },   { "processing", "ready" }, { "processing", "error" },
    { "processing", "draft" },   { "error", "processing" }, { "ready", "published" },
    { "published", "ready" },    { "draft", "archived" },   { "ready", "archived" },
    { "published", "archived" }, { "error", "archived" },   { "archived", "ready" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_strcmp0 (moves[i].from, from) == 0 && g_strcmp0 (moves[i].to, to) == 0)
      return TRUE;
  return FALSE;
}

/* The tonic's pitch class, C is 0, and what follows the note name; -1 when it is no note. */
static int
parse_tonic (const char *key_sig, const char **rest)
{
  static const int naturals[] = { 9, 11, 0, 2, 4, 5, 7 }; /* A … G */
  int tonic;

  if (key_sig == NULL || *key_sig < 'A' || *key_sig > 'G')
    return -1;

  tonic = naturals[*key_sig - 'A'];
  *rest = key_sig + 1;
  if (**rest == '#' || **rest == 'b')
    {
      tonic += **rest == '#' ? 1 : 11;
      (*rest)++;
    }
  return tonic % 12;
}

gboolean
gm_asset_key_is_valid (const char *key_sig)
{
  const char *rest;

  if (parse_tonic (key_sig, &rest) < 0)
    return FALSE;
  return *rest == '\0' || strcmp (rest, "m") == 0 || strcmp (rest, "maj") == 0 ||
         strcmp (rest, "dim") == 0;
}

/* The wheel goes up by fifths from C, which is 8B; a minor key stands with its relative major. */
const char *
gm_asset_key_camelot (const char *key_sig)
{
  static const char *const names[2][12] = {
    { "1A", "2A", "3A", "4A", "5A", "6A", "7A", "8A", "9A", "10A", "11A", "12A" },
    { "1B", "2B", "3B", "4B", "5B", "6B", "7B", "8B", "9B", "10B", "11B", "12B" },
  };
  const char *rest;
  int tonic = parse_tonic (key_sig, &rest);
  gboolean minor;

  if (tonic < 0 || !gm_asset_key_is_valid (key_sig) || strcmp (rest, "dim") == 0)
    return NULL;

  minor = strcmp (rest, "m") == 0;
  return names[minor ? 0 : 1][(7 + 7 * (tonic + (minor ? 3 : 0))) % 12];
}
