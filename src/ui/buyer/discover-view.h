/* discover-view.h - the catalog as a grid of covers or as a dense list.
 *
 * Keys, where the focus is in it: Enter opens, Space plays and pauses the preview, B buys. In the
 * list ↑/↓ let hear what they come to when auditioning is on, ←/→ seek. Intents are app.open-asset,
 * app.preview, app.buy, app.play and app.seek-by.
 *
 * Properties: "list-mode" (b), "audition" (b).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_DISCOVER_VIEW_SEEK_MS 5000

#define GM_TYPE_DISCOVER_VIEW (gm_discover_view_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverView, gm_discover_view, GM, DISCOVER_VIEW, GtkWidget)

void gm_discover_view_set_session (GmDiscoverView *self, GmSession *session); /* once */

GmAssetItem *gm_discover_view_get_selected (GmDiscoverView *self); /* (nullable) borrowed */
void gm_discover_view_enter (GmDiscoverView *self); /* from the search field: to the first row */
void gm_discover_view_scroll_to_start (GmDiscoverView *self);

G_END_DECLS
