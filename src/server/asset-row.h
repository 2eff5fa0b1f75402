/* asset-row.h - assets in the store's database: every write is audited and moves the feed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "server/database.h"

G_BEGIN_DECLS

GmAsset *gm_asset_row_find (GmSql *sql, const char *id, GError **error); /* NOT_FOUND */

/* Sets revision, version 1 and times; the id too when it has none. */
gboolean gm_asset_row_create (GmWriter *writer, GmAsset *asset, const char *actor, GError **error);

/* Sets revision, version + 1 and the time. */
gboolean gm_asset_row_update (GmWriter *writer,
                              const GmAsset *before,
                              GmAsset *after,
                              const char *actor,
                              GError **error);

/* CONFLICT when the lifecycle has no such step; sets the status. */
gboolean gm_asset_row_step (GmAsset *asset, const char *status, GError **error);

/* As the world sees it: with the seed's priceAmount. @inside adds why processing failed. */
JsonObject *gm_asset_row_to_json (const GmAsset *asset, gboolean inside);

/* Text as it is compared in searches and sorts: case folded, compatibility forms gone. */
char *gm_asset_row_fold (const char *text);

G_END_DECLS
