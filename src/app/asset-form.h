/* asset-form.h - what an admin typed about an asset, checked before it is sent.
 *
 * Texts as typed, one per field; only what differs from the row becomes an edit. The rules are the
 * store's own (PATCH /api/assets/:id), which checks again.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"

G_BEGIN_DECLS

typedef enum
{
  GM_ASSET_FIELD_TITLE,
  GM_ASSET_FIELD_ARTIST,
  GM_ASSET_FIELD_TYPE, /* sample, loop, beat, stems, preset, track */
  GM_ASSET_FIELD_GENRE,
  GM_ASSET_FIELD_MOOD,
  GM_ASSET_FIELD_BPM, /* "" is unknown; so is the key */
  GM_ASSET_FIELD_KEY,
  GM_ASSET_FIELD_PRICE, /* by locale, in the row's currency; "" is free */
  GM_ASSET_FIELD_DESCRIPTION,
  GM_ASSET_FIELD_TAGS,      /* "warm, tape" */
  GM_ASSET_FIELD_EXCLUSIVE, /* "yes" or "" */
  GM_ASSET_N_FIELDS,
} GmAssetField;

typedef struct _GmAssetForm GmAssetForm;

GmAssetForm *gm_asset_form_new (const GmAsset *asset);
void gm_asset_form_free (GmAssetForm *self);

const char *gm_asset_form_get (const GmAssetForm *self, GmAssetField field);
void gm_asset_form_set (GmAssetForm *self, GmAssetField field, const char *text);

/* What is wrong with a field, as a sentence; NULL when nothing is. */
char *gm_asset_form_dup_problem (const GmAssetForm *self, GmAssetField field);
gboolean gm_asset_form_is_valid (const GmAssetForm *self);
gboolean gm_asset_form_is_changed (const GmAssetForm *self);

/* As PATCH takes it; empty when nothing changed. Only of a valid form. */
JsonObject *gm_asset_form_dup_edits (const GmAssetForm *self);

/* Somebody else changed the row to @asset. What was typed here stays, the rest follows. The fields
 * where both differ, with what is in the store now: "Title: Tide"; NULL when there are none. */
char *gm_asset_form_rebase (GmAssetForm *self, const GmAsset *asset);

const char *gm_asset_field_title (GmAssetField field); /* translated */
const char *const *gm_asset_form_types (void);         /* what TYPE may be, ends with NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAssetForm, gm_asset_form_free)

G_END_DECLS
