/* publication-row.h - what the pipeline made of a master, written into the rows of its asset.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "publish/import.h"
#include "server/asset-row.h"
#include "server/service.h"

G_BEGIN_DECLS

/* Terms of every sale of this store: SHA-256 of GET /api/terms. */
GBytes *gm_publication_row_terms (GmHash *hash);

/* Everything of a job but path, directory, seller and progress. The salt follows from the store and
 * @seed (the master's hash, or the asset's row id), so the same again makes the same asset id. */
gboolean gm_publication_row_begin (GmService *service,
                                   const char *seed,
                                   const GmSealer *sealer,
                                   GmPipelineJob *job,
                                   GError **error);
/* CONFLICT when no holders are set up: nobody could open what is sealed. */
GmSealer *gm_publication_row_sealer (GmService *service, GError **error);

/* Names, hashes and measures; bpm and key only where the asset has none. */
void gm_publication_row_fill (GmAsset *asset, const GmPublication *publication);
/* asset_files, and the hash of the master (duplicates), after the asset's row is there. */
gboolean gm_publication_row_put_files (GmWriter *writer,
                                       const GmAsset *asset,
                                       const GmPublication *publication,
                                       GError **error);

G_END_DECLS
