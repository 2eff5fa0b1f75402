/* asset-editor.h - the rows an admin types an asset's facts into, checked while typing.
 *
 * Read-only properties: "valid" (b), "changed" (b: something differs from the row in the store).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "catalog/asset.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_EDITOR (gm_asset_editor_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetEditor, gm_asset_editor, GM, ASSET_EDITOR, GtkWidget)

GtkWidget *gm_asset_editor_new (const GmAsset *asset);

gboolean gm_asset_editor_is_valid (GmAssetEditor *self);
JsonObject *gm_asset_editor_dup_edits (GmAssetEditor *self); /* of a valid one */
/* The row is @asset meanwhile; what was typed stays, and differences are shown above the rows. */
void gm_asset_editor_rebase (GmAssetEditor *self, const GmAsset *asset);

G_END_DECLS
