/* discover-skeleton.h - what the grid will look like, while there is nothing to show yet.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_SKELETON (gm_discover_skeleton_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverSkeleton, gm_discover_skeleton, GM, DISCOVER_SKELETON, GtkWidget)

G_END_DECLS
