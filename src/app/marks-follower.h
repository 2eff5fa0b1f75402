/* marks-follower.h - tells lists which asset is heard right now.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-marks.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

/* For as long as both live. */
void gm_marks_follower_start (GmPlayerState *state, GmAssetMarks *marks);

G_END_DECLS
