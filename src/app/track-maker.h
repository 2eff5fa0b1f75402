/* track-maker.h - something to play from something that is listed: previews fetched, masters
 * opened.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "playback/track.h"

G_BEGIN_DECLS

/* @done gets the GmTrack of the asset's preview, whose file is here then. NOT_FOUND: it has none.
 */
void gm_track_maker_preview (GmSession *session, const GmAsset *asset, GObject *owner, GmDone done);

/* A master of the library; opens from what is on this machine alone. */
GmTrack *gm_track_maker_master (GmSession *session, const GmOwned *owned);

/* Every master that is ready, in the library's order; @start is where @asset_id is. NULL when that
 * one is not ready. */
GPtrArray *gm_track_maker_queue (GmSession *session, const char *asset_id, guint *start);

G_END_DECLS
