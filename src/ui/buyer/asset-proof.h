/* asset-proof.h - the seller and the hashes a receipt names, each to be copied.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/asset-item.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_PROOF (gm_asset_proof_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetProof, gm_asset_proof, GM, ASSET_PROOF, GtkWidget)

void gm_asset_proof_set_item (GmAssetProof *self, GmAssetItem *item);

G_END_DECLS
