/* discover-tile.h - one asset in the grid: cover, price or owned, title, artist, tempo and key.
 *
 * Bound and drawn by hand: a fling binds hundreds a second, and a grid keeps two hundred.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "ui/buyer/discover-parts.h"

G_BEGIN_DECLS

#define GM_DISCOVER_TILE_WIDTH 148 /* two beside each other in 360 pixels */

#define GM_TYPE_DISCOVER_TILE (gm_discover_tile_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverTile, gm_discover_tile, GM, DISCOVER_TILE, GtkWidget)

GtkWidget *gm_discover_tile_new (GmSession *session); /* @session may be NULL: no pictures */

GmDiscoverParts *gm_discover_tile_get_parts (GmDiscoverTile *self);

G_END_DECLS
