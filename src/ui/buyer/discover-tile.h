/* discover-tile.h - one asset in the grid: cover, price or owned, title, artist, tempo and key.
 *
 * Bound by hand: a fling binds hundreds a second.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/asset-item.h"
#include "app/session.h"

G_BEGIN_DECLS

#define GM_DISCOVER_TILE_WIDTH 148 /* two beside each other in 360 pixels */

#define GM_TYPE_DISCOVER_TILE (gm_discover_tile_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverTile, gm_discover_tile, GM, DISCOVER_TILE, GtkWidget)

GtkWidget *gm_discover_tile_new (GmSession *session); /* @session may be NULL: no pictures */

void gm_discover_tile_set_item (GmDiscoverTile *self, GmAssetItem *item); /* (nullable) */

G_END_DECLS
