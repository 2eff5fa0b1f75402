/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"

#define IN_MEMORY     ":memory:"
#define BUSY_MS       5000
#define MAX_ROW_BYTES (64 * 1024 * 1024)

static void
close_file (GmSql *base)
{
  GmSqlite *self = (GmSqlite *) base;

  gm_sqlite_drop_idle (self);
  g_hash_table_unref (self->idle_by_text);
  sqlite3_close_v2 (self->db);
  g_free (self);
}

static gboolean
begin (GmSql *base, GError **error)
{
  GmSqlite *self = (GmSqlite *) base;

  if (self->in_transaction)
    return gm_fail (error, GM_ERROR_BUG, "a transaction inside a transaction");
  if (!gm_sqlite_run (base, self->read_only ? "BEGIN" : "BEGIN IMMEDIATE", NULL, 0, NULL, error))
    return FALSE;

  self->in_transaction = TRUE;
  return TRUE;
}

static void
rollback (GmSql *base)
{
  GmSqlite *self = (GmSqlite *) base;

  self->in_transaction = FALSE;
  if (!sqlite3_get_autocommit (self->db))
    gm_sqlite_run (base, "ROLLBACK", NULL, 0, NULL, NULL);
}

static gboolean
commit (GmSql *base, GError **error)
{
  GmSqlite *self = (GmSqlite *) base;

  if (!self->in_transaction)
    return gm_fail (error, GM_ERROR_BUG, "commit without a transaction");
  if (!gm_sqlite_run (base, "COMMIT", NULL, 0, NULL, error))
    {
      rollback (base);
      return FALSE;
    }

  self->in_transaction = FALSE;
  return TRUE;
}

static gboolean
script (GmSql *base, const char *text, GError **error)
{
  GmSqlite *self = (GmSqlite *) base;

  if (self->in_transaction && sqlite3_get_autocommit (self->db))
    return gm_fail (error, GM_ERROR_OFFLINE, "the transaction was undone by an earlier failure");
  return gm_sqlite_exec (self, text, error);
}

static gboolean
version (GmSql *base, guint *out, GError **error)
{
  gint64 value;

  if (!gm_sql_int (base, "PRAGMA user_version", NULL, 0, &value, error))
    return FALSE;

  *out = (guint) CLAMP (value, 0, G_MAXINT32);
  return TRUE;
}

static gboolean
set_version (GmSql *base, guint value, GError **error)
{
  g_autofree char *statement = g_strdup_printf ("PRAGMA user_version = %u", value); /* no holes */

  return script (base, statement, error);
}

static gboolean
enforce_references (GmSql *base, gboolean enforce, GError **error)
{
  return gm_sqlite_exec ((GmSqlite *) base,
                         enforce ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF", error);
}

static gboolean
check_references (GmSql *base, GError **error)
{
  g_autoptr (GmRows) rows = gm_sqlite_query (base, "PRAGMA foreign_key_check", NULL, 0, error);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (gm_sqlite_next (rows, &failure))
    return gm_fail (error, GM_ERROR_CONFLICT, "a row of %s refers to a row of %s that is not there",
                    gm_rows_text (rows, 0), gm_rows_text (rows, 2));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
was_open (GmSql *base)
{
  return ((GmSqlite *) base)->was_open;
}

static const GmSqlDriver sqlite_driver = {
  .run = gm_sqlite_run,
  .script = script,
  .query = gm_sqlite_query,
  .begin = begin,
  .commit = commit,
  .rollback = rollback,
  .next = gm_sqlite_next,
  .column = gm_sqlite_column,
  .value = gm_sqlite_value,
  .free_rows = gm_sqlite_free_rows,
  .version = version,
  .set_version = set_version,
  .enforce_references = enforce_references,
  .check_references = check_references,
  .check = gm_sqlite_check,
  .backup = gm_sqlite_backup,
  .restore = gm_sqlite_restore,
  .reset = gm_sqlite_reset,
  .was_open = was_open,
  .close = close_file,
};

void
gm_sqlite_set_busy_ms (GmSql *base, int busy_ms)
{
  sqlite3_busy_timeout (((GmSqlite *) base)->db, busy_ms);
}

/* SQLite removes the log when the last connection closes. */
static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  return g_stat (log, &status) == 0 && status.st_size > 0;
}

/* SQLite would create it for everybody to read. */
static gboolean
create_private (const char *path, GError **error)
{
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), path);
      return FALSE;
    }
  close (file);
  return TRUE;
}

static gboolean
configure (GmSqlite *self, GError **error)
{
  gint64 n;

  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, MAX_ROW_BYTES);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);

  if (!gm_sqlite_exec (self, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (!self->read_only &&
      (!gm_sqlite_exec (self, "PRAGMA journal_mode = WAL", error) ||
       !gm_sqlite_exec (self,
                        self->base.policy == GM_SQL_CACHE ? "PRAGMA synchronous = NORMAL"
                                                          : "PRAGMA synchronous = FULL",
                        error)))
    return FALSE;

  /* The first look into the file: a foreign or broken one is found out here. */
  return gm_sql_int (&self->base, "SELECT count(*) FROM sqlite_schema", NULL, 0, &n, error);
}

static gboolean
check_at_open (GmSqlite *self, GError **error)
{
  GmSqlPolicy policy = self->base.policy;

  if (self->read_only || policy == GM_SQL_CACHE || (policy == GM_SQL_STORE && !self->was_open))
    return TRUE;
  return gm_sqlite_check (&self->base, error);
}

static GmSql *
open_file (const char *path, GmSqlPolicy policy, gboolean read_only, GError **error)
{
  g_autoptr (GmSql) base = (GmSql *) g_new0 (GmSqlite, 1);
  GmSqlite *self = (GmSqlite *) base;
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  int result;

  base->driver = &sqlite_driver;
  base->policy = policy;
  base->path = g_strcmp0 (path, IN_MEMORY) != 0 ? g_strdup (path) : NULL;
  base->upserts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->read_only = read_only;
  self->was_open = base->path != NULL && has_log (path);
  self->idle_by_text = g_hash_table_new (g_str_hash, g_str_equal);

  result = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    gm_sqlite_set_error (error, self->db, result);
  if (result == SQLITE_OK && configure (self, error) && check_at_open (self, error))
    return g_steal_pointer (&base);

  g_prefix_error (error, "%s: ", path);
  return NULL;
}

GmSql *
gm_sql_open_sqlite (const char *path, GmSqlPolicy policy, GError **error)
{
  gboolean in_memory = strcmp (path, IN_MEMORY) == 0;
  GError *failure = NULL;
  GmSql *sql;

  if (!in_memory && !create_private (path, error))
    return NULL;
  sql = open_file (path, policy, FALSE, &failure);
  if (sql != NULL)
    return sql;

  if (policy == GM_SQL_CACHE && !in_memory && gm_error_is (failure, GM_ERROR_BAD_DATA))
    {
      g_clear_error (&failure);
      gm_sqlite_delete_file (path);
      return create_private (path, error) ? open_file (path, policy, FALSE, error) : NULL;
    }

  g_propagate_error (error, failure);
  return NULL;
}

GmSql *
gm_sql_open_sqlite_read_only (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "%s: no such database", path);
  return open_file (path, GM_SQL_STORE, TRUE, error);
}
