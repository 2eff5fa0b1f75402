/* asset-sheet.h - one asset of the admin's table: edit it, take it a step on, read its history.
 *
 * Saving shows in the table at once. The sheet stays until the store agreed, so nothing typed is
 * lost when it does not: the reason is shown, and after a conflict both versions.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/asset-table-model.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_SHEET (gm_asset_sheet_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetSheet, gm_asset_sheet, GM, ASSET_SHEET, GtkWidget)

/* For gm_compat_dialog_new(). */
GtkWidget *gm_asset_sheet_new (GmSession *session, GmAssetTableModel *table, GmAssetItem *item);

G_END_DECLS
