/* sidebar.h - the places of the window beside its content, and how the store is.
 *
 * Properties: "place" (s: the current one), "lone" (b: it stands over the content and shows no
 * window buttons). Rows are the action app.show.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_SIDEBAR (gm_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (GmSidebar, gm_sidebar, GM, SIDEBAR, GtkWidget)

GtkWidget *gm_sidebar_new (GmSession *session);

G_END_DECLS
