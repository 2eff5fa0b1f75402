/* discover-play.h - the round button on a cover that plays and stops a preview.
 *
 * Not a stop of the Tab key: in a list the row's own Space does the same.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/asset-item.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_PLAY (gm_discover_play_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverPlay, gm_discover_play, GM, DISCOVER_PLAY, GtkWidget)

GtkWidget *gm_discover_play_new (void);

/* For rows: follows "playing" of the item until the next one. */
void gm_discover_play_set_item (GmDiscoverPlay *self, GmAssetItem *item); /* (nullable) */

G_END_DECLS
