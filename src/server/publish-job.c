/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/publish-job.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "evm/address.h"
#include "server/asset-row.h"
#include "server/publication-row.h"
#include "server/upload.h"

#define REPORT_EVERY_US (250 * 1000)

typedef struct
{
  GmService *service;
  const GmJob *job;
  GCancellable *cancellable;
  char *step;
  gint64 reported_us;
  gboolean lost; /* cancelled, or another worker has it */
} Progress;

static void
on_progress (const char *step, double fraction, gpointer user_data)
{
  Progress *self = user_data;
  gboolean next_step = g_strcmp0 (self->step, step) != 0;
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GError) problem = NULL;

  if (!next_step && now_us - self->reported_us < REPORT_EVERY_US)
    return;
  g_free (self->step);
  self->step = g_strdup (step);
  self->reported_us = now_us;
  if (gm_job_report (self->service->database, self->job, step, (int) (fraction * 1000), &problem))
    return;
  self->lost = gm_error_is (problem, GM_ERROR_CONFLICT);
  g_cancellable_cancel (self->cancellable);
}

/* One master is one asset (schema: assets_source). */
static gboolean
check_new (GmSql *sql, const char *asset, const GmPublication *publication, GError **error)
{
  gint64 others;

  if (!gm_sql_int (sql, "SELECT count(*) FROM assets WHERE source_hash = ?1 AND id <> ?2",
                   (GmValue[]){ gm_value_text (publication->sha256), gm_value_text (asset) }, 2,
                   &others, error))
    return FALSE;
  return others == 0 || gm_fail (error, GM_ERROR_CONFLICT, "this file is in the store already");
}

static gboolean
finish (GmService *service,
        const GmJob *job,
        const char *actor,
        const GmPublication *publication,
        GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) before = NULL;
  g_autoptr (GmAsset) after = NULL;

  if (!gm_database_begin (service->database, &writer, error))
    return FALSE;
  before = gm_asset_row_find (writer.sql, job->asset, error);
  if (before == NULL || !check_new (writer.sql, job->asset, publication, error))
    return FALSE;
  after = gm_record_copy (&gm_asset_type, before);
  if (!gm_asset_row_step (after, "ready", error))
    return FALSE;
  gm_publication_row_fill (after, publication);
  return gm_asset_row_update (&writer, before, after, actor, error) &&
         gm_publication_row_put_files (&writer, after, publication, error) &&
         gm_job_end (&writer, job, NULL, error) && gm_database_commit (&writer, error);
}

static gboolean
give_up (GmService *service, const GmJob *job, const char *actor, const char *why, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) before = NULL;
  g_autoptr (GmAsset) after = NULL;

  if (!gm_database_begin (service->database, &writer, error))
    return FALSE;
  before = gm_asset_row_find (writer.sql, job->asset, error);
  if (before == NULL || !gm_job_end (&writer, job, why, error))
    return FALSE;
  if (g_str_equal (before->status, "processing"))
    {
      after = gm_record_copy (&gm_asset_type, before);
      g_free (after->error);
      after->error = g_strdup (why);
      if (!gm_asset_row_step (after, "error", error) ||
          !gm_asset_row_update (&writer, before, after, actor, error))
        return FALSE;
    }
  return gm_database_commit (&writer, error);
}

/* Who made the draft sells it: his address is in the asset id and in the manifest. */
static gboolean
read_seller (GmService *service, const char *id, GmAddress *seller, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GmAsset) asset = NULL;

  if (!gm_database_read (service->database, &reader, error))
    return FALSE;
  asset = gm_asset_row_find (reader.sql, id, error);
  if (asset == NULL)
    return FALSE;
  if (asset->seller == NULL)
    return gm_fail (error, GM_ERROR_CONFLICT, "the asset has no seller");
  return gm_address_parse (asset->seller, seller, error);
}

static GmPublication *
run_pipeline (GmService *service,
              const GmJob *job,
              const char *path,
              const char *directory,
              Progress *progress,
              GError **error)
{
  g_autoptr (GmSealer) sealer = gm_publication_row_sealer (service, error);
  GmPipelineJob work = {
    .path = path, .directory = directory, .progress = on_progress, .user_data = progress
  };

  if (sealer == NULL || !read_seller (service, job->asset, &work.seller, error) ||
      !gm_publication_row_begin (service, job->asset, sealer, &work, error))
    return NULL;
  return gm_pipeline_run (&work, progress->cancellable, error);
}

/* What may go away by itself is tried again: the job stays claimed until its lease runs out. */
static gboolean
is_worth_another_try (const GError *problem, const GmJob *job)
{
  return job->attempts < GM_JOB_MOST_ATTEMPTS &&
         (gm_error_is (problem, GM_ERROR_OFFLINE) || gm_error_is (problem, GM_ERROR_BUG));
}

/* Nobody ended it, three times: this file takes the store down with it. */
static gboolean
is_deadly (const GmJob *job, GError **error)
{
  return job->attempts > GM_JOB_MOST_ATTEMPTS &&
         !gm_fail (error, GM_ERROR_BAD_DATA,
                   "the store stopped %d times while it worked on this file", GM_JOB_MOST_ATTEMPTS);
}

/* A refusal that stays one ends the job; anything else leaves it to the next try. */
static gboolean
finish_or_give_up (GmService *service,
                   const GmJob *job,
                   const char *actor,
                   const GmPublication *publication,
                   GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (finish (service, job, actor, publication, &refusal))
    return TRUE;
  if (gm_error_is (refusal, GM_ERROR_CONFLICT))
    return give_up (service, job, actor, refusal->message, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

typedef struct
{
  char *upload;
  char *actor;
} Input;

static gboolean
read_input (const GmJob *job, Input *input, GError **error)
{
  g_autoptr (GBytes) text = g_bytes_new_static (job->input, strlen (job->input));
  g_autoptr (JsonObject) object = gm_json_parse_object (text, 65536, error);
  const char *upload = object != NULL ? gm_json_text (object, "upload", error) : NULL;
  const char *actor = upload != NULL ? gm_json_text (object, "actor", error) : NULL;

  input->upload = g_strdup (upload);
  input->actor = g_strdup (actor);
  return actor != NULL;
}

static void
pass_on (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
run_with (GmService *service,
          const GmJob *job,
          const Input *input,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = gm_upload_dup_path (service, input->upload);
  g_autofree char *directory = g_strdup_printf ("%s.job", path);
  g_autoptr (GCancellable) inner = g_cancellable_new ();
  g_autoptr (GmPublication) publication = NULL;
  g_autoptr (GError) problem = NULL;
  Progress progress = { service, job, inner };
  gulong link = g_cancellable_connect (cancellable, G_CALLBACK (pass_on), g_object_ref (inner),
                                       g_object_unref);
  gboolean ended;

  if (!is_deadly (job, &problem))
    publication = run_pipeline (service, job, path, directory, &progress, &problem);
  g_cancellable_disconnect (cancellable, link);
  g_free (progress.step);
  if (publication == NULL && !progress.lost && g_cancellable_is_cancelled (cancellable))
    return gm_job_give_back (service->database, job, error);
  if (publication == NULL && !progress.lost && is_worth_another_try (problem, job))
    return TRUE;

  if (publication != NULL)
    ended = finish_or_give_up (service, job, input->actor, publication, error);
  else
    ended = progress.lost || give_up (service, job, input->actor, problem->message, error);
  if (!ended)
    return FALSE;
  gm_pipeline_forget (directory);
  g_unlink (path); /* the plaintext is not kept a moment longer */
  return TRUE;
}

gboolean
gm_publish_job_run (GmService *service, const GmJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Input input = { 0 };
  gboolean ok;

  if (!read_input (job, &input, &problem))
    ok = give_up (service, job, "system:worker", problem->message, error);
  else
    ok = run_with (service, job, &input, cancellable, error);
  g_free (input.upload);
  g_free (input.actor);
  return ok;
}
