/* sync-job.h - keeps the local catalog up with the store's, for as long as it lives.
 *
 * Long-polls the store, backs off while it is away. Properties: "state" (GmSyncState), "state-text"
 * (s), "fraction" (d, of the first load; -1 when unknown), "error" (GError boxed or NULL). Signal
 * "updated": the cache changed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/worker.h"
#include "net/http.h"

G_BEGIN_DECLS

typedef enum
{
  GM_SYNC_OFFLINE, /* the store is away; trying again by itself */
  GM_SYNC_SYNCING,
  GM_SYNC_CURRENT,
} GmSyncState;

#define GM_TYPE_SYNC_STATE (gm_sync_state_get_type ())
GType gm_sync_state_get_type (void);

#define GM_TYPE_SYNC_JOB (gm_sync_job_get_type ())
G_DECLARE_FINAL_TYPE (GmSyncJob, gm_sync_job, GM, SYNC_JOB, GObject)

/* @io and @http outlive it; the cache at @path exists. */
GmSyncJob *gm_sync_job_new (GmWorker *io, GmHttp *http, const char *origin, const char *path);
void gm_sync_job_start (GmSyncJob *self);
void gm_sync_job_stop (GmSyncJob *self);
void gm_sync_job_retry (GmSyncJob *self); /* now, not after the pause */
GmSyncState gm_sync_job_get_state (GmSyncJob *self);

G_END_DECLS
