/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/upload-job.h"

#include "app/enum-type.h"
#include "app/session-core.h"
#include "app/upload-run.h"
#include "base/error.h"
#include "base/ulid.h"

static const GEnumValue phases[] = {
  { GM_UPLOAD_WAITING, "GM_UPLOAD_WAITING", "waiting" },
  { GM_UPLOAD_CREATING, "GM_UPLOAD_CREATING", "creating" },
  { GM_UPLOAD_SENDING, "GM_UPLOAD_SENDING", "sending" },
  { GM_UPLOAD_PROCESSING, "GM_UPLOAD_PROCESSING", "processing" },
  { GM_UPLOAD_READY, "GM_UPLOAD_READY", "ready" },
  { GM_UPLOAD_SAVING, "GM_UPLOAD_SAVING", "saving" },
  { GM_UPLOAD_PUBLISHED, "GM_UPLOAD_PUBLISHED", "published" },
  { GM_UPLOAD_FAILED, "GM_UPLOAD_FAILED", "failed" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmUploadPhase", gm_upload_phase_get_type, phases)

struct _GmUploadJob
{
  GObject parent;
  GmSession *session; /* weak */
  GmUploadState *state;
  GmAssetItem *item; /* (nullable) */
  GmUploadPhase phase;
  char *step; /* (nullable) */
  double fraction;
  GError *error;
  GmProgress *progress;  /* (nullable) while it runs */
  GCancellable *running; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmUploadJob, gm_upload_job, G_TYPE_OBJECT)

enum
{
  PROP_PHASE = 1,
  PROP_FRACTION,
  PROP_STEP,
  PROP_FILE_NAME,
  PROP_ERROR,
  PROP_ASSET,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmUploadJob *self = GM_UPLOAD_JOB (object);

  switch (id)
    {
    case PROP_PHASE: g_value_set_enum (value, (gint) self->phase); break;
    case PROP_FRACTION: g_value_set_double (value, self->fraction); break;
    case PROP_STEP: g_value_set_string (value, self->step); break;
    case PROP_FILE_NAME:
      g_value_take_string (value, g_filename_display_basename (self->state->path));
      break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    case PROP_ASSET: g_value_set_object (value, self->item); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
notify (GmUploadJob *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_phase (GmUploadJob *self, GmUploadPhase phase)
{
  if (self->phase == phase)
    return;
  self->phase = phase;
  notify (self, PROP_PHASE);
}

static void
set_error (GmUploadJob *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

static void
on_progress (gpointer owner, int step, double fraction, const char *note)
{
  GmUploadJob *self = owner;

  set_phase (self, (GmUploadPhase) step);
  if (g_strcmp0 (self->step, note) != 0)
    {
      g_free (self->step);
      self->step = g_strdup (note);
      notify (self, PROP_STEP);
    }
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  notify (self, PROP_FRACTION);
}

static GmUploadPhase
phase_of (const GmUploadState *state)
{
  if (state->asset != NULL && g_strcmp0 (state->asset->status, "published") == 0)
    return GM_UPLOAD_PUBLISHED;
  return GM_UPLOAD_READY;
}

static void
show_asset (GmUploadJob *self)
{
  if (self->state->asset == NULL)
    return;
  g_clear_object (&self->item);
  self->item = gm_asset_item_new (gm_record_copy (&gm_asset_type, self->state->asset), NULL);
  notify (self, PROP_ASSET);
}

static void
finished (gpointer owner, gpointer result, const GError *error)
{
  GmUploadJob *self = owner;
  GmUploadOutcome *outcome = result;

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_stop);
  if (outcome != NULL)
    {
      gm_upload_state_free (self->state);
      self->state = g_steal_pointer (&outcome->state);
      show_asset (self);
      error = outcome->error;
    }
  set_error (self, error);
  set_phase (self, error != NULL ? GM_UPLOAD_FAILED : phase_of (self->state));
}

static void
run (GmUploadJob *self, GmWork work, JsonObject *edits)
{
  const GmSessionCore *core = self->session != NULL ? gm_session_get_core (self->session) : NULL;
  GmUploadRun *input;

  if (core == NULL || core->store == NULL || self->running != NULL)
    {
      g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_OFFLINE, "no store is open");

      g_clear_pointer (&edits, json_object_unref);
      if (self->running == NULL)
        set_error (self, error);
      return;
    }
  self->progress = gm_progress_start (self, on_progress);
  input = g_new0 (GmUploadRun, 1);
  input->store = gm_store_client_ref (core->store);
  input->state = gm_upload_state_copy (self->state);
  input->progress = gm_progress_ref (self->progress);
  input->edits = edits;
  set_error (self, NULL);
  g_set_object (&self->running,
                gm_worker_run (core->io, &(GmCall){ .owner = G_OBJECT (self),
                                                    .work = work,
                                                    .input = input,
                                                    .free_input = gm_upload_run_free,
                                                    .free_result = gm_upload_outcome_free,
                                                    .done = finished }));
}

void
gm_upload_job_start (GmUploadJob *self)
{
  if (self->phase == GM_UPLOAD_WAITING || self->phase == GM_UPLOAD_FAILED)
    run (self, gm_upload_run_send, NULL);
}

void
gm_upload_job_retry (GmUploadJob *self)
{
  gm_upload_job_start (self);
}

void
gm_upload_job_cancel (GmUploadJob *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

void
gm_upload_job_finish (GmUploadJob *self, JsonObject *edits, gboolean publish)
{
  if (self->state->asset == NULL)
    {
      json_object_unref (edits);
      return;
    }
  if (publish)
    json_object_set_string_member (edits, "status", "published");
  if (json_object_get_size (edits) == 0)
    {
      json_object_unref (edits);
      return;
    }
  g_free (self->state->edit_key);
  self->state->edit_key = gm_ulid_new ();
  run (self, gm_upload_run_finish, edits);
}

GmUploadPhase
gm_upload_job_get_phase (GmUploadJob *self)
{
  return self->phase;
}

static void
dispose (GObject *object)
{
  GmUploadJob *self = GM_UPLOAD_JOB (object);

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_drop);
  g_clear_weak_pointer (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (gm_upload_job_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmUploadJob *self = GM_UPLOAD_JOB (object);

  gm_upload_state_free (self->state);
  g_clear_error (&self->error);
  g_free (self->step);
  G_OBJECT_CLASS (gm_upload_job_parent_class)->finalize (object);
}

static void
gm_upload_job_class_init (GmUploadJobClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL, GM_TYPE_UPLOAD_PHASE,
                                              GM_UPLOAD_WAITING, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_STEP] = g_param_spec_string ("step", NULL, NULL, NULL, flags);
  properties[PROP_FILE_NAME] = g_param_spec_string ("file-name", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_ASSET] = g_param_spec_object ("asset", NULL, NULL, GM_TYPE_ASSET_ITEM, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_upload_job_init (GmUploadJob *self)
{
  self->fraction = -1;
}

GmUploadJob *
gm_upload_job_new (GmSession *session, const char *path)
{
  GmUploadJob *self = g_object_new (GM_TYPE_UPLOAD_JOB, NULL);

  g_set_weak_pointer (&self->session, session);
  self->state = gm_upload_state_new (path);
  return self;
}
