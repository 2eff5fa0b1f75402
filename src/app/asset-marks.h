/* asset-marks.h - what is true of assets only here and now: owned, and playing.
 *
 * One object for all lists; items follow its signal "changed". Assets are named by their asset id
 * (0x and 64 digits), owned is from the library, playing is told by the player's follower.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_TYPE_ASSET_MARKS (gm_asset_marks_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetMarks, gm_asset_marks, GM, ASSET_MARKS, GObject)

GmAssetMarks *gm_asset_marks_new (void);

gboolean gm_asset_marks_is_owned (GmAssetMarks *self, const char *asset_id);
gboolean gm_asset_marks_is_playing (GmAssetMarks *self, const char *asset_id);
void gm_asset_marks_set_owned (GmAssetMarks *self, const char *asset_id);
void gm_asset_marks_set_playing (GmAssetMarks *self, const char *asset_id); /* (nullable) nothing */

G_END_DECLS
