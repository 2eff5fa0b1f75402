/* asset-license.h - what one gets and may do, what it costs, and the button.
 *
 * The license text is shown when the asset's hash says that it is the one we know.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_LICENSE (gm_asset_license_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetLicense, gm_asset_license, GM, ASSET_LICENSE, GtkWidget)

void gm_asset_license_set_session (GmAssetLicense *self, GmSession *session); /* for its note */
void gm_asset_license_set_item (GmAssetLicense *self, GmAssetItem *item);

/* Buys, or plays what is owned. */
void gm_asset_license_press (GmAssetLicense *self);

G_END_DECLS
