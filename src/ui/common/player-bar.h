/* player-bar.h - what is heard, always at the bottom of the window.
 *
 * Properties: "state" (GmPlayerState), "narrow" (b). All
 * buttons are actions of the application, see application.h.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_PLAYER_BAR (gm_player_bar_get_type ())
G_DECLARE_FINAL_TYPE (GmPlayerBar, gm_player_bar, GM, PLAYER_BAR, GtkWidget)

GtkWidget *gm_player_bar_new (GmSession *session, GmPlayerState *state);

G_END_DECLS
