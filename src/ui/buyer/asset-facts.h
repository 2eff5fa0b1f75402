/* asset-facts.h - what a producer asks first: tempo, key, length, loudness, format.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/asset-item.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSET_FACTS (gm_asset_facts_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetFacts, gm_asset_facts, GM, ASSET_FACTS, GtkWidget)

void gm_asset_facts_set_item (GmAssetFacts *self, GmAssetItem *item);

G_END_DECLS
