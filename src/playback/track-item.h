/* track-item.h - one track of the queue in a list.
 *
 * Properties: "asset-id" s, "asset" s, "title" s, "artist" s, "artwork" s, "duration-text" s, and
 * "current" b: it is the one the player has loaded.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "playback/track.h"

G_BEGIN_DECLS

#define GM_TYPE_TRACK_ITEM (gm_track_item_get_type ())
G_DECLARE_FINAL_TYPE (GmTrackItem, gm_track_item, GM, TRACK_ITEM, GObject)

GmTrackItem *gm_track_item_new (GmTrack *track);
GmTrack *gm_track_item_get_track (GmTrackItem *self);
void gm_track_item_set_current (GmTrackItem *self, gboolean current); /* for the queue */

G_END_DECLS
