/* pipeline.h - one master file to everything a published asset needs, resumable.
 *
 *   hash ─▶ probe, measure, preview, artwork ─▶ encrypt, seal, store ─▶ manifest
 *        └── one confined child ──┘              └── all again or done ──┘
 *
 * What is done is remembered in the job's folder, so a killed job goes on where it was. The content
 * key exists only between encrypt and store: a job that dies there encrypts again, under a new key
 * and file id. Everything made goes to the object store: preview/, artwork/ and waveform/ by their
 * hash, ciphertext, envelope and manifest under ipfs/. Blocks; any thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/manifest.h"
#include "media/analysis.h"
#include "publish/sealer.h"
#include "storage/blob.h"

G_BEGIN_DECLS

/* @step: hash, probe, measure, preview, artwork, encrypt, seal, store; @fraction of that step. */
typedef void (*GmPipelineProgress) (const char *step, double fraction, gpointer user_data);

typedef struct
{
  const char *path;      /* of the master; never changed */
  const char *directory; /* of this job: private, made when absent, the same again to resume */
  GmBlob *blob;
  const GmSealer *sealer;
  guint64 chain_id;
  GmAddress marketplace;
  GmAddress seller;
  GmHash asset_salt; /* makes the asset id; another one makes another envelope */
  GmHash license_hash;
  gint64 preview_start_ms;     /* or GM_ANALYSIS_LOUDEST */
  const char *picture;         /* (nullable) file of a cover; else the tag's, else one is drawn */
  GmPipelineProgress progress; /* (nullable) */
  gpointer user_data;
} GmPipelineJob;

/* Names are in the object store; hashes are 0x and 64 digits. */
typedef struct
{
  GmProbe *probe;
  GmMeasure *measure;
  char *sha256; /* of the master: duplicates */
  char *preview;
  gint64 preview_start_ms; /* in the master */
  char *waveform;          /* 1024 bins */
  char *artwork;           /* 512 px */
  char *artwork_large;     /* 1024 px */
  char *artwork_note;      /* (nullable) why the embedded cover was not taken */
  char *asset_id;
  char *master_cid;
  gint64 master_bytes;   /* of the ciphertext */
  GBytes *master_header; /* GMA1, 96 bytes */
  char *envelope_cid;
  char *manifest_cid;
  char *manifest_hash;
} GmPublication;

GmPublication *gm_pipeline_run (const GmPipelineJob *job,
                                GCancellable *cancellable,
                                GError **error);
void gm_publication_free (GmPublication *publication);

/* Removes the job's folder; once the publication is in the database, or given up. */
void gm_pipeline_forget (const char *directory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPublication, gm_publication_free)

G_END_DECLS
