/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/revoker.h"

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/error.h"
#include "licenses/revocation.h"

static GMutex one_at_a_time;

char *
gm_revoker_dup_path (GmService *service)
{
  return gm_server_config_dup_path (service->config, "revocations.json");
}

static GArray *
list_revoked (GmService *service, GError **error)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (GmHash));
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GmRows) rows = NULL;
  g_autoptr (GError) problem = NULL;
  GmHash uid;

  if (!gm_database_read (service->database, &reader, error))
    return NULL;
  rows = gm_sql_query (reader.sql, "SELECT uid FROM licenses WHERE revoked_at > 0 LIMIT ?1",
                       (GmValue[]){ gm_value_int (GM_REVOCATION_MAX_UIDS) }, 1, error);
  if (rows == NULL)
    return NULL;
  while (gm_rows_next (rows, &problem))
    {
      if (!gm_hash_parse (gm_rows_text (rows, 0), &uid, error))
        return NULL;
      g_array_append_val (uids, uid);
    }
  g_clear_pointer (&rows, gm_rows_free);
  if (problem == NULL)
    return g_steal_pointer (&uids);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gboolean
write_list (GmService *service, const char *path, GError **error)
{
  g_autoptr (GArray) uids = list_revoked (service, error);
  g_autoptr (GmRevocationList) list = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (uids == NULL)
    return FALSE;
  list = gm_revocation_list_sign (service->chain_id, gm_clock_now_unix (), uids, service->issuer,
                                  error);
  if (list == NULL)
    return FALSE;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, gm_revocation_list_to_json (list));
  text = json_to_string (node, FALSE);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error))
    return TRUE;
  gm_error_adopt (error);
  return FALSE;
}

gboolean
gm_revoker_renew (GmService *service, gboolean now, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&one_at_a_time);
  g_autofree char *path = gm_revoker_dup_path (service);
  GStatBuf about;

  if (!now && g_stat (path, &about) == 0 &&
      gm_clock_now_unix () - about.st_mtime < GM_REVOCATION_RENEW_AFTER_S)
    return TRUE;
  return write_list (service, path, error);
}
