/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/publication-row.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/ulid.h"
#include "evm/address.h"

#define TERMS GM_APP_PATH "/terms/standard.txt"

GBytes *
gm_publication_row_terms (GmHash *hash)
{
  GBytes *text = g_resources_lookup_data (TERMS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const guint8 *data;

  g_assert (text != NULL); /* compiled in */
  data = g_bytes_get_data (text, &length);
  gm_hash_sha256 (data, length, hash);
  return text;
}

GmSealer *
gm_publication_row_sealer (GmService *service, GError **error)
{
  if (service->holders->len == 0)
    return gm_fail_null (error, GM_ERROR_CONFLICT,
                         "no key holders are set up: nobody could open what is sealed");
  return gm_sealer_new_offchain (service->chain_id, &service->issuer->address, service->threshold,
                                 service->holders, &service->recovery_key);
}

gboolean
gm_publication_row_begin (GmService *service,
                          const char *seed,
                          const GmSealer *sealer,
                          GmPipelineJob *job,
                          GError **error)
{
  g_autofree char *text = g_strdup_printf ("gotmusic/salt/1 %" G_GUINT64_FORMAT " %s",
                                           service->chain_id, seed);
  g_autoptr (GBytes) terms = NULL;

  job->blob = service->blob;
  job->sealer = sealer;
  job->chain_id = service->chain_id;
  gm_hash_sha256 ((const guint8 *) text, strlen (text), &job->asset_salt);
  terms = gm_publication_row_terms (&job->license_hash);
  job->preview_start_ms = GM_ANALYSIS_LOUDEST;
  return TRUE;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* The envelope is one raw block: its CID is its SHA-256. */
static void
set_digest (char **field, const char *cid_text)
{
  GmCid cid;

  g_clear_pointer (field, g_free);
  if (gm_cid_parse (cid_text, &cid, NULL))
    *field = gm_hash_dup_hex (&cid.digest);
}

void
gm_publication_row_fill (GmAsset *asset, const GmPublication *publication)
{
  const GmMeasure *measure = publication->measure;
  const GmProbe *probe = publication->probe;
  g_autoptr (GBytes) terms = NULL;
  GmHash terms_hash;

  set_text (&asset->preview, publication->preview);
  set_text (&asset->waveform, publication->waveform);
  if (publication->artwork != NULL)
    {
      set_text (&asset->artwork, publication->artwork);
      set_text (&asset->artwork_large, publication->artwork_large);
    }
  set_text (&asset->format, probe->format);
  asset->duration_ms = measure->duration_ms;
  asset->loudness_clufs = measure->loudness_clufs;
  asset->preview_start_ms = publication->preview_start_ms;
  g_clear_pointer (&asset->peaks, g_bytes_unref);
  asset->peaks = measure->peaks != NULL ? g_bytes_ref (measure->peaks) : NULL;
  if (asset->bpm == 0)
    asset->bpm = probe->bpm > 0 ? probe->bpm : (measure->centi_bpm + 50) / 100;
  if (asset->key_sig == NULL)
    asset->key_sig = g_strdup (probe->key_sig != NULL ? probe->key_sig : measure->key_sig);

  terms = gm_publication_row_terms (&terms_hash);
  g_free (asset->license_hash);
  asset->license_hash = gm_hash_dup_hex (&terms_hash);
  set_text (&asset->asset_id, publication->asset_id);
  set_text (&asset->manifest_hash, publication->manifest_hash);
  set_digest (&asset->envelope_hash, publication->envelope_cid);
  g_clear_pointer (&asset->error, g_free);
}

typedef struct
{
  const char *kind;
  const char *storage_key; /* (nullable) then ipfs/<cid> */
  const char *cid;         /* (nullable) */
  gint64 bytes;
  const char *mime;
  const char *checksum; /* (nullable) */
} File;

static gboolean
put_file (GmWriter *writer, const GmAsset *asset, const File *file, GError **error)
{
  g_autofree char *id = gm_ulid_new ();
  g_autofree char *key = file->storage_key != NULL ? g_strdup (file->storage_key)
                                                   : g_strdup_printf ("ipfs/%s", file->cid);

  return gm_sql_run (
      writer->sql,
      "INSERT INTO asset_files (id, asset, manifest_hash, kind, storage_key, cid, bytes, mime,"
      " checksum, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
      " ON CONFLICT (asset, manifest_hash, kind) DO UPDATE SET storage_key = excluded.storage_key,"
      " cid = excluded.cid, bytes = excluded.bytes",
      (GmValue[]){ gm_value_text (id), gm_value_text (asset->id),
                   gm_value_text (asset->manifest_hash), gm_value_text (file->kind),
                   gm_value_text (key), gm_value_text (file->cid), gm_value_int (file->bytes),
                   gm_value_text (file->mime), gm_value_text (file->checksum),
                   gm_value_int (gm_clock_now_ms ()) },
      10, NULL, error);
}

gboolean
gm_publication_row_put_files (GmWriter *writer,
                              const GmAsset *asset,
                              const GmPublication *publication,
                              GError **error)
{
  const File files[] = {
    { "original", NULL, publication->master_cid, publication->master_bytes,
      "application/vnd.gotmusic.gma1", publication->sha256 },
    { "manifest", NULL, publication->manifest_cid, 0, "application/json", NULL },
    { "envelope", NULL, publication->envelope_cid, 0, "application/json", NULL },
    { "preview", publication->preview, NULL, 0, "audio/ogg", NULL },
    { "waveform", publication->waveform, NULL, 0, "application/octet-stream", NULL },
    { "artwork", publication->artwork, NULL, 0, "image/*", NULL },
    { "artwork-large", publication->artwork_large, NULL, 0, "image/*", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if ((files[i].storage_key != NULL || files[i].cid != NULL) &&
        !put_file (writer, asset, &files[i], error))
      return FALSE;
  return gm_sql_run (writer->sql, "UPDATE assets SET source_hash = ?2 WHERE id = ?1",
                     (GmValue[]){ gm_value_text (asset->id), gm_value_text (publication->sha256) },
                     2, NULL, error);
}
