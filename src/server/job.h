/* job.h - work that outlives a request: durable rows, claimed by a worker for a while.
 *
 *   queued ─▶ running ─▶ done        A claim raises the lease number; every later write names it,
 * so ▲          │  └──▶ failed      a worker that was thought dead changes nothing any more.
 *     └──────────┘ lease ran out     At least once: each effect is idempotent by its natural key.
 *
 * Progress does not touch the feed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/database.h"

G_BEGIN_DECLS

#define GM_JOB_LEASE_MS      60000
#define GM_JOB_MOST_ATTEMPTS 3

typedef struct
{
  char *id;
  char *kind;
  char *asset; /* (nullable) row id */
  char *input; /* JSON */
  char *state;
  char *step;      /* (nullable) */
  gint64 permille; /* of the step */
  char *error;     /* (nullable) */
  gint64 attempts;
  gint64 lease;
  gint64 lease_until;
  gint64 created_at;
  gint64 updated_at;
} GmJob;

extern const GmRecordType gm_job_type;

void gm_job_free (GmJob *job);

char *gm_job_enqueue (GmWriter *writer, /* its id */
                      const char *kind,
                      const char *asset,
                      JsonObject *input,
                      GError **error);
GmJob *gm_job_find (GmSql *sql, const char *id, GError **error);
/* The newest of an asset; NULL without error when there is none. */
GmJob *gm_job_find_newest (GmSql *sql, const char *asset, GError **error);

/* The oldest queued or abandoned job, now ours; NULL without error when there is nothing to do. */
GmJob *gm_job_claim (GmDatabase *database, GError **error);
/* CONFLICT when it is not ours any more (taken over or cancelled): stop working. */
gboolean gm_job_report (GmDatabase *database,
                        const GmJob *job,
                        const char *step,
                        int permille,
                        GError **error);
/* A store that stops on purpose: the next one claims it at once, and this attempt does not count.
 */
gboolean gm_job_give_back (GmDatabase *database, const GmJob *job, GError **error);
/* Inside the transaction of the job's last effect. @problem (nullable) makes it failed. */
gboolean gm_job_end (GmWriter *writer, const GmJob *job, const char *problem, GError **error);
gboolean gm_job_cancel (GmWriter *writer, const char *asset, GError **error);

JsonObject *
gm_job_to_json (const GmJob *job); /* { id, kind, assetId, state, step, permille, error, … } */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmJob, gm_job_free)

G_END_DECLS
