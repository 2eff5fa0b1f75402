/* asset-words.h - what a person reads, or hears read, about an asset.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"

G_BEGIN_DECLS

/* A row's name: "Tide by Ann, 120 BPM, A minor, 12.00 USDC" */
char *gm_asset_words_dup_name (GmAssetItem *item);
/* "120 BPM · A minor"; "" when neither is known */
char *gm_asset_words_dup_facts (const GmAsset *asset);
/* "Free", "12.00 USDC", or "Owned" */
char *gm_asset_words_dup_price (GmAssetItem *item);

/* "Beat" of "beat"; what it does not know is as it is */
const char *gm_asset_words_type (const char *type);
char *gm_asset_words_dup_tempo (gint64 bpm);      /* NULL when unknown; so the next */
char *gm_asset_words_dup_loudness (gint64 clufs); /* "−14.2 LUFS" */
char *gm_asset_words_dup_short (const char *hex); /* "0x12ab…34cd" */

G_END_DECLS
