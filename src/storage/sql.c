/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/sql.h"

#include "base/error.h"
#include "storage/sql-driver.h"

#define MAX_FIELDS 64 /* of one record */

void
gm_sql_close (GmSql *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->upserts, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);
  self->driver->close (self);
}

gboolean
gm_sql_run (GmSql *self,
            const char *statement,
            const GmValue *values,
            guint n_values,
            gint64 *changed,
            GError **error)
{
  return self->driver->run (self, statement, values, n_values, changed, error);
}

gboolean
gm_sql_script (GmSql *self, const char *script, GError **error)
{
  return self->driver->script (self, script, error);
}

gboolean
gm_sql_check (GmSql *self, GError **error)
{
  return self->driver->check (self, error);
}

gboolean
gm_sql_was_open (GmSql *self)
{
  return self->driver->was_open (self);
}

GmRows *
gm_sql_query (GmSql *self,
              const char *statement,
              const GmValue *values,
              guint n_values,
              GError **error)
{
  return self->driver->query (self, statement, values, n_values, error);
}

gboolean
gm_rows_next (GmRows *rows, GError **error)
{
  return rows->sql->driver->next (rows, error);
}

gboolean
gm_rows_column (gpointer rows, const char *column, GmValue *out)
{
  return ((GmRows *) rows)->sql->driver->column (rows, column, out);
}

gint64
gm_rows_int (GmRows *rows, guint column)
{
  GmValue value;

  return rows->sql->driver->value (rows, column, &value) && value.kind == GM_VALUE_INT
             ? value.integer
             : 0;
}

const char *
gm_rows_text (GmRows *rows, guint column)
{
  GmValue value;

  return rows->sql->driver->value (rows, column, &value) && value.kind == GM_VALUE_TEXT ? value.data
                                                                                        : NULL;
}

GBytes *
gm_rows_dup_bytes (GmRows *rows, guint column)
{
  GmValue value;

  return rows->sql->driver->value (rows, column, &value) && value.kind == GM_VALUE_BYTES
             ? g_bytes_new (value.data, value.length)
             : NULL;
}

gpointer
gm_rows_dup_record (GmRows *rows, const GmRecordType *type, GError **error)
{
  return gm_record_from_row (type, gm_rows_column, rows, error);
}

void
gm_rows_free (GmRows *rows)
{
  if (rows != NULL)
    rows->sql->driver->free_rows (rows);
}

/* The first row of a query, or NOT_FOUND. */
static GmRows *
query_first (GmSql *self, const char *statement, const GmValue *values, guint n, GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (self, statement, values, n, error);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;
  if (gm_rows_next (rows, &failure))
    return g_steal_pointer (&rows);

  if (failure == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such row");
  g_propagate_error (error, failure);
  return NULL;
}

gpointer
gm_sql_find (GmSql *self,
             const GmRecordType *type,
             const char *statement,
             const GmValue *values,
             guint n_values,
             GError **error)
{
  g_autoptr (GmRows) rows = query_first (self, statement, values, n_values, error);

  if (rows == NULL)
    {
      g_prefix_error (error, "%s: ", type->name);
      return NULL;
    }

  return gm_rows_dup_record (rows, type, error);
}

gboolean
gm_sql_int (GmSql *self,
            const char *statement,
            const GmValue *values,
            guint n_values,
            gint64 *out,
            GError **error)
{
  g_autoptr (GmRows) rows = query_first (self, statement, values, n_values, error);

  if (rows == NULL)
    return FALSE;

  *out = gm_rows_int (rows, 0);
  return TRUE;
}

/* A GPtrArray tells its free function the element and nothing else, so each record type gets a
 * function of its own, handed out in the order types are first listed. */
#define MAX_LISTED 32
static const GmRecordType *listed[MAX_LISTED];

/* clang-format off */
#define FREE(a, b) \
  static void free_##a##b (gpointer record) { gm_record_free (listed[0##a##b], record); } /* octal */
#define FREE_8(a) \
  FREE (a, 0) FREE (a, 1) FREE (a, 2) FREE (a, 3) FREE (a, 4) FREE (a, 5) FREE (a, 6) FREE (a, 7)
FREE_8 (0) FREE_8 (1) FREE_8 (2) FREE_8 (3)
#define NAME_8(a) \
  free_##a##0, free_##a##1, free_##a##2, free_##a##3, free_##a##4, free_##a##5, free_##a##6, free_##a##7
static const GDestroyNotify free_listed[MAX_LISTED] = { NAME_8 (0), NAME_8 (1), NAME_8 (2), NAME_8 (3) };
/* clang-format on */

static GDestroyNotify
free_function (const GmRecordType *type)
{
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  for (guint i = 0; i < MAX_LISTED; i++)
    {
      if (listed[i] == NULL)
        listed[i] = type;
      if (listed[i] == type)
        return free_listed[i];
    }

  g_error ("more than %d record types in lists: raise MAX_LISTED", MAX_LISTED);
}

GPtrArray *
gm_sql_list (GmSql *self,
             const GmRecordType *type,
             const char *statement,
             const GmValue *values,
             guint n_values,
             GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (self, statement, values, n_values, error);
  g_autoptr (GPtrArray) list = NULL;
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func (free_function (type));
  while (gm_rows_next (rows, &failure))
    {
      gpointer record = gm_rows_dup_record (rows, type, &failure);

      if (record == NULL)
        break;
      g_ptr_array_add (list, record);
    }

  if (failure == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, failure);
  return NULL;
}

gboolean
gm_sql_put (GmSql *self, const GmRecordType *type, gconstpointer record, GError **error)
{
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  GmValue values[MAX_FIELDS];
  guint n = gm_record_values (type, record, values, G_N_ELEMENTS (values), keep);
  char *upsert = g_hash_table_lookup (self->upserts, type);

  if (upsert == NULL)
    {
      upsert = gm_record_upsert (type);
      g_hash_table_insert (self->upserts, (gpointer) type, upsert);
    }

  return gm_sql_run (self, upsert, values, n, NULL, error);
}

gboolean
gm_sql_begin (GmSql *self, GError **error)
{
  return self->driver->begin (self, error);
}

gboolean
gm_sql_commit (GmSql *self, GError **error)
{
  return self->driver->commit (self, error);
}

void
gm_sql_rollback (GmSql *self)
{
  self->driver->rollback (self);
}
