/* window-header.h - above the page: way back, title, how the store is, menu; below it the banner.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/common/page-pile.h"
#include "ui/window.h"

G_BEGIN_DECLS

GtkWidget *gm_window_header_new (GmWindow *window, GmSession *session, GmPagePile *pile);

G_END_DECLS
