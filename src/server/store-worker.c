/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/store-worker.h"

#include "base/error.h"
#include "base/gio-types.h"
#include "base/log.h"
#include "server/job.h"
#include "server/order-desk.h"
#include "server/publish-job.h"
#include "server/revoker.h"
#include "server/upload.h"

#define LOOK_EVERY_US  (1 * G_USEC_PER_SEC) /* jobs that another process queued */
#define SWEEP_EVERY_US (60 * G_USEC_PER_SEC)

struct _GmStoreWorker
{
  GmService *service;
  GThreadPool *thread;
  GCancellable *cancellable;
  GMutex lock;
  GCond poked;
  gboolean has_work;
  gboolean stopping;
};

static void
log_problem (const char *what, const GError *problem)
{
  gm_log (GM_LOG_WARNING, "worker", "WHAT", what, "ERROR", problem->message, NULL);
}

/* Orders that were paid when the program died get their license; then what is due. */
static void
keep_house (GmStoreWorker *self)
{
  static const struct
  {
    const char *what;
    gboolean (*chore) (GmService *service, GError **error);
  } chores[] = { { "orders", gm_order_desk_finish_all }, { "uploads", gm_upload_sweep } };
  g_autoptr (GError) revoker = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chores); i++)
    {
      g_autoptr (GError) problem = NULL;

      if (!chores[i].chore (self->service, &problem))
        log_problem (chores[i].what, problem);
    }
  if (!gm_revoker_renew (self->service, FALSE, &revoker))
    log_problem ("revocations", revoker);
}

static gboolean
run_one (GmStoreWorker *self)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmJob) job = gm_job_claim (self->service->database, &problem);

  if (problem != NULL)
    log_problem ("claim", problem);
  if (job == NULL)
    return FALSE;
  if (!gm_publish_job_run (self->service, job, self->cancellable, &problem))
    log_problem (job->kind, problem);
  return TRUE;
}

static void
wait_for_work (GmStoreWorker *self)
{
  gint64 until_us = g_get_monotonic_time () + LOOK_EVERY_US;

  g_mutex_lock (&self->lock);
  while (!self->has_work && !self->stopping)
    if (!g_cond_wait_until (&self->poked, &self->lock, until_us))
      break;
  self->has_work = FALSE;
  g_mutex_unlock (&self->lock);
}

static void
work (gpointer data, gpointer user_data)
{
  GmStoreWorker *self = user_data;
  gint64 swept_us = 0;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      if (swept_us == 0 || g_get_monotonic_time () - swept_us > SWEEP_EVERY_US)
        {
          keep_house (self);
          swept_us = g_get_monotonic_time ();
        }
      if (!run_one (self))
        wait_for_work (self);
    }
}

GmStoreWorker *
gm_store_worker_start (GmService *service)
{
  GmStoreWorker *self = g_new0 (GmStoreWorker, 1);

  gm_gio_types_register ();
  self->service = service;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->poked);
  self->thread = g_thread_pool_new (work, self, 1, TRUE, NULL);
  g_thread_pool_push (self->thread, self, NULL);
  return self;
}

void
gm_store_worker_poke (GmStoreWorker *self)
{
  g_mutex_lock (&self->lock);
  self->has_work = TRUE;
  g_cond_signal (&self->poked);
  g_mutex_unlock (&self->lock);
}

void
gm_store_worker_stop (GmStoreWorker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->poked);
  g_mutex_unlock (&self->lock);
  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_object_unref (self->cancellable);
  g_cond_clear (&self->poked);
  g_mutex_clear (&self->lock);
  g_free (self);
}
