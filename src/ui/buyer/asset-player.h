/* asset-player.h - one asset's waveform with its play button: the preview, or the whole when owned.
 *
 * Shows where the player is when it plays this asset. Properties: "item" (GmAssetItem), "state"
 * (GmPlayerState). 64 peaks are there at once, 1,024 bins when the store sent them.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_PLAYER (gm_asset_player_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetPlayer, gm_asset_player, GM, ASSET_PLAYER, GtkWidget)

void gm_asset_player_set_up (GmAssetPlayer *self, GmSession *session, GmPlayerState *state);
void gm_asset_player_set_item (GmAssetPlayer *self, GmAssetItem *item);
void gm_asset_player_toggle (GmAssetPlayer *self);

G_END_DECLS
