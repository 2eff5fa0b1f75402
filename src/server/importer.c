/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/importer.h"

#include "base/error.h"
#include "base/log.h"
#include "evm/address.h"
#include "server/publication-row.h"

#define ACTOR "system:import"

typedef struct
{
  GmImportSink sink;
  GmService *service;
  const GmImporterAsk *ask;
  GmSealer *sealer;
} Importer;

static gboolean
has (GmImportSink *sink, const char *sha256, GError **error)
{
  Importer *self = sink->data;
  g_auto (GmReader) reader = { 0 };
  gint64 rows;

  return gm_database_read (self->service->database, &reader, error) &&
         gm_sql_int (reader.sql, "SELECT count(*) FROM assets WHERE source_hash = ?1",
                     (GmValue[]){ gm_value_text (sha256) }, 1, &rows, error) &&
         rows > 0;
}

static gboolean
begin (GmImportSink *sink, const char *sha256, GmPipelineJob *job, GError **error)
{
  Importer *self = sink->data;

  job->seller = self->service->owner->address;
  return gm_publication_row_begin (self->service, sha256, self->sealer, job, error);
}

static void
fill_like (GmAsset *asset, const GmAsset *like)
{
  g_free (asset->type);
  asset->type = g_strdup (like->type);
  asset->tags = g_strdupv (like->tags);
  asset->is_featured = like->is_featured;
  asset->is_exclusive = like->is_exclusive;
}

static void
fill_from_item (GmAsset *asset, const GmImportItem *item)
{
  asset->title = g_strdup (item->title);
  asset->artist = g_strdup (item->artist);
  asset->type = g_strdup ("track");
  asset->status = g_strdup ("published");
  asset->genre = g_strdup (item->genre);
  asset->mood = g_strdup (item->mood);
  asset->description = g_strdup (item->description);
  asset->bpm = item->bpm;
  asset->key_sig = g_strdup (item->key_sig);
  asset->price_units = item->price.units;
  asset->price_currency = g_strdup (item->price.currency->code);
  asset->is_new = TRUE;
}

static gboolean
add (GmImportSink *sink, const GmImportItem *item, const GmPublication *publication, GError **error)
{
  Importer *self = sink->data;
  g_autoptr (GmAsset) asset = g_new0 (GmAsset, 1);
  g_auto (GmWriter) writer = { 0 };

  fill_from_item (asset, item);
  if (self->ask->like != NULL)
    fill_like (asset, self->ask->like);
  asset->seller = gm_address_dup_text (&self->service->owner->address);
  gm_publication_row_fill (asset, publication);
  return gm_database_begin (self->service->database, &writer, error) &&
         gm_asset_row_create (&writer, asset, ACTOR, error) &&
         gm_publication_row_put_files (&writer, asset, publication, error) &&
         gm_database_commit (&writer, error);
}

static void
report (GmImportSink *sink, GmImportEvent event, const char *name, const char *reason)
{
  static const char *const words[] = {
    [GM_IMPORT_STARTED] = NULL,
    [GM_IMPORT_ADDED] = "added",
    [GM_IMPORT_DUPLICATE] = "already there",
    [GM_IMPORT_FAILED] = "failed",
    [GM_IMPORT_IGNORED] = NULL,
  };
  Importer *self = sink->data;

  if (self->ask->quiet && event == GM_IMPORT_FAILED)
    gm_log (GM_LOG_WARNING, "import", "FILE", name, "ERROR", reason, NULL);
  if (self->ask->quiet || words[event] == NULL)
    return;
  g_print ("%s: %s%s%s\n", name, words[event], reason != NULL ? ": " : "",
           reason != NULL ? reason : "");
}

gboolean
gm_importer_run (GmService *service,
                 const GmImporterAsk *ask,
                 GmImportSummary *summary,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *spool = gm_server_config_dup_path (service->config, "spool/import");
  g_autoptr (GmSealer) sealer = gm_publication_row_sealer (service, error);
  Importer self = {
    { .has = has, .begin = begin, .add = add, .report = report }, service, ask, sealer
  };

  if (sealer == NULL)
    return FALSE;
  self.sink.data = &self;
  return gm_import_run (&(GmImportAsk){ .folder = ask->folder,
                                        .spool = spool,
                                        .price = { ask->price_units, gm_currency_find ("USDC") },
                                        .artist = ask->artist },
                        &self.sink, summary, cancellable, error);
}
