/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/upload-run.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/ulid.h"
#include "media/analysis.h"

#define LOOK_MS 250 /* between two looks at a file that is processed */
#define UNKNOWN "Unknown artist"

GmUploadState *
gm_upload_state_new (const char *path)
{
  GmUploadState *self = g_new0 (GmUploadState, 1);

  self->path = g_strdup (path);
  self->create_key = gm_ulid_new ();
  return self;
}

GmUploadState *
gm_upload_state_copy (const GmUploadState *self)
{
  GmUploadState *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->create_key = g_strdup (self->create_key);
  copy->edit_key = g_strdup (self->edit_key);
  copy->upload = g_strdup (self->upload);
  copy->asset = self->asset != NULL ? gm_record_copy (&gm_asset_type, self->asset) : NULL;
  return copy;
}

void
gm_upload_state_free (GmUploadState *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->create_key);
  g_free (self->edit_key);
  g_free (self->upload);
  gm_asset_free (self->asset);
  g_free (self);
}

void
gm_upload_run_free (gpointer data)
{
  GmUploadRun *run = data;

  gm_store_client_unref (run->store);
  gm_upload_state_free (run->state);
  gm_progress_unref (run->progress);
  g_clear_pointer (&run->edits, json_object_unref);
  g_free (run);
}

void
gm_upload_outcome_free (gpointer data)
{
  GmUploadOutcome *outcome = data;

  gm_upload_state_free (outcome->state);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static void
take_asset (GmUploadState *state, GmAsset *take)
{
  gm_asset_free (state->asset);
  state->asset = take;
}

/* "03 - Night Drive.flac" to "Night Drive". */
static char *
title_of (const char *path)
{
  g_autofree char *raw = g_path_get_basename (path);
  g_autofree char *name = g_utf8_make_valid (raw, -1);
  char *dot = strrchr (name, '.');
  const char *start = name;

  if (dot != NULL && dot != name)
    *dot = '\0';
  start += strspn (start, "0123456789");
  start += strspn (start, " -_.");
  return g_strndup (*start != '\0' ? start : name, 200);
}

static void
set_text (JsonObject *body, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (body, member, text);
}

/* By the confined child: this process has keys, and the file may be anybody's. */
static GmAnalysis *
read_tags (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("gotmusic-tags-XXXXXX", error);
  GmAnalysis *analysis;

  if (folder == NULL)
    {
      gm_error_adopt (error);
      return NULL;
    }
  analysis = gm_analysis_run (
      &(GmAnalysisAsk){ .path = path, .directory = folder, .what = GM_ANALYSIS_PROBE }, NULL, NULL,
      cancellable, error);
  g_rmdir (folder);
  return analysis;
}

/* Tags are a suggestion: the row can be edited before it is published. */
static JsonObject *
describe (const char *path, const GmProbe *probe)
{
  g_autofree char *title = title_of (path);
  JsonObject *body = json_object_new ();

  set_text (body, "title", probe->title != NULL ? probe->title : title);
  set_text (body, "artist", probe->artist != NULL ? probe->artist : UNKNOWN);
  set_text (body, "genre", probe->genre);
  set_text (body, "mood", probe->mood);
  if (gm_asset_key_is_valid (probe->key_sig))
    set_text (body, "keySig", probe->key_sig);
  if (probe->bpm >= 20 && probe->bpm <= 400)
    json_object_set_int_member (body, "bpm", probe->bpm);
  return body;
}

static gboolean
create (GmUploadRun *run, GCancellable *cancellable, GError **error)
{
  GmUploadState *state = run->state;
  g_autoptr (GmAnalysis) analysis = NULL;

  if (state->asset != NULL)
    return TRUE;
  gm_progress_set (run->progress, GM_UPLOAD_CREATING, -1, NULL);
  analysis = read_tags (state->path, cancellable, error); /* refuses what no store would take */
  if (analysis == NULL)
    return FALSE;
  state->asset = gm_store_assets_create (
      run->store, state->create_key, describe (state->path, analysis->probe), cancellable, error);
  return state->asset != NULL;
}

static void
on_sent (guint64 done, guint64 total, gpointer progress)
{
  gm_progress_set (progress, GM_UPLOAD_SENDING, total > 0 ? (double) done / (double) total : -1,
                   NULL);
}

static gboolean
send_file (GmUploadRun *run, GCancellable *cancellable, GError **error)
{
  GmUploadState *state = run->state;

  if (state->upload == NULL)
    {
      gm_progress_set (run->progress, GM_UPLOAD_SENDING, 0, NULL);
      state->upload = gm_store_assets_upload (run->store, state->path, on_sent, run->progress,
                                              cancellable, error);
    }
  if (state->upload == NULL)
    return FALSE;
  if (!state->told)
    state->told = gm_store_assets_notify (run->store, state->asset->id, state->upload, cancellable,
                                          error);
  return state->told;
}

/* FALSE when cancelled meanwhile. */
static gboolean
wait_ms (guint ms, GCancellable *cancellable)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep (ms * 1000ul);
      return TRUE;
    }
  g_poll (&fd, 1, (int) ms);
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* Each of the store's steps counts from nothing; a person sees one bar. The shares are about those
 * of a track of four minutes. */
static double
whole_fraction (const GmStoreJob *job)
{
  static const struct
  {
    const char *step;
    double begin;
    double end;
  } steps[] = { { "hash", 0, 0.05 },      { "probe", 0.05, 0.1 },   { "measure", 0.1, 0.5 },
                { "preview", 0.5, 0.75 }, { "artwork", 0.75, 0.8 }, { "encrypt", 0.8, 0.9 },
                { "store", 0.9, 0.95 },   { "seal", 0.95, 1 } };
  const double fraction = CLAMP ((double) job->permille / 1000, 0, 1);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].step, job->step) == 0)
      return steps[i].begin + fraction * (steps[i].end - steps[i].begin);
  return -1;
}

static gboolean
follow (GmUploadRun *run, GCancellable *cancellable, GError **error)
{
  GmUploadState *state = run->state;

  for (;;)
    {
      g_auto (GmStoreJob) job = { 0 };
      GmAsset *asset = gm_store_assets_get (run->store, state->asset->id, &job, cancellable, error);

      if (asset == NULL)
        return FALSE;
      take_asset (state, asset);
      if (strcmp (asset->status, "processing") != 0)
        break;
      gm_progress_set (run->progress, GM_UPLOAD_PROCESSING, whole_fraction (&job), job.step);
      if (!wait_ms (LOOK_MS, cancellable))
        return gm_fail (error, GM_ERROR_DECLINED, "the store goes on with the file");
    }
  if (strcmp (state->asset->status, "ready") == 0 ||
      strcmp (state->asset->status, "published") == 0)
    return TRUE;

  /* another try sends the file again */
  g_clear_pointer (&state->upload, g_free);
  state->told = FALSE;
  return gm_fail (error, GM_ERROR_BAD_DATA, "%s",
                  state->asset->error != NULL ? state->asset->error
                                              : "the store stopped working on the file");
}

static gpointer
conclude (GmUploadRun *run, GError *error)
{
  GmUploadOutcome *outcome = g_new0 (GmUploadOutcome, 1);

  outcome->state = g_steal_pointer (&run->state);
  outcome->error = error;
  return outcome;
}

gpointer
gm_upload_run_send (gpointer data, GCancellable *cancellable, GError **error)
{
  GmUploadRun *run = data;
  GError *problem = NULL;

  if (create (run, cancellable, &problem) && send_file (run, cancellable, &problem))
    follow (run, cancellable, &problem);
  return conclude (run, problem);
}

gpointer
gm_upload_run_finish (gpointer data, GCancellable *cancellable, GError **error)
{
  GmUploadRun *run = data;
  GmUploadState *state = run->state;
  GError *problem = NULL;
  GmAsset *asset;

  gm_progress_set (run->progress, GM_UPLOAD_SAVING, -1, NULL);
  asset = gm_store_assets_edit (run->store, state->asset, state->edit_key,
                                g_steal_pointer (&run->edits), cancellable, &problem);

  if (asset != NULL)
    take_asset (state, asset);
  return conclude (run, problem);
}
