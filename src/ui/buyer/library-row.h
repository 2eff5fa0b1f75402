/* library-row.h - something owned in a list: cover, words, and the one button that fits its state.
 *
 *   ready: play or pause · fetching: a progress bar · stopped: Resume
 *
 * Properties: "item" (GmLibraryItem, nullable: rows are used again), "session", "player"
 * (GmPlayerState). Right click, Menu and Shift+F10 open the menu of the ⋮ button.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_LIBRARY_ROW (gm_library_row_get_type ())
G_DECLARE_FINAL_TYPE (GmLibraryRow, gm_library_row, GM, LIBRARY_ROW, GtkWidget)

GtkWidget *gm_library_row_new (GmSession *session, GmPlayerState *player);

void gm_library_row_show (GmLibraryRow *self, GmLibraryItem *item); /* (nullable) */
char *gm_library_row_dup_name (GmLibraryItem *item); /* what a screen reader says of it */

G_END_DECLS
