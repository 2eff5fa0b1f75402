/* database.h - the store's database: one writer at a time, any number of readers.
 *
 *   g_auto (GmWriter) writer = { 0 };
 *   if (!gm_database_begin (database, &writer, error)) return FALSE;
 *   … gm_sql_run (writer.sql, …) …            leaving early rolls back
 *   return gm_database_commit (&writer, error);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

#define GM_DATABASE_SCHEMA GM_APP_PATH "/schema/server"

typedef struct _GmDatabase GmDatabase;

typedef struct
{
  GmDatabase *database; /* NULL: not in a transaction */
  GmSql *sql;
  gboolean announce; /* the feed moved: tell the listener after the commit */
} GmWriter;

typedef struct
{
  GmDatabase *database;
  GmSql *sql;
} GmReader;

/* Opens without migrating: CONFLICT when the schema is not the newest. Makes the feed row. */
GmDatabase *gm_database_open (const char *path, GError **error);
/* Creates or brings it to @version; 0 is the newest. */
gboolean gm_database_migrate (const char *path, guint version, GError **error);
void gm_database_close (GmDatabase *self);

/* Called after each commit that moved the feed, on the committing thread. */
void gm_database_on_change (GmDatabase *self,
                            void (*changed) (gpointer user_data),
                            gpointer user_data);

gboolean gm_database_begin (GmDatabase *self, GmWriter *writer, GError **error);
gboolean gm_database_commit (GmWriter *writer, GError **error);
void gm_writer_clear (GmWriter *writer);

/* A connection of its own for this thread, in one read transaction: one snapshot. */
gboolean gm_database_read (GmDatabase *self, GmReader *reader, GError **error);
void gm_reader_clear (GmReader *reader);

char *gm_database_dup_setting (GmSql *sql, const char *name, GError **error); /* (nullable) */
gboolean
gm_database_put_setting (GmWriter *writer, const char *name, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDatabase, gm_database_close)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmWriter, gm_writer_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmReader, gm_reader_clear)

G_END_DECLS
