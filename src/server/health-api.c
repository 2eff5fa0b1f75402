/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "server/routes.h"
#include "server/service.h"
#include "web/problem.h"

static gboolean
probe_database (GmService *service, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  gint64 rev;

  return gm_database_read (service->database, &reader, error) &&
         gm_sql_int (reader.sql, "SELECT rev FROM feed", NULL, 0, &rev, error);
}

/* A probe object is written and read back: a full or read-only disk shows here first. */
static gboolean
probe_storage (GmService *service, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (service->config, "spool/health-probe");
  g_autofree char *text = gm_clock_format_iso (gm_clock_now_ms ());

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return TRUE;
  gm_error_adopt (error);
  return FALSE;
}

/* Anybody reads the answer; where the files are is for the log. */
static gboolean
add_check (JsonObject *checks, const char *name, const GError *problem)
{
  JsonObject *check = json_object_new ();

  json_object_set_boolean_member (check, "ok", problem == NULL);
  if (problem != NULL)
    {
      gm_log (GM_LOG_WARNING, "health", "CHECK", name, "ERROR", problem->message, NULL);
      json_object_set_string_member (check, "error", "it does not work; the log says why");
    }
  json_object_set_object_member (checks, name, check);
  return problem == NULL;
}

/* { status, timestamp, service, checks: { database, storage }, mode } with 200, or 503. */
GmReply *
gm_health_api_live (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (GError) database = NULL;
  g_autoptr (GError) storage = NULL;
  g_autofree char *now = gm_clock_format_iso (gm_clock_now_ms ());
  JsonObject *object = json_object_new ();
  JsonObject *checks = json_object_new ();
  gboolean ok = TRUE;

  probe_database (service, &database);
  probe_storage (service, &storage);
  ok &= add_check (checks, "database", database);
  ok &= add_check (checks, "storage", storage);
  json_object_set_string_member (object, "status", ok ? "healthy" : "unhealthy");
  json_object_set_string_member (object, "timestamp", now);
  json_object_set_string_member (object, "service", "gotmusic-api");
  json_object_set_string_member (object, "version", GM_VERSION);
  /* the embedded store's worker sees plaintext masters while it seals them */
  json_object_set_string_member (object, "sealing", "trusted-worker");
  json_object_set_int_member (object, "holders", service->holders->len);
  if (service->deployment != NULL)
    json_object_set_string_member (object, "chain", service->deployment->network.name);
  json_object_set_object_member (object, "checks", checks);
  return gm_reply_object (ok ? 200 : 503, object);
}

GmReply *
gm_health_api_ready (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (GError) problem = NULL;
  g_autofree char *now = gm_clock_format_iso (gm_clock_now_ms ());
  gboolean ok = probe_database (service, &problem);
  JsonObject *object = json_object_new ();
  JsonObject *checks = json_object_new ();

  json_object_set_string_member (object, "status", ok ? "ready" : "not_ready");
  json_object_set_string_member (object, "timestamp", now);
  json_object_set_boolean_member (checks, "db_connected", ok);
  json_object_set_boolean_member (checks, "migrations_applied", ok); /* else it does not start */
  json_object_set_boolean_member (checks, "holders", service->holders->len > 0);
  json_object_set_object_member (object, "checks", checks);
  return gm_reply_object (ok ? 200 : 503, object);
}
