/* catalog-db.h - the local catalog: rows of a store, and how far its feed was read.
 *
 * A page of changes and its new epoch-rev commit together, and so does a whole first load: readers
 * see the old catalog until the new one is complete. The file is disposable (PROTOCOLS A19): of
 * another version or broken, it is deleted and fetched again. Each connection is for one thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "storage/sql.h"

G_BEGIN_DECLS

#define GM_CATALOG_DB_VERSION 2 /* of schema and folding */

/* Makes the file when there is none. */
GmSql *gm_catalog_db_open (const char *path, GError **error);
GmSql *gm_catalog_db_open_read_only (const char *path, GError **error);

typedef struct
{
  char *epoch; /* (nullable) nothing was read yet */
  gint64 rev;
} GmCatalogCursor;

gboolean gm_catalog_db_cursor (GmSql *sql, GmCatalogCursor *out, GError **error);
void gm_catalog_cursor_clear (GmCatalogCursor *cursor);

/* One page of the feed. @assets replace what there is unless it is newer; @gone are ids. */
gboolean gm_catalog_db_apply (GmSql *sql,
                              GPtrArray *assets,
                              GPtrArray *gone,
                              const GmCatalogCursor *cursor,
                              GError **error);

/* A first load: begin, put any number, then finish. BAD_DATA when an id comes twice. */
gboolean gm_catalog_db_load_begin (GmSql *sql, GError **error);
gboolean gm_catalog_db_load_put (GmSql *sql, const GmAsset *asset, GError **error);
gboolean gm_catalog_db_load_finish (GmSql *sql, const GmCatalogCursor *cursor, GError **error);
void gm_catalog_db_load_abort (GmSql *sql);

gboolean gm_catalog_db_count (GmSql *sql, gint64 *out, GError **error);
/* GmAsset per row number, in the order asked for; NULL where it is gone meanwhile. */
GPtrArray *gm_catalog_db_rows (GmSql *sql, const gint64 *rows, guint n_rows, GError **error);
/* By the store's row id; NOT_FOUND. */
GmAsset *gm_catalog_db_find (GmSql *sql, const char *id, GError **error);
/* By asset id (0x and 64 digits); NOT_FOUND. */
GmAsset *gm_catalog_db_find_asset (GmSql *sql, const char *asset_id, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmCatalogCursor, gm_catalog_cursor_clear)

G_END_DECLS
