/* sql.h - one database, SQLite or PostgreSQL, behind six verbs.
 *
 * A GmSql is used by one thread at a time. SQL is written once in the common subset with ?1 ?2
 * holes (a driver rewrites them to $1 $2); values are bound, never pasted. Rows come as records or
 * by column name.
 *
 *   GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, error);
 *   gm_sql_run (sql, "UPDATE assets SET title = ?1 WHERE id = ?2",
 *               (GmValue[]){ gm_value_text (title), gm_value_text (id) }, 2, &changed, error);
 *
 * Policies (PROTOCOLS A19): LEDGER is WAL, synchronous=FULL, checked when opened; CACHE is WAL,
 * synchronous=NORMAL and disposable; STORE is the embedded server's: WAL, FULL. Foreign keys are
 * on. A full disk, a locked or broken file each have a sentence of their own.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"

G_BEGIN_DECLS

typedef struct _GmSql GmSql;
typedef struct _GmRows GmRows;

typedef enum
{
  GM_SQL_LEDGER,
  GM_SQL_CACHE,
  GM_SQL_STORE,
} GmSqlPolicy;

/* @path may be ":memory:" in tests. Creates the file (0600) when absent. */
GmSql *gm_sql_open_sqlite (const char *path, GmSqlPolicy policy, GError **error);
GmSql *gm_sql_open_sqlite_read_only (const char *path, GError **error);
void gm_sql_close (GmSql *self);

/* Reads the whole file for damage: BAD_DATA says what is wrong. Opening does it by itself for a
 * LEDGER, and for a STORE that was not closed; a CACHE is checked by its owner when there is time:
 * 0.24 s per million small rows. A CACHE that cannot be opened is deleted and made anew. */
gboolean gm_sql_check (GmSql *self, GError **error);
gboolean gm_sql_was_open (GmSql *self); /* nobody closed it before: a crash, or another user */

/* Runs one statement that returns no rows. @changed (nullable) gets the number of changed rows.
 * A broken unique, foreign-key or check constraint is CONFLICT; a busy database OFFLINE. */
gboolean gm_sql_run (GmSql *self,
                     const char *statement,
                     const GmValue *values,
                     guint n_values,
                     gint64 *changed,
                     GError **error);

/* Several statements separated by ; without values: schema files. */
gboolean gm_sql_script (GmSql *self, const char *script, GError **error);

/* Starts a query; step with gm_rows_next() until it returns FALSE, then look at @error. */
GmRows *gm_sql_query (GmSql *self,
                      const char *statement,
                      const GmValue *values,
                      guint n_values,
                      GError **error);
gboolean gm_rows_next (GmRows *rows, GError **error); /* FALSE at the end, or with @error set */
gboolean gm_rows_column (gpointer rows, const char *column, GmValue *out); /* a GmColumnReader */
gint64 gm_rows_int (GmRows *rows, guint column);
const char *gm_rows_text (GmRows *rows, guint column);  /* (nullable) until the next step */
GBytes *gm_rows_dup_bytes (GmRows *rows, guint column); /* (nullable) */
gpointer gm_rows_dup_record (GmRows *rows, const GmRecordType *type, GError **error);
void gm_rows_free (GmRows *rows);

/* First row as a record; NOT_FOUND when there is none. */
gpointer gm_sql_find (GmSql *self,
                      const GmRecordType *type,
                      const char *statement,
                      const GmValue *values,
                      guint n_values,
                      GError **error);
/* All rows as records, freed with the array. */
GPtrArray *gm_sql_list (GmSql *self,
                        const GmRecordType *type,
                        const char *statement,
                        const GmValue *values,
                        guint n_values,
                        GError **error);
/* First column of the first row as an integer; NOT_FOUND when there is none. */
gboolean gm_sql_int (GmSql *self,
                     const char *statement,
                     const GmValue *values,
                     guint n_values,
                     gint64 *out,
                     GError **error);
gboolean gm_sql_put (GmSql *self, const GmRecordType *type, gconstpointer record, GError **error);

/* BEGIN IMMEDIATE … COMMIT; they do not nest. Rollback never fails loudly. */
gboolean gm_sql_begin (GmSql *self, GError **error);
gboolean gm_sql_commit (GmSql *self, GError **error);
void gm_sql_rollback (GmSql *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSql, gm_sql_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRows, gm_rows_free)

G_END_DECLS
