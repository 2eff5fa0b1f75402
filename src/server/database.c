/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/database.h"

#include "base/error.h"
#include "base/ulid.h"
#include "storage/migration.h"

struct _GmDatabase
{
  char *path;
  GMutex writer_lock;
  GmSql *writer;
  GMutex readers_lock;
  GPtrArray *readers; /* idle ones */
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

static gboolean
ensure_feed (GmSql *sql, GError **error)
{
  g_autofree char *epoch = gm_ulid_new ();
  const guint8 nothing_yet[32] = { 0 };

  return gm_sql_run (sql,
                     "INSERT INTO feed (one, epoch, rev, head) VALUES (1, ?1, 0, ?2)"
                     " ON CONFLICT (one) DO NOTHING",
                     (GmValue[]){ gm_value_text (epoch), gm_value_bytes (nothing_yet, 32) }, 2,
                     NULL, error);
}

static gboolean
check_version (GmSql *sql, GError **error)
{
  guint version, newest = gm_migration_newest (GM_DATABASE_SCHEMA);

  if (!gm_migration_version (sql, &version, error))
    return FALSE;
  if (version > newest)
    return gm_migration_refuse_newer (version, newest, error);
  if (version < newest)
    return gm_fail (error, GM_ERROR_CONFLICT,
                    "the database has schema %u, this program needs %u: run \"migrate\"", version,
                    newest);
  return TRUE;
}

GmDatabase *
gm_database_open (const char *path, GError **error)
{
  g_autoptr (GmDatabase) self = g_new0 (GmDatabase, 1);

  g_mutex_init (&self->writer_lock);
  g_mutex_init (&self->readers_lock);
  self->path = g_strdup (path);
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_sql_close);
  self->writer = gm_sql_open_sqlite (path, GM_SQL_STORE, error);
  if (self->writer == NULL || !check_version (self->writer, error) ||
      !ensure_feed (self->writer, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
gm_database_migrate (const char *path, guint version, GError **error)
{
  g_autoptr (GmSql) sql = gm_sql_open_sqlite (path, GM_SQL_STORE, error);

  if (sql == NULL)
    return FALSE;
  return version == 0 ? gm_migration_run (sql, GM_DATABASE_SCHEMA, error)
                      : gm_migration_run_to (sql, GM_DATABASE_SCHEMA, version, error);
}

void
gm_database_close (GmDatabase *self)
{
  g_clear_pointer (&self->readers, g_ptr_array_unref);
  g_clear_pointer (&self->writer, gm_sql_close);
  g_mutex_clear (&self->writer_lock);
  g_mutex_clear (&self->readers_lock);
  g_free (self->path);
  g_free (self);
}

void
gm_database_on_change (GmDatabase *self, void (*changed) (gpointer user_data), gpointer user_data)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->writer_lock);

  self->changed = changed;
  self->user_data = user_data;
}

gboolean
gm_database_begin (GmDatabase *self, GmWriter *writer, GError **error)
{
  g_mutex_lock (&self->writer_lock);
  if (!gm_sql_begin (self->writer, error))
    {
      g_mutex_unlock (&self->writer_lock);
      return FALSE;
    }
  *writer = (GmWriter){ .database = self, .sql = self->writer };
  return TRUE;
}

gboolean
gm_database_commit (GmWriter *writer, GError **error)
{
  GmDatabase *self = writer->database;

  if (!gm_sql_commit (writer->sql, error))
    return FALSE; /* clearing rolls back */
  if (writer->announce && self->changed != NULL)
    self->changed (self->user_data);
  writer->database = NULL;
  g_mutex_unlock (&self->writer_lock);
  return TRUE;
}

void
gm_writer_clear (GmWriter *writer)
{
  GmDatabase *self = writer->database;

  if (self == NULL)
    return;
  gm_sql_rollback (writer->sql);
  writer->database = NULL;
  g_mutex_unlock (&self->writer_lock);
}

static GmSql *
take_reader (GmDatabase *self, GError **error)
{
  g_mutex_lock (&self->readers_lock);
  if (self->readers->len > 0)
    {
      GmSql *sql = g_ptr_array_steal_index_fast (self->readers, self->readers->len - 1);

      g_mutex_unlock (&self->readers_lock);
      return sql;
    }
  g_mutex_unlock (&self->readers_lock);
  return gm_sql_open_sqlite_read_only (self->path, error);
}

gboolean
gm_database_read (GmDatabase *self, GmReader *reader, GError **error)
{
  GmSql *sql = take_reader (self, error);

  if (sql == NULL)
    return FALSE;
  if (!gm_sql_run (sql, "BEGIN", NULL, 0, NULL, error))
    {
      gm_sql_close (sql);
      return FALSE;
    }
  *reader = (GmReader){ self, sql };
  return TRUE;
}

void
gm_reader_clear (GmReader *reader)
{
  GmDatabase *self = reader->database;

  if (self == NULL)
    return;
  gm_sql_rollback (reader->sql);
  g_mutex_lock (&self->readers_lock);
  g_ptr_array_add (self->readers, reader->sql);
  g_mutex_unlock (&self->readers_lock);
  reader->database = NULL;
}

char *
gm_database_dup_setting (GmSql *sql, const char *name, GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT value FROM settings WHERE name = ?1",
                                          (GmValue[]){ gm_value_text (name) }, 1, error);

  if (rows == NULL || !gm_rows_next (rows, error))
    return NULL;
  return g_strdup (gm_rows_text (rows, 0));
}

gboolean
gm_database_put_setting (GmWriter *writer, const char *name, const char *value, GError **error)
{
  return gm_sql_run (writer->sql,
                     "INSERT INTO settings (name, value) VALUES (?1, ?2)"
                     " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                     (GmValue[]){ gm_value_text (name), gm_value_text (value) }, 2, NULL, error);
}
