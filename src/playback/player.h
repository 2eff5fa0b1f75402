/* player.h - plays a preview, or owned masters one after another without a gap.
 *
 *   IDLE ──preview──▶ PREVIEW   30.000 s at most, then it stands at the beginning, paused
 *     └────play─────▶ MASTER    the queue; after its last track it stands at that one's beginning
 *
 * Everything happens on the main loop of the thread that made it; what is to be seen or followed is
 * in GmPlayerState. Errors are shown there too: toggle() then tries the same track again.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

#include "playback/player-state.h"

G_BEGIN_DECLS

typedef struct _GmPlayer GmPlayer;

/* @audio_sink (nullable) is taken; without it autoaudiosink finds the sound server. Calls
 * gst_init(). */
GmPlayer *gm_player_new (GstElement *audio_sink);
void gm_player_free (GmPlayer *self);

GmPlayerState *gm_player_get_state (GmPlayer *self);
GListModel *gm_player_get_queue (GmPlayer *self); /* of GmTrackItem; empty during a preview */

void gm_player_preview (GmPlayer *self, GmTrack *track);
void gm_player_play (GmPlayer *self, GPtrArray *tracks, guint start); /* of GmTrack, masters */

void gm_player_toggle (GmPlayer *self);
void gm_player_pause (GmPlayer *self);
void gm_player_stop (GmPlayer *self); /* to IDLE */
void gm_player_next (GmPlayer *self);
void gm_player_previous (GmPlayer *self); /* after 3 s: back to the beginning of this one */

/* Exact. At the end or behind it is the end: of a preview that is its limit. */
void gm_player_seek (GmPlayer *self, gint64 position_ms);
void gm_player_set_volume (GmPlayer *self, double cubic); /* 0 to 1 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPlayer, gm_player_free)

G_END_DECLS
