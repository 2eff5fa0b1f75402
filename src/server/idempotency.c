/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/idempotency.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "web/problem.h"

#define KEEP_MS  (24 * 3600 * G_GINT64_CONSTANT (1000))
#define MOST_KEY 128 /* bytes */

static gboolean
key_is_valid (const char *key)
{
  gsize length = strlen (key);

  for (const char *c = key; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return length >= 8 && length <= MOST_KEY;
}

/* Of the canonical text, so that white space and member order do not make another body. */
static char *
body_hash (const GmRequest *request)
{
  gsize length = 0;
  const guint8 *data = request->body != NULL ? g_bytes_get_data (request->body, &length)
                                             : (const guint8 *) "";
  g_autoptr (JsonNode) node = length > 0 ? gm_json_parse ((const char *) data, length, length, NULL)
                                         : NULL;
  GmHash hash;

  if (node == NULL || !gm_json_hash (node, &hash, NULL))
    gm_hash_sha256 (data != NULL ? data : (const guint8 *) "", length, &hash);
  return gm_hash_dup_hex (&hash);
}

static const char *
scope_of (const GmRequest *request)
{
  return request->principal.address != NULL ? request->principal.address : "";
}

/* NULL without error: this key is new. */
static GmReply *
find_earlier (GmSql *sql,
              const GmRequest *request,
              const char *key,
              const char *hash,
              GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (
      sql,
      "SELECT body_hash, status, content_type, etag, body FROM idempotency"
      " WHERE principal = ?1 AND method = ?2 AND path = ?3 AND key = ?4 AND created_at > ?5",
      (GmValue[]){ gm_value_text (scope_of (request)), gm_value_text (request->method),
                   gm_value_text (request->path), gm_value_text (key),
                   gm_value_int (gm_clock_now_ms () - KEEP_MS) },
      5, error);
  GmReply *reply;

  if (rows == NULL || !gm_rows_next (rows, error))
    return NULL;
  if (g_strcmp0 (gm_rows_text (rows, 0), hash) != 0)
    return gm_problem_new (422, "this Idempotency-Key was used with another body");
  reply = gm_reply_new ((guint) gm_rows_int (rows, 1));
  reply->content_type = g_strdup (gm_rows_text (rows, 2));
  reply->etag = g_strdup (gm_rows_text (rows, 3));
  reply->body = gm_rows_dup_bytes (rows, 4);
  gm_reply_set_header (reply, "Idempotency-Replayed", "true");
  return reply;
}

static gboolean
is_kept (guint status)
{
  return status < 500 && status != 401 && status != 403 && status != 429;
}

static gboolean
keep (GmSql *sql,
      const GmRequest *request,
      const char *key,
      const char *hash,
      GmReply *reply,
      GError **error)
{
  gint64 now = gm_clock_now_ms ();

  return gm_sql_run (sql, "DELETE FROM idempotency WHERE created_at <= ?1",
                     (GmValue[]){ gm_value_int (now - KEEP_MS) }, 1, NULL, error) &&
         gm_sql_run (
             sql,
             "INSERT INTO idempotency (principal, method, path, key, body_hash, status,"
             " content_type, etag, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
             " ?10)",
             (GmValue[]){ gm_value_text (scope_of (request)), gm_value_text (request->method),
                          gm_value_text (request->path), gm_value_text (key), gm_value_text (hash),
                          gm_value_int (reply->status), gm_value_text (reply->content_type),
                          gm_value_text (reply->etag), gm_value_gbytes (reply->body),
                          gm_value_int (now) },
             10, NULL, error);
}

/* A refusal: its half-done effects go, the answer stays. */
static GmReply *
refuse (const GmIdempotent *call,
        GmWriter *writer,
        const GmRequest *request,
        const char *key,
        const char *hash,
        GmReply *take)
{
  g_autoptr (GmReply) reply = take;
  g_autoptr (GError) problem = NULL;

  gm_writer_clear (writer);
  if (key == NULL || !is_kept (reply->status))
    return g_steal_pointer (&reply);
  if (!gm_database_begin (call->database, writer, &problem) ||
      !keep (writer->sql, request, key, hash, reply, &problem) ||
      !gm_database_commit (writer, &problem))
    return gm_problem_from_error (problem);
  return g_steal_pointer (&reply);
}

GmReply *
gm_idempotency_run (const GmIdempotent *call, const GmRequest *request, GError **error)
{
  const char *key = gm_request_header (request, "idempotency-key");
  g_autofree char *hash = body_hash (request);
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmReply) reply = NULL;
  g_autoptr (GError) problem = NULL;

  if (key == NULL && call->key_required)
    return gm_problem_new (400, "Idempotency-Key header is required");
  if (key != NULL && !key_is_valid (key))
    return gm_problem_new (400, "Idempotency-Key must be 8 to 128 visible characters");
  if (!gm_database_begin (call->database, &writer, error))
    return NULL;
  if (key != NULL)
    {
      reply = find_earlier (writer.sql, request, key, hash, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (reply != NULL)
        return g_steal_pointer (&reply);
    }

  reply = call->work (&writer, request, call->user_data, &problem);
  if (reply == NULL && gm_problem_status (problem) >= 500)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (reply == NULL)
    reply = gm_problem_from_error (problem);
  if (reply->status >= 400)
    return refuse (call, &writer, request, key, hash, g_steal_pointer (&reply));
  if ((key != NULL && !keep (writer.sql, request, key, hash, reply, error)) ||
      !gm_database_commit (&writer, error))
    return NULL;
  return g_steal_pointer (&reply);
}
