/* library-page.h - everything that is owned, newest first: also offline, also when delisted.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

#define GM_TYPE_LIBRARY_PAGE (gm_library_page_get_type ())
G_DECLARE_FINAL_TYPE (GmLibraryPage, gm_library_page, GM, LIBRARY_PAGE, GtkWidget)

GtkWidget *gm_library_page_new (GmSession *session, GmPlayerState *player);
void gm_library_page_search (GtkWidget *page, const char *text); /* shows what has it */

G_END_DECLS
