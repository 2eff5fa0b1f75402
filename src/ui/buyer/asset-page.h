/* asset-page.h - one asset: what it looks, sounds and reads like, what one may do with it, buy it.
 *
 * Follows the catalog: what an admin changes is changed here too. Space plays and pauses, B buys.
 * Property "item" (GmAssetItem). Waits when it has none yet (a link opened before the catalog is
 * here), and says when the store does not have it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_PAGE (gm_asset_page_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetPage, gm_asset_page, GM, ASSET_PAGE, AdwBin)

GtkWidget *gm_asset_page_new (GmSession *session, GmPlayerState *state, GmAssetItem *item);
/* By the store's row id, which the catalog may not have yet. */
GtkWidget *gm_asset_page_new_for_id (GmSession *session, GmPlayerState *state, const char *id);

G_END_DECLS
