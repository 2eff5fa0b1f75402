/* asset.h - what is sold: one record for the store's JSON, the server's table and the local cache.
 *
 *   draft ─▶ processing ─▶ ready ◀─▶ published
 *     ▲         │  ▲          ▲          │
 *     └─cancel──┘  └─▶ error  └─restore  ▼      draft, ready and error may be archived too
 *                              archived ◀┘
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/money.h"
#include "base/record.h"

G_BEGIN_DECLS

typedef struct
{
  char *id; /* ULID of the store's row */
  char *title;
  char *artist;
  char *type;   /* sample, loop, beat, stems, preset, track */
  char *status; /* draft, processing, ready, published, archived, error */
  char *genre;  /* (nullable) */
  char *mood;   /* (nullable) */
  char **tags;
  char *description; /* (nullable) */
  gint64 bpm;        /* 0: unknown */
  char *key_sig;     /* (nullable) "Am", "F#", … */
  gint64 duration_ms;
  char *format; /* (nullable) of the master: "FLAC 44.1 kHz 16 bit stereo" */
  gint64 price_units;
  char *price_currency;
  gboolean is_new;
  gboolean is_featured;
  gboolean is_exclusive;
  gint64 loudness_clufs;   /* integrated loudness, 1/100 LUFS; 0: unknown */
  gint64 preview_start_ms; /* where in the master the preview begins */
  /* Public names in the object store, "<kind>/<sha256>.<ext>": */
  char *preview;       /* (nullable) */
  char *artwork;       /* (nullable) 512 px; artwork_large is 1024 */
  char *artwork_large; /* (nullable) */
  char *waveform;      /* (nullable) 1024 bins */
  GBytes *peaks;       /* (nullable) 64 bins, one byte each, 255 is full scale */
  /* What a license is about (PROTOCOLS A2, A5): */
  char *asset_id;      /* (nullable until ready) 0x and 64 digits */
  char *seller;        /* (nullable) address */
  char *manifest_hash; /* (nullable) 0x and 64 digits: SHA-256 of the manifest's JCS */
  char *envelope_hash; /* (nullable) 0x and 64 digits: SHA-256 of the key envelope's JCS */
  char *license_hash;  /* (nullable) 0x and 64 digits: SHA-256 of the license text */
  char *error;         /* (nullable) why processing ended in error */
  gint64 version;      /* of the row; the ETag */
  gint64 rev;          /* of the change feed */
  gint64 created_at;   /* ms */
  gint64 updated_at;   /* ms */
} GmAsset;

extern const GmRecordType gm_asset_type;

void gm_asset_free (GmAsset *asset);
void gm_asset_price (const GmAsset *asset, GmMoney *out);
gboolean gm_asset_status_may_go (const char *from, const char *to); /* the lifecycle above */
gboolean gm_asset_key_is_valid (const char *key_sig);               /* ^[A-G][b#]?(m|maj|dim)?$ */
const char *gm_asset_key_camelot (const char *key_sig);             /* (nullable) "8A" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAsset, gm_asset_free)

G_END_DECLS
