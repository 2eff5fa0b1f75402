/* sql-driver.h - what a database has to provide to be behind sql.h; seen by storage/ only.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean (*run) (GmSql *self,
                   const char *statement,
                   const GmValue *values,
                   guint n_values,
                   gint64 *changed,
                   GError **error);
  gboolean (*script) (GmSql *self, const char *script, GError **error);
  GmRows *(*query) (GmSql *self,
                    const char *statement,
                    const GmValue *values,
                    guint n_values,
                    GError **error);
  gboolean (*begin) (GmSql *self, GError **error);
  gboolean (*commit) (GmSql *self, GError **error);
  void (*rollback) (GmSql *self);

  gboolean (*next) (GmRows *rows, GError **error);
  gboolean (*column) (GmRows *rows, const char *column, GmValue *out);
  gboolean (*value) (GmRows *rows, guint column, GmValue *out);
  void (*free_rows) (GmRows *rows);

  /* Schema work, for migration.c. */
  gboolean (*version) (GmSql *self, guint *version, GError **error);
  gboolean (*set_version) (GmSql *self, guint version, GError **error);
  /* References are not enforced while steps rebuild tables, but checked before each commit. */
  gboolean (*enforce_references) (GmSql *self, gboolean enforce, GError **error);
  gboolean (*check_references) (GmSql *self, GError **error);
  gboolean (*check) (GmSql *self, GError **error); /* the file, page by page */
  gboolean (*backup) (GmSql *self, const char *to, GError **error);
  gboolean (*restore) (GmSql *self, const char *from, GError **error);
  gboolean (*reset) (GmSql *self, GError **error); /* to a database with nothing in it */

  gboolean (*was_open) (GmSql *self);
  void (*close) (GmSql *self);
} GmSqlDriver;

struct _GmSql
{
  const GmSqlDriver *driver;
  GmSqlPolicy policy;
  char *path;          /* NULL when there is no file of its own */
  GHashTable *upserts; /* GmRecordType → text */
};

struct _GmRows
{
  GmSql *sql;
};

G_END_DECLS
