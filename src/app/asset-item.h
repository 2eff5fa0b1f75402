/* asset-item.h - one asset in a list: its record's properties, and whether it is owned or playing.
 *
 * Every column of GmAsset is a read-only property with - for _ ("title", "artist", "key-sig",
 * "price-units", "artwork", "peaks", …), and besides: "owned" (b), "playing" (b), "price-text" (s:
 * "25.00 USDC", "Free"), "duration-text" (s: "3:45"), "camelot" (s or NULL).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-marks.h"
#include "catalog/asset.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_ITEM (gm_asset_item_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetItem, gm_asset_item, GM, ASSET_ITEM, GObject)

/* Takes @asset. @marks may be NULL. */
GmAssetItem *gm_asset_item_new (GmAsset *asset, GmAssetMarks *marks);

const GmAsset *gm_asset_item_get_asset (GmAssetItem *self);

G_END_DECLS
