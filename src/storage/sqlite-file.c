/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "storage/sqlite.h"

gboolean
gm_sqlite_exec (GmSqlite *self, const char *script, GError **error)
{
  int result = sqlite3_exec (self->db, script, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    gm_sqlite_set_error (error, self->db, result);
  return result == SQLITE_OK;
}

gboolean
gm_sqlite_check (GmSql *base, GError **error)
{
  g_autoptr (GmRows) rows = gm_sqlite_query (base, "PRAGMA quick_check (1)", NULL, 0, error);
  GError *failure = NULL;
  const char *words;

  if (rows == NULL)
    return FALSE;
  if (!gm_sqlite_next (rows, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }

  words = gm_rows_text (rows, 0);
  if (g_strcmp0 (words, "ok") == 0)
    return TRUE;
  return gm_fail (error, GM_ERROR_BAD_DATA, _ ("the database file is damaged (%s)"), words);
}

/* Pages of one database over those of another, all or nothing. */
static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int result;

  if (backup == NULL)
    {
      gm_sqlite_set_error (error, to, sqlite3_errcode (to));
      return FALSE;
    }

  result = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE)
    return TRUE;
  gm_sqlite_set_error (error, to, result);
  return FALSE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int file = open (path, O_RDONLY | O_CLOEXEC);
  gboolean good = file >= 0 && fsync (file) == 0;

  if (!good)
    gm_durable_set_errno (error, errno, _ ("Write"), path);
  if (file >= 0)
    close (file);
  return good;
}

/* sqlite3_close() tells more than SQLITE_OK only for our own mistakes. */
static gboolean
write_copy (sqlite3 *db, const char *path, GError **error)
{
  sqlite3 *copy = NULL;
  int file = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean good = FALSE;
  int result;

  if (file < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Create"), path);
      return FALSE;
    }
  close (file);

  result = sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result == SQLITE_OK)
    good = copy_pages (db, copy, error);
  else
    gm_sqlite_set_error (error, copy, result);
  sqlite3_close (copy);

  return good && sync_file (path, error);
}

gboolean
gm_sqlite_backup (GmSql *base, const char *to, GError **error)
{
  g_autofree char *part = g_strconcat (to, ".part", NULL);

  if (!write_copy (((GmSqlite *) base)->db, part, error))
    {
      gm_sqlite_delete_file (part);
      return FALSE;
    }
  if (g_rename (part, to) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Write"), to);
      gm_sqlite_delete_file (part);
      return FALSE;
    }

  return gm_durable_sync_folder (to, error);
}

gboolean
gm_sqlite_restore (GmSql *base, const char *from, GError **error)
{
  GmSqlite *self = (GmSqlite *) base;
  sqlite3 *copy = NULL;
  gboolean good = FALSE;
  int result = sqlite3_open_v2 (from, &copy, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  gm_sqlite_drop_idle (self);
  if (result == SQLITE_OK)
    good = copy_pages (copy, self->db, error);
  else
    gm_sqlite_set_error (error, copy, result);
  sqlite3_close (copy);
  return good;
}

gboolean
gm_sqlite_reset (GmSql *base, GError **error)
{
  GmSqlite *self = (GmSqlite *) base;
  gboolean good;

  gm_sqlite_drop_idle (self);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
  good = gm_sqlite_exec (self, "VACUUM", error);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
  return good;
}

void
gm_sqlite_delete_file (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_unlink (name);
    }
}
