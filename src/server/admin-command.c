/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/clock.h"
#include "base/error.h"
#include "evm/address.h"
#include "server/audit.h"
#include "server/auth.h"
#include "server/revoker.h"
#include "server/server-cli.h"

gboolean
gm_migrate_command (GmServerCall *call, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (call->config, "store.db");

  return gm_server_config_make_folders (call->config, error) &&
         gm_database_migrate (path, (guint) MAX (call->schema, 0), error);
}

static GmDatabase *
open_database (GmServerCall *call, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (call->config, "store.db");

  return gm_database_open (path, error);
}

gboolean
gm_grant_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmDatabase) database = NULL;
  GmAddress address;

  if (!gm_address_parse (call->arguments[1], &address, error))
    return FALSE;
  database = open_database (call, error);
  return database != NULL &&
         gm_auth_grant (database, call->arguments[0], &address, "system:grant", error);
}

static gboolean
mark_revoked (GmService *service, const char *order, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  gint64 changed;

  return gm_database_begin (service->database, &writer, error) &&
         gm_sql_run (writer.sql,
                     "UPDATE licenses SET revoked_at = ?2 WHERE order_id = ?1 AND revoked_at = 0",
                     (GmValue[]){ gm_value_text (order), gm_value_int (gm_clock_now_ms ()) }, 2,
                     &changed, error) &&
         (changed == 1 ||
          gm_fail (error, GM_ERROR_NOT_FOUND, "no license of that order is valid")) &&
         gm_database_commit (&writer, error);
}

gboolean
gm_revoke_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmService) service = gm_service_open (g_steal_pointer (&call->config), error);

  return service != NULL && mark_revoked (service, call->arguments[0], error) &&
         gm_revoker_renew (service, TRUE, error);
}

gboolean
gm_audit_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmDatabase) database = NULL;
  g_auto (GmReader) reader = { 0 };
  gint64 rows;

  if (!g_str_equal (call->arguments[0], "verify"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "audit knows \"verify\" only");
  database = open_database (call, error);
  if (database == NULL || !gm_database_read (database, &reader, error) ||
      !gm_audit_verify (reader.sql, &rows, error))
    return FALSE;
  gm_reader_clear (&reader);
  g_print ("%" G_GINT64_FORMAT " audit rows, all as written\n", rows);
  return TRUE;
}
