/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "storage/sqlite.h"

typedef struct
{
  GmRows base;
  sqlite3_stmt *statement; /* NULL after the last row */
  int expected;            /* column that is asked for next, if records are read in order */
} SqliteRows;

static void
drop_link (GmSqlite *self, GList *link)
{
  g_hash_table_remove (self->idle_by_text, sqlite3_sql (link->data));
  sqlite3_finalize (link->data);
  g_queue_delete_link (&self->idle, link);
}

void
gm_sqlite_drop_idle (GmSqlite *self)
{
  while (self->idle.tail != NULL)
    drop_link (self, self->idle.tail);
}

/* A statement nobody else runs: a query inside a loop over the same query gets a second one. */
static sqlite3_stmt *
take_statement (GmSqlite *self, const char *text, GError **error)
{
  GList *link = g_hash_table_lookup (self->idle_by_text, text);
  sqlite3_stmt *statement = NULL;
  const char *tail = NULL;
  int result;

  if (link != NULL)
    {
      statement = link->data;
      g_hash_table_remove (self->idle_by_text, text);
      g_queue_delete_link (&self->idle, link);
      return statement;
    }

  result = sqlite3_prepare_v3 (self->db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, &tail);
  if (result != SQLITE_OK)
    {
      gm_sqlite_set_error (error, self->db, result);
      return NULL;
    }
  if (statement == NULL || strspn (tail, " \n;") != strlen (tail))
    {
      sqlite3_finalize (statement);
      return gm_fail_null (error, GM_ERROR_BUG, "not exactly one statement: %.80s", text);
    }

  return statement;
}

static void
give_statement (GmSqlite *self, sqlite3_stmt *statement)
{
  const char *text = sqlite3_sql (statement);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (g_hash_table_contains (self->idle_by_text, text))
    {
      sqlite3_finalize (statement);
      return;
    }

  g_queue_push_head (&self->idle, statement);
  g_hash_table_insert (self->idle_by_text, (gpointer) text, self->idle.head);
  if (self->idle.length > GM_SQLITE_IDLE_STATEMENTS)
    drop_link (self, self->idle.tail);
}

/* The caller's values stay put until the statement is given back or has returned a row. */
static int
bind_one (sqlite3_stmt *statement, int hole, const GmValue *value)
{
  switch (value->kind)
    {
    case GM_VALUE_INT: return sqlite3_bind_int64 (statement, hole, value->integer);
    case GM_VALUE_TEXT:
      return sqlite3_bind_text64 (statement, hole, value->data, value->length, SQLITE_TRANSIENT,
                                  SQLITE_UTF8);
    case GM_VALUE_BYTES:
      return value->length == 0 ? sqlite3_bind_zeroblob (statement, hole, 0)
                                : sqlite3_bind_blob64 (statement, hole, value->data, value->length,
                                                       SQLITE_TRANSIENT);
    case GM_VALUE_NULL:
    default: return sqlite3_bind_null (statement, hole);
    }
}

static sqlite3_stmt *
prepare (GmSqlite *self, const char *text, const GmValue *values, guint n_values, GError **error)
{
  sqlite3_stmt *statement;
  int result = SQLITE_OK;

  /* A full disk makes SQLite undo the whole transaction; what came after would stand alone. */
  if (self->in_transaction && sqlite3_get_autocommit (self->db))
    return gm_fail_null (error, GM_ERROR_OFFLINE,
                         "the transaction was undone by an earlier failure");

  statement = take_statement (self, text, error);
  if (statement == NULL)
    return NULL;
  if ((guint) sqlite3_bind_parameter_count (statement) != n_values)
    {
      gm_error_set (error, GM_ERROR_BUG, "%u values for %d holes: %.80s", n_values,
                    sqlite3_bind_parameter_count (statement), text);
      give_statement (self, statement);
      return NULL;
    }

  for (guint i = 0; i < n_values && result == SQLITE_OK; i++)
    result = bind_one (statement, (int) i + 1, &values[i]);
  if (result == SQLITE_OK)
    return statement;

  gm_sqlite_set_error (error, self->db, result);
  give_statement (self, statement);
  return NULL;
}

gboolean
gm_sqlite_run (GmSql *base,
               const char *text,
               const GmValue *values,
               guint n_values,
               gint64 *changed,
               GError **error)
{
  GmSqlite *self = (GmSqlite *) base;
  sqlite3_stmt *statement = prepare (self, text, values, n_values, error);
  int result;

  if (statement == NULL)
    return FALSE;

  do
    result = sqlite3_step (statement);
  while (result == SQLITE_ROW);

  if (result != SQLITE_DONE)
    gm_sqlite_set_error (error, self->db, result);
  else if (changed != NULL)
    *changed = sqlite3_stmt_readonly (statement) ? 0 : sqlite3_changes64 (self->db);
  give_statement (self, statement);
  return result == SQLITE_DONE;
}

GmRows *
gm_sqlite_query (GmSql *base,
                 const char *text,
                 const GmValue *values,
                 guint n_values,
                 GError **error)
{
  sqlite3_stmt *statement = prepare ((GmSqlite *) base, text, values, n_values, error);
  SqliteRows *rows;

  if (statement == NULL)
    return NULL;

  rows = g_new0 (SqliteRows, 1);
  rows->base.sql = base;
  rows->statement = statement;
  return &rows->base;
}

/* At once after the last row, so that its read transaction ends and checkpoints progress. */
static void
finish (SqliteRows *rows)
{
  if (rows->statement != NULL)
    give_statement ((GmSqlite *) rows->base.sql, g_steal_pointer (&rows->statement));
}

gboolean
gm_sqlite_next (GmRows *base, GError **error)
{
  SqliteRows *rows = (SqliteRows *) base;
  int result;

  if (rows->statement == NULL)
    return FALSE;

  result = sqlite3_step (rows->statement);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    gm_sqlite_set_error (error, ((GmSqlite *) base->sql)->db, result);
  finish (rows);
  return FALSE;
}

gboolean
gm_sqlite_value (GmRows *base, guint column, GmValue *out)
{
  sqlite3_stmt *statement = ((SqliteRows *) base)->statement;
  const int i = (int) column;

  if (statement == NULL || column >= (guint) sqlite3_data_count (statement))
    return FALSE;

  switch (sqlite3_column_type (statement, i))
    {
    case SQLITE_INTEGER: *out = gm_value_int (sqlite3_column_int64 (statement, i)); return TRUE;
    case SQLITE_TEXT:
      *out = gm_value_text ((const char *) sqlite3_column_text (statement, i));
      return TRUE;
    case SQLITE_BLOB:
      *out = gm_value_bytes (sqlite3_column_blob (statement, i),
                             (gsize) sqlite3_column_bytes (statement, i));
      return TRUE;
    case SQLITE_NULL: *out = gm_value_null (); return TRUE;
    case SQLITE_FLOAT:
    default: return FALSE; /* nothing of ours is a double */
    }
}

gboolean
gm_sqlite_column (GmRows *base, const char *column, GmValue *out)
{
  SqliteRows *rows = (SqliteRows *) base;
  int n = rows->statement != NULL ? sqlite3_data_count (rows->statement) : 0;

  for (int i = 0; i < n; i++)
    {
      int at = (rows->expected + i) % n;

      if (strcmp (sqlite3_column_name (rows->statement, at), column) == 0)
        {
          rows->expected = at + 1;
          return gm_sqlite_value (base, (guint) at, out);
        }
    }

  return FALSE;
}

void
gm_sqlite_free_rows (GmRows *base)
{
  finish ((SqliteRows *) base);
  g_free (base);
}
