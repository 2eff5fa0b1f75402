/* jukebox.h - playing by name: what a screen asks for is found, made and given to the player.
 *
 * "asset" is the store's row (ULID), "asset_id" what is owned (0x and 64 digits). GStreamer is
 * started off the main thread by start(), after the first frame; what is asked before is played
 * then. Signal "failed" (GError): something could not be found or fetched; what fails while playing
 * is in the state.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_JUKEBOX (gm_jukebox_get_type ())
G_DECLARE_FINAL_TYPE (GmJukebox, gm_jukebox, GM, JUKEBOX, GObject)

GmJukebox *gm_jukebox_new (GmSession *session);
void gm_jukebox_start (GmJukebox *self); /* GStreamer, else with the first that is to be heard */

GmPlayerState *gm_jukebox_get_state (GmJukebox *self);
GListModel *gm_jukebox_get_queue (GmJukebox *self); /* of GmTrackItem; (nullable) before start */

void gm_jukebox_preview (GmJukebox *self, const char *asset); /* what plays already is toggled */
void gm_jukebox_play (GmJukebox *self, const char *asset_id); /* and the rest of the library */

typedef enum
{
  GM_JUKEBOX_TOGGLE,
  GM_JUKEBOX_STOP,
  GM_JUKEBOX_NEXT,
  GM_JUKEBOX_PREVIOUS,
} GmJukeboxKey;
void gm_jukebox_press (GmJukebox *self, GmJukeboxKey key);
void gm_jukebox_seek (GmJukebox *self, gint64 position_ms);
void gm_jukebox_seek_by (GmJukebox *self, gint64 delta_ms);

G_END_DECLS
