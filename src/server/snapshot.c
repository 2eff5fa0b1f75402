/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/snapshot.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "server/asset-row.h"

#define PREFIX "snapshot-"
#define SUFFIX ".ndjson.gz"

static GMutex one_at_a_time;

/* The newest snapshot in @folder; others are removed. Names sort by revision. */
static char *
find_newest (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *newest = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX))
        continue;
      if (newest != NULL)
        {
          g_autofree char *old = g_build_filename (folder,
                                                   strcmp (newest, name) < 0 ? newest : name, NULL);

          g_unlink (old); /* who is sending it keeps it open */
        }
      if (newest == NULL || strcmp (newest, name) < 0)
        {
          g_free (newest);
          newest = g_strdup (name);
        }
    }
  return g_steal_pointer (&newest);
}

static gboolean
write_line (GOutputStream *out, JsonObject *take, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, take);
  text = json_to_string (node, FALSE);
  return g_output_stream_printf (out, NULL, NULL, error, "%s\n", text);
}

static gboolean
write_rows (GmSql *sql, GOutputStream *out, const char *epoch, gint64 rev, GError **error)
{
  g_autoptr (GmRows) rows = NULL;
  g_autoptr (GError) problem = NULL;
  JsonObject *head = json_object_new ();
  gint64 count;

  json_object_set_string_member (head, "epoch", epoch);
  json_object_set_int_member (head, "rev", rev);
  if (!gm_sql_int (sql, "SELECT count(*) FROM assets WHERE status = 'published'", NULL, 0, &count,
                   error))
    {
      json_object_unref (head);
      return FALSE;
    }
  json_object_set_int_member (head, "count", count);
  if (!write_line (out, head, error))
    return FALSE;
  rows = gm_sql_query (sql, "SELECT * FROM assets WHERE status = 'published' ORDER BY rev", NULL, 0,
                       error);
  if (rows == NULL)
    return FALSE;
  while (gm_rows_next (rows, &problem))
    {
      g_autoptr (GmAsset) asset = gm_rows_dup_record (rows, &gm_asset_type, error);

      if (asset == NULL || !write_line (out, gm_asset_row_to_json (asset, FALSE), error))
        return FALSE;
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static gboolean
write_file (GmSql *sql, const char *path, const char *epoch, gint64 rev, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) raw = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                                      NULL, error);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) out = NULL;

  if (raw == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  out = g_converter_output_stream_new (G_OUTPUT_STREAM (raw), G_CONVERTER (gzip));
  if (write_rows (sql, out, epoch, rev, error) && g_output_stream_close (out, NULL, error))
    return TRUE;
  g_unlink (path);
  gm_error_adopt (error);
  return FALSE;
}

static gboolean
read_feed (GmSql *sql, char **epoch, gint64 *rev, GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT epoch, rev FROM feed", NULL, 0, error);

  if (rows == NULL || !gm_rows_next (rows, error))
    return FALSE;
  *epoch = g_strdup (gm_rows_text (rows, 0));
  *rev = gm_rows_int (rows, 1);
  return TRUE;
}

static gboolean
is_fresh (const char *path, gint64 max_age_s)
{
  GStatBuf about;

  return g_stat (path, &about) == 0 && gm_clock_now_unix () - about.st_mtime <= max_age_s;
}

char *
gm_snapshot_ensure (GmDatabase *database, const char *folder, gint64 max_age_s, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&one_at_a_time);
  g_autofree char *newest = find_newest (folder);
  g_autofree char *epoch = NULL;
  g_autofree char *name = NULL;
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  g_auto (GmReader) reader = { 0 };
  gint64 rev;

  if (!gm_database_read (database, &reader, error) || !read_feed (reader.sql, &epoch, &rev, error))
    return NULL;
  name = g_strdup_printf (PREFIX "%s-%020" G_GINT64_FORMAT SUFFIX, epoch, rev);
  path = g_build_filename (folder, newest != NULL ? newest : name, NULL);
  /* an older revision of this epoch will do for a while */
  if (newest != NULL && strncmp (newest, name, strlen (PREFIX) + strlen (epoch)) == 0 &&
      (g_str_equal (newest, name) || is_fresh (path, max_age_s)))
    return g_steal_pointer (&path);

  g_free (path);
  path = g_build_filename (folder, name, NULL);
  part = g_strconcat (path, ".part", NULL);
  if (!write_file (reader.sql, part, epoch, rev, error))
    return NULL;
  if (g_rename (part, path) != 0)
    return gm_fail_null (error, GM_ERROR_BUG, "the snapshot cannot be renamed");
  return g_steal_pointer (&path);
}
