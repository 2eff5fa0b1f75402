/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/sync-job.h"

#include <glib/gi18n-lib.h>

#include "app/enum-type.h"
#include "app/progress.h"
#include "base/error.h"
#include "catalog/catalog-sync.h"

#define WAIT_S         25 /* PROTOCOLS A11 */
#define EARLY_US       (200 * 1000)
#define FIRST_PAUSE_MS 500
#define LAST_PAUSE_MS  30000

static const GEnumValue states[] = {
  { GM_SYNC_OFFLINE, "GM_SYNC_OFFLINE", "offline" },
  { GM_SYNC_SYNCING, "GM_SYNC_SYNCING", "syncing" },
  { GM_SYNC_CURRENT, "GM_SYNC_CURRENT", "current" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmSyncState", gm_sync_state_get_type, states)

/* What the thread uses: the writer of the cache stays open between steps. */
typedef struct
{
  gatomicrefcount references;
  GmHttp *http;
  char *origin;
  char *path;
  char *spool;
  GmSql *sql; /* (nullable) */
} Feed;

struct _GmSyncJob
{
  GObject parent;
  GmWorker *io;
  Feed *feed;
  GmSyncState state;
  GmProgress *progress;  /* (nullable) while a step runs */
  GCancellable *running; /* (nullable) */
  double fraction;
  GError *error;
  guint pause_ms;
  guint timer;
  gboolean started;
  gint64 asked_at; /* monotonic */
  gboolean waits;  /* the next step may be held by the store */
};

G_DEFINE_FINAL_TYPE (GmSyncJob, gm_sync_job, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_STATE_TEXT,
  PROP_FRACTION,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint updated_signal;

typedef struct
{
  Feed *feed;
  GmProgress *progress;
  guint wait_s;
} Step;

static void
feed_unref (Feed *feed)
{
  if (!g_atomic_ref_count_dec (&feed->references))
    return;

  g_clear_pointer (&feed->sql, gm_sql_close);
  g_free (feed->origin);
  g_free (feed->path);
  g_free (feed->spool);
  g_free (feed);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  feed_unref (step->feed);
  gm_progress_unref (step->progress);
  g_free (step);
}

static void
on_loading (double fraction, gpointer progress)
{
  gm_progress_set (progress, 0, fraction, NULL);
}

static gpointer
run_step (gpointer input, GCancellable *cancellable, GError **error)
{
  Step *step = input;
  Feed *feed = step->feed;
  g_autofree GmCatalogSyncOutcome *outcome = g_new0 (GmCatalogSyncOutcome, 1);

  if (feed->sql == NULL)
    feed->sql = gm_catalog_db_open (feed->path, error);
  if (feed->sql == NULL || !gm_catalog_sync_step (&(GmCatalogSync){ .cache = feed->sql,
                                                                    .http = feed->http,
                                                                    .origin = feed->origin,
                                                                    .spool = feed->spool,
                                                                    .wait_s = step->wait_s,
                                                                    .progress = on_loading,
                                                                    .user_data = step->progress },
                                                  outcome, cancellable, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

static void
set_state (GmSyncJob *self, GmSyncState state, const GError *error)
{
  if (error != NULL || self->error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_TEXT]);
}

static void
set_fraction (gpointer owner, int step, double fraction, const char *note)
{
  GmSyncJob *self = owner;

  if (fraction == self->fraction)
    return;
  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void run_next (GmSyncJob *self);

static gboolean
on_pause_over (gpointer data)
{
  GmSyncJob *self = data;

  self->timer = 0;
  run_next (self);
  return G_SOURCE_REMOVE;
}

/* Longer each time; shortened at random, so that clients which lost a store together do not come
 * back together. */
static void
pause_then_run (GmSyncJob *self)
{
  guint pause_ms = self->pause_ms - (guint) g_random_int_range (0, (gint32) self->pause_ms / 2);

  self->timer = g_timeout_add (pause_ms, on_pause_over, self);
  self->pause_ms = MIN (self->pause_ms * 2, LAST_PAUSE_MS);
}

static void
step_done (gpointer owner, gpointer result, const GError *error)
{
  GmSyncJob *self = owner;
  const GmCatalogSyncOutcome *outcome = result;
  gboolean came_early = self->waits && g_get_monotonic_time () - self->asked_at < EARLY_US;

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_stop);
  set_fraction (self, 0, -1, NULL);
  if (!self->started)
    return;
  if (outcome == NULL)
    {
      self->waits = FALSE;
      set_state (self, GM_SYNC_OFFLINE, error);
      pause_then_run (self);
      return;
    }

  if (outcome->changed)
    g_signal_emit (self, updated_signal, 0);
  self->waits = !outcome->more;
  set_state (self, outcome->more ? GM_SYNC_SYNCING : GM_SYNC_CURRENT, NULL);
  /* A store whose feed always begins anew, or which does not hold what it has no answer to, would
   * be asked without end. */
  if (outcome->reloaded || (came_early && !outcome->changed))
    {
      pause_then_run (self);
      return;
    }
  self->pause_ms = FIRST_PAUSE_MS;
  run_next (self);
}

static void
run_next (GmSyncJob *self)
{
  Step *step = g_new0 (Step, 1);

  self->progress = gm_progress_start (self, set_fraction);
  step->feed = self->feed;
  g_atomic_ref_count_inc (&step->feed->references);
  step->progress = gm_progress_ref (self->progress);
  step->wait_s = self->waits ? WAIT_S : 0;
  self->asked_at = g_get_monotonic_time ();
  g_set_object (&self->running, gm_worker_run (self->io, &(GmCall){ .owner = G_OBJECT (self),
                                                                    .work = run_step,
                                                                    .input = step,
                                                                    .free_input = step_free,
                                                                    .free_result = g_free,
                                                                    .done = step_done }));
}

void
gm_sync_job_start (GmSyncJob *self)
{
  if (self->started)
    return;

  self->started = TRUE;
  set_state (self, GM_SYNC_SYNCING, NULL);
  if (self->running == NULL)
    run_next (self);
}

void
gm_sync_job_stop (GmSyncJob *self)
{
  self->started = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  if (self->state == GM_SYNC_SYNCING) /* nothing is on its way any more */
    set_state (self, GM_SYNC_OFFLINE, NULL);
}

void
gm_sync_job_retry (GmSyncJob *self)
{
  if (!self->started || self->timer == 0)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->pause_ms = FIRST_PAUSE_MS;
  set_state (self, GM_SYNC_SYNCING, NULL);
  run_next (self);
}

GmSyncState
gm_sync_job_get_state (GmSyncJob *self)
{
  return self->state;
}

static const char *
state_text (GmSyncState state)
{
  switch (state)
    {
    case GM_SYNC_OFFLINE: return _ ("The store does not answer");
    case GM_SYNC_SYNCING: return _ ("Getting the catalog…");
    case GM_SYNC_CURRENT:
    default: return _ ("Up to date");
    }
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmSyncJob *self = GM_SYNC_JOB (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_enum (value, (gint) self->state); break;
    case PROP_STATE_TEXT: g_value_set_string (value, state_text (self->state)); break;
    case PROP_FRACTION: g_value_set_double (value, self->fraction); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmSyncJob *self = GM_SYNC_JOB (object);

  gm_sync_job_stop (self);
  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_drop);
  g_clear_pointer (&self->feed, feed_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_sync_job_parent_class)->dispose (object);
}

static void
gm_sync_job_class_init (GmSyncJobClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GM_TYPE_SYNC_STATE,
                                              GM_SYNC_OFFLINE, flags);
  properties[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  updated_signal = g_signal_new ("updated", GM_TYPE_SYNC_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
gm_sync_job_init (GmSyncJob *self)
{
  self->fraction = -1;
  self->pause_ms = FIRST_PAUSE_MS;
}

GmSyncJob *
gm_sync_job_new (GmWorker *io, GmHttp *http, const char *origin, const char *path)
{
  GmSyncJob *self = g_object_new (GM_TYPE_SYNC_JOB, NULL);

  self->io = io;
  self->feed = g_new0 (Feed, 1);
  g_atomic_ref_count_init (&self->feed->references);
  self->feed->http = http;
  self->feed->origin = g_strdup (origin);
  self->feed->path = g_strdup (path);
  self->feed->spool = g_strconcat (path, ".snapshot", NULL);
  return self;
}
