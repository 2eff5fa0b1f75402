/* catalog-sync.h - one step of keeping the cache up with a store: its snapshot, or a page of
 * changes.
 *
 *   no cursor, 410, another epoch ─▶ GET /api/snapshot
 *   cursor                        ─▶ GET /api/changes?since=EPOCH-REV&limit=&wait=S
 *
 * Whatever the store answers, the cache stays as it was or becomes what one whole answer says.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-snapshot.h"
#include "net/http.h"

G_BEGIN_DECLS

#define GM_CATALOG_SYNC_MAX_PAGE_BYTES (16 * 1024 * 1024)

typedef struct
{
  GmSql *cache;
  GmHttp *http;
  const char *origin;         /* of the store, without a slash at its end */
  const char *spool;          /* path of a file to keep a snapshot in for a moment */
  guint wait_s;               /* how long the store may hold an empty answer */
  GmCatalogProgress progress; /* (nullable) of a first load */
  gpointer user_data;
} GmCatalogSync;

typedef struct
{
  gboolean changed;  /* the cache is another now */
  gboolean more;     /* ask again without waiting */
  gboolean reloaded; /* from the snapshot */
} GmCatalogSyncOutcome;

/* Blocks for up to wait_s and the transfer. */
gboolean gm_catalog_sync_step (const GmCatalogSync *self,
                               GmCatalogSyncOutcome *out,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
