/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/job.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/ulid.h"

static const GmField fields[] = {
  GM_FIELD (GmJob, id, "id", TEXT, 0),
  GM_FIELD (GmJob, kind, "kind", TEXT, 0),
  GM_FIELD (GmJob, asset, "assetId", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmJob, input, "input", TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmJob, state, "state", TEXT, 0),
  GM_FIELD (GmJob, step, "step", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmJob, permille, "permille", INT, 0),
  GM_FIELD (GmJob, error, "error", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmJob, attempts, "attempts", INT, 0),
  GM_FIELD (GmJob, lease, "lease", INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmJob, lease_until, "leaseUntil", INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmJob, created_at, "createdAt", INT, 0),
  GM_FIELD (GmJob, updated_at, "updatedAt", INT, 0),
};
const GmRecordType gm_job_type = { "jobs", sizeof (GmJob), fields, G_N_ELEMENTS (fields) };

void
gm_job_free (GmJob *job)
{
  gm_record_free (&gm_job_type, job);
}

char *
gm_job_enqueue (GmWriter *writer,
                const char *kind,
                const char *asset,
                JsonObject *input,
                GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *id = gm_ulid_new ();
  gint64 now_ms = gm_clock_now_ms ();
  GmJob job = { .id = id,
                .kind = (char *) kind,
                .asset = (char *) asset,
                .input = text,
                .state = (char *) "queued",
                .created_at = now_ms,
                .updated_at = now_ms };

  if (!gm_sql_put (writer->sql, &gm_job_type, &job, error))
    return NULL;
  writer->announce = TRUE; /* wakes the worker too */
  return g_steal_pointer (&id);
}

GmJob *
gm_job_find (GmSql *sql, const char *id, GError **error)
{
  return gm_sql_find (sql, &gm_job_type, "SELECT * FROM jobs WHERE id = ?1",
                      (GmValue[]){ gm_value_text (id) }, 1, error);
}

static GmJob *
find_or_null (GmSql *sql, const char *statement, const GmValue *value, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmJob *job = gm_sql_find (sql, &gm_job_type, statement, value, 1, &problem);

  if (job == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&problem));
  return job;
}

GmJob *
gm_job_find_newest (GmSql *sql, const char *asset, GError **error)
{
  GmValue value = gm_value_text (asset);

  return find_or_null (sql,
                       "SELECT * FROM jobs WHERE asset = ?1 ORDER BY created_at DESC, id DESC"
                       " LIMIT 1",
                       &value, error);
}

static gboolean
take_lease (GmWriter *writer, GmJob *job, GError **error)
{
  gint64 now_ms = gm_clock_now_ms ();

  job->lease++;
  job->attempts++;
  job->lease_until = now_ms + GM_JOB_LEASE_MS;
  job->updated_at = now_ms;
  g_free (job->state);
  job->state = g_strdup ("running");
  return gm_sql_put (writer->sql, &gm_job_type, job, error);
}

/* Most looks find nothing: they do not take the writer. */
static gboolean
is_any_due (GmDatabase *database, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  gint64 due;

  return gm_database_read (database, &reader, error) &&
         gm_sql_int (reader.sql,
                     "SELECT count(*) FROM jobs WHERE state = 'queued'"
                     " OR (state = 'running' AND lease_until < ?1)",
                     (GmValue[]){ gm_value_int (gm_clock_now_ms ()) }, 1, &due, error) &&
         due > 0;
}

GmJob *
gm_job_claim (GmDatabase *database, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmJob) job = NULL;
  GmValue now = gm_value_int (gm_clock_now_ms ());

  if (!is_any_due (database, error) || !gm_database_begin (database, &writer, error))
    return NULL;
  job = find_or_null (writer.sql,
                      "SELECT * FROM jobs WHERE state = 'queued'"
                      " OR (state = 'running' AND lease_until < ?1) ORDER BY created_at LIMIT 1",
                      &now, error);
  if (job == NULL || !take_lease (&writer, job, error) || !gm_database_commit (&writer, error))
    return NULL;
  return g_steal_pointer (&job);
}

static gboolean
still_ours (gint64 changed, GError **error)
{
  return changed == 1 || gm_fail (error, GM_ERROR_CONFLICT, "the job was cancelled or taken over");
}

gboolean
gm_job_report (GmDatabase *database,
               const GmJob *job,
               const char *step,
               int permille,
               GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  gint64 now_ms = gm_clock_now_ms (), changed;

  return gm_database_begin (database, &writer, error) &&
         gm_sql_run (writer.sql,
                     "UPDATE jobs SET step = ?3, permille = ?4, lease_until = ?5,"
                     " updated_at = ?6 WHERE id = ?1 AND lease = ?2 AND state = 'running'",
                     (GmValue[]){ gm_value_text (job->id), gm_value_int (job->lease),
                                  gm_value_text (step), gm_value_int (permille),
                                  gm_value_int (now_ms + GM_JOB_LEASE_MS), gm_value_int (now_ms) },
                     6, &changed, error) &&
         still_ours (changed, error) && gm_database_commit (&writer, error);
}

gboolean
gm_job_give_back (GmDatabase *database, const GmJob *job, GError **error)
{
  g_auto (GmWriter) writer = { 0 };

  return gm_database_begin (database, &writer, error) &&
         gm_sql_run (writer.sql,
                     "UPDATE jobs SET state = 'queued', attempts = attempts - 1, updated_at = ?3"
                     " WHERE id = ?1 AND lease = ?2 AND state = 'running'",
                     (GmValue[]){ gm_value_text (job->id), gm_value_int (job->lease),
                                  gm_value_int (gm_clock_now_ms ()) },
                     3, NULL, error) &&
         gm_database_commit (&writer, error);
}

gboolean
gm_job_end (GmWriter *writer, const GmJob *job, const char *problem, GError **error)
{
  gint64 changed;

  return gm_sql_run (writer->sql,
                     "UPDATE jobs SET state = ?3, error = ?4, permille = 1000, updated_at = ?5"
                     " WHERE id = ?1 AND lease = ?2 AND state = 'running'",
                     (GmValue[]){ gm_value_text (job->id), gm_value_int (job->lease),
                                  gm_value_text (problem == NULL ? "done" : "failed"),
                                  gm_value_text (problem), gm_value_int (gm_clock_now_ms ()) },
                     5, &changed, error) &&
         still_ours (changed, error);
}

gboolean
gm_job_cancel (GmWriter *writer, const char *asset, GError **error)
{
  return gm_sql_run (writer->sql,
                     "UPDATE jobs SET state = 'cancelled', updated_at = ?2 WHERE asset = ?1"
                     " AND state IN ('queued', 'running')",
                     (GmValue[]){ gm_value_text (asset), gm_value_int (gm_clock_now_ms ()) }, 2,
                     NULL, error);
}

JsonObject *
gm_job_to_json (const GmJob *job)
{
  return gm_record_to_json (&gm_job_type, job);
}
