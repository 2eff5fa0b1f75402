/* asset-table-model.h - the admin's table: the store's own rows, edited optimistically.
 *
 * A GListModel of GmAssetItem over GET /api/assets, 50 at a time. An edit shows at once, is sent
 * with the version it was made on and an Idempotency-Key that a retry repeats, and is rolled back
 * when the store says no; CONFLICT means somebody else changed the row, which is then reloaded.
 * Properties: "loading" (b), "has-more" (b), "total" (u), "error" (GError boxed or NULL).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"
#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_TABLE_MODEL (gm_asset_table_model_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetTableModel, gm_asset_table_model, GM, ASSET_TABLE_MODEL, GObject)

GmAssetTableModel *gm_asset_table_model_new (GmSession *session);

/* @text may be NULL; @status is one of asset.h or "all". Loads the first page. */
void gm_asset_table_model_set_filter (GmAssetTableModel *self,
                                      const char *text,
                                      const char *status);
void gm_asset_table_model_refresh (GmAssetTableModel *self);
void gm_asset_table_model_load_more (GmAssetTableModel *self);

/* @edits as PATCH takes them ({ "title": …, "status": "published" }); taken. The row shows them
 * before the store answered. */
void gm_asset_table_model_edit (GmAssetTableModel *self,
                                const char *id,
                                JsonObject *edits,
                                GObject *owner,
                                GmDone done);

G_END_DECLS
