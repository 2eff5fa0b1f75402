/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-catalog.h"

const char *const bench_words[BENCH_N_WORDS] = {
  "shadow", "summer", "sun",    "shuffle", "dark",  "night", "drive", "neon",   "tide",   "storm",
  "velvet", "ghost",  "gold",   "paper",   "moon",  "river", "echo",  "static", "bloom",  "fire",
  "ice",    "dust",   "signal", "mirage",  "pulse", "orbit", "lunar", "canyon", "harbor", "atlas",
};
static const char *const genres[] = { "House", "Techno",  "Trap",        "Hip Hop", "Lo-Fi",
                                      "Jazz",  "Ambient", "Drill",       "R&B",     "Soul",
                                      "Funk",  "Disco",   "Drum & Bass", "Dubstep", "Garage",
                                      "Pop",   "Rock",    "Metal",       "Reggae",  "Afro" };
static const char *const moods[] = { "dark", "warm", "happy", "sad", "tense", "calm", "epic" };
static const char *const keys[] = { "Am", "C", "Em", "G", "F#m", "Dm", "Bb", "C#m", "Gm", "F" };
static const char *const types[] = { "sample", "loop", "beat", "stems", "preset", "track" };

guint64
bench_hash (guint64 x)
{
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

#define PICK(list, n) (char *) list[(n) % G_N_ELEMENTS (list)]

static gboolean
put (GmSql *sql, guint i, GError **error)
{
  guint64 h = bench_hash (i);
  guint64 g = bench_hash (h);
  char id[32], title[96], artist[48], preview[96];
  char *tags[] = { PICK (bench_words, g >> 8), PICK (bench_words, g >> 16), NULL };
  guint8 peaks[64];
  g_autoptr (GBytes) bytes = NULL;
  GmAsset asset = { .id = id, .title = title, .artist = artist, .tags = tags };

  for (guint p = 0; p < sizeof peaks; p++)
    peaks[p] = (guint8) (h >> (p % 8 * 8));
  bytes = g_bytes_new_static (peaks, sizeof peaks);
  g_snprintf (id, sizeof id, "01J0000000000000000%07u", i);
  g_snprintf (title, sizeof title, "%s %s %u", PICK (bench_words, h), PICK (bench_words, h >> 8),
              (guint) (h >> 16) % 1000);
  g_snprintf (artist, sizeof artist, "%s%u", PICK (bench_words, h >> 24), (guint) (h >> 32) % 5000);
  g_snprintf (preview, sizeof preview, "preview/%016" G_GINT64_MODIFIER "x.ogg", h);
  asset.preview = preview;
  asset.artwork = preview;
  asset.type = PICK (types, g);
  asset.genre = PICK (genres, (g >> 24) % (1 + (g >> 32) % G_N_ELEMENTS (genres)));
  asset.mood = PICK (moods, g >> 40);
  asset.key_sig = PICK (keys, g >> 44);
  asset.bpm = 60 + (gint64) ((g >> 48) % 120);
  asset.status = (char *) "published";
  asset.price_currency = (char *) "USDC";
  asset.price_units = (gint64) (h >> 40) % 100 * 1000000;
  asset.peaks = bytes;
  asset.version = 1;
  asset.rev = i;
  asset.created_at = G_GINT64_CONSTANT (1600000000000) + (gint64) i * 90000 + (gint64) (h % 60000);
  asset.updated_at = asset.created_at;
  return gm_catalog_db_load_put (sql, &asset, error);
}

gboolean
bench_catalog_fill (GmSql *sql, guint n, GError **error)
{
  const GmCatalogCursor cursor = { .epoch = (char *) "bench", .rev = n };

  if (!gm_catalog_db_load_begin (sql, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!put (sql, i, error))
      return FALSE;
  return gm_catalog_db_load_finish (sql, &cursor, error);
}
