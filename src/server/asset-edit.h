/* asset-edit.h - what a client may write into an asset, field by field, and what is wrong with it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"

G_BEGIN_DECLS

/* Applies the editable members of @body to @asset; null clears an optional one, unknown ones are
 * ignored. What is wrong is collected in @wrong as { field: [ sentence ] }; @asset is then half
 * changed and to be thrown away. Returns how many members were meant. "status" is not among them.
 */
guint gm_asset_edit_apply (JsonObject *body, GmAsset *asset, JsonObject *wrong);

void gm_asset_edit_complain (JsonObject *wrong, const char *field, const char *sentence);

G_END_DECLS
