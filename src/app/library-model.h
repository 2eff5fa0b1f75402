/* library-model.h - what is owned, from the ledger alone: also offline, also when delisted.
 *
 * A GListModel of GmLibraryItem, newest first. GmLibraryItem has the columns of GmOwned as
 * properties ("asset", "asset-id", "title", "artist", "artwork", "duration-ms", "ready",
 * "bought-at", "order-id", …) and "duration-text", "when-text", "search-text" (s), "playing" (b).
 * While it is not ready its purchase tells how far it is: "status-text" (s), "fraction" (d, -1
 * unknown), "stopped" (b: it waits to be resumed), "purchase-id" (s or NULL: not of this store).
 *
 * Properties of the model: "empty" (b), "error" (GError boxed or NULL).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-marks.h"
#include "base/worker.h"
#include "licenses/license-db.h"

G_BEGIN_DECLS

#define GM_TYPE_LIBRARY_ITEM (gm_library_item_get_type ())
G_DECLARE_FINAL_TYPE (GmLibraryItem, gm_library_item, GM, LIBRARY_ITEM, GObject)

const GmOwned *gm_library_item_get_owned (GmLibraryItem *self);

typedef struct
{
  const char *purchase_id;
  const char *status_text;
  double fraction; /* of the step; -1 when unknown */
  gboolean stopped;
} GmLibraryProgress;

#define GM_TYPE_LIBRARY_MODEL (gm_library_model_get_type ())
G_DECLARE_FINAL_TYPE (GmLibraryModel, gm_library_model, GM, LIBRARY_MODEL, GObject)

/* Reads at once; @path is ledger.db, which is migrated already. */
GmLibraryModel *gm_library_model_new (GmWorker *db, const char *path, GmAssetMarks *marks);
void gm_library_model_refresh (GmLibraryModel *self); /* something was bought */
/* How far the purchase of an asset is; what is told before its row appears is kept for it. */
void gm_library_model_tell (GmLibraryModel *self,
                            const char *asset_id,
                            const GmLibraryProgress *progress);
GmLibraryItem *gm_library_model_find (GmLibraryModel *self,
                                      const char *asset_id); /* borrowed, (nullable) */

G_END_DECLS
