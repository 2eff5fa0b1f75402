/* sqlite.h - the SQLite driver behind sql.h; seen by storage/ and its tests only.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sqlite3.h>

#include "storage/sql-driver.h"

G_BEGIN_DECLS

#define GM_SQLITE_IDLE_STATEMENTS 64

typedef struct
{
  GmSql base;
  sqlite3 *db;
  gboolean read_only;
  gboolean in_transaction; /* between begin and commit, even when SQLite has undone it */
  gboolean was_open;
  GQueue idle;              /* prepared statements nobody runs, last used first */
  GHashTable *idle_by_text; /* their SQL, which they own → link in @idle */
} GmSqlite;

/* sqlite-rows.c */
gboolean gm_sqlite_run (GmSql *base,
                        const char *statement,
                        const GmValue *values,
                        guint n_values,
                        gint64 *changed,
                        GError **error);
GmRows *gm_sqlite_query (GmSql *base,
                         const char *statement,
                         const GmValue *values,
                         guint n_values,
                         GError **error);
gboolean gm_sqlite_next (GmRows *base, GError **error);
gboolean gm_sqlite_column (GmRows *base, const char *column, GmValue *out);
gboolean gm_sqlite_value (GmRows *base, guint column, GmValue *out);
void gm_sqlite_free_rows (GmRows *base);
void gm_sqlite_drop_idle (GmSqlite *self);

/* sqlite-file.c: the file as a whole */
gboolean gm_sqlite_exec (GmSqlite *self, const char *script, GError **error);
gboolean gm_sqlite_check (GmSql *base, GError **error);
gboolean gm_sqlite_backup (GmSql *base, const char *to, GError **error);
gboolean gm_sqlite_restore (GmSql *base, const char *from, GError **error);
gboolean gm_sqlite_reset (GmSql *base, GError **error);
void gm_sqlite_delete_file (const char *path); /* and what SQLite keeps beside it */

/* sqlite-error.c: of the last call on @db, which may be NULL */
void gm_sqlite_set_error (GError **error, sqlite3 *db, int result);
gboolean gm_sqlite_is_damage (int result);

/* How long to wait for another writer: 5000. */
void gm_sqlite_set_busy_ms (GmSql *base, int busy_ms);

G_END_DECLS
