/* discover-parts.h - what a tile and a row have in common: an asset, its cover, and a play button
 * on it while somebody may want one.
 *
 * The button is made for the few that are under the pointer, selected or playing: of two hundred
 * rows that a list keeps, nobody sees more than two. Redraws its widget when the asset is owned or
 * plays.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"
#include "ui/common/cover.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *widget; /* whose parts they are */
  GmCover *cover;
  GtkWidget *play;   /* (nullable) */
  GmAssetItem *item; /* (nullable) */
  gulong handler;
  guint tick;
  gboolean small;
  gboolean hot; /* under the pointer, or selected */
} GmDiscoverParts;

void
gm_discover_parts_init (GmDiscoverParts *self, GtkWidget *widget, int cover_px, gboolean small);
void gm_discover_parts_clear (GmDiscoverParts *self);

void gm_discover_parts_set_item (GmDiscoverParts *self, GmAssetItem *item); /* (nullable) */
void gm_discover_parts_set_hot (GmDiscoverParts *self, gboolean hot);

/* Both, where the cover is. */
void gm_discover_parts_allocate (GmDiscoverParts *self, const GtkAllocation *cover);

/* (nullable) An asset that is there. */
const GmAsset *gm_discover_parts_asset (GmDiscoverParts *self);

G_END_DECLS
