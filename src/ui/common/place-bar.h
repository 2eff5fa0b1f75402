/* place-bar.h - the places of the window at its bottom, where there is no room for a sidebar.
 *
 * Buttons are the action app.show, whose state says which one is current. A handful fits: the
 * places of an admin are one button that opens the sidebar.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

GtkWidget *gm_place_bar_new (GmSession *session);

G_END_DECLS
