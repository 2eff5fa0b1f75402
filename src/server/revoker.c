/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/revoker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "licenses/revocation.h"

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
                       /* one more than a list holds: it is refused, never cut */
                       (GmValue[]){ gm_value_int (GM_REVOCATION_MAX_UIDS + 1) }, 1, error);
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

/* Held while a list is read and written, also against "revoke", which is another process: an older
 * list must not take the place of a newer one. */
static int
hold (GmService *service, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (service->config, "revocations.lock");
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (file >= 0 && flock (file, LOCK_EX) == 0)
    return file;
  gm_error_set (error, GM_ERROR_DENIED, "%s: %s", path, g_strerror (errno));
  if (file >= 0)
    close (file);
  return -1;
}

gboolean
gm_revoker_renew (GmService *service, gboolean now, GError **error)
{
  g_autofree char *path = gm_revoker_dup_path (service);
  int held = hold (service, error);
  gboolean done;
  GStatBuf about;

  if (held < 0)
    return FALSE;
  done = (!now && g_stat (path, &about) == 0 &&
          gm_clock_now_unix () - about.st_mtime < GM_REVOCATION_RENEW_AFTER_S) ||
         write_list (service, path, error);
  close (held);
  return done;
}
