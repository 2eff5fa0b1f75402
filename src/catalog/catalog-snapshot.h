/* catalog-snapshot.h - a whole catalog as one file: GET /api/snapshot, gzip or plain NDJSON.
 *
 *   { "epoch": "…", "rev": 7, "count": 24 }     then one published asset per line
 *
 * It becomes the cache in one transaction, or nothing changes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-db.h"

G_BEGIN_DECLS

#define GM_CATALOG_SNAPSHOT_MAX_BYTES      (G_GUINT64_CONSTANT (1) << 32) /* as sent */
#define GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES (256 * 1024)
#define GM_CATALOG_SNAPSHOT_MAX_ROWS       5000000

typedef void (*GmCatalogProgress) (double fraction, gpointer user_data);

/* Takes nothing; @progress may be NULL. */
gboolean gm_catalog_snapshot_load (GmSql *cache,
                                   GInputStream *from,
                                   GmCatalogProgress progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
