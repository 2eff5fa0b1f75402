/* documents.h - the two documents a buyer must hold before signing: manifest and key envelope.
 *
 * Fetched by hash, checked against the asset, the pinned store and each other, and kept in the
 * ledger (PROTOCOLS A5): who paid can always open what was paid for.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "licenses/key-envelope.h"
#include "licenses/manifest.h"
#include "storage/sql.h"
#include "store/store-client.h"

G_BEGIN_DECLS

typedef struct
{
  GmManifest *manifest;
  GmKeyEnvelope *envelope;
} GmDocuments;

/* From the store or its gateways into the ledger. */
gboolean gm_documents_fetch (GmSql *ledger,
                             GmStoreClient *store,
                             const GmDescriptor *descriptor,
                             const GmAsset *asset,
                             GCancellable *cancellable,
                             GError **error);

/* From the ledger alone. */
GmDocuments *gm_documents_load (GmSql *ledger,
                                const char *manifest_hash,
                                const char *envelope_hash,
                                GError **error);

/* That they are about this asset of this store, and that enough of its holders hold the key. */
gboolean gm_documents_check (const GmDocuments *self,
                             const GmDescriptor *descriptor,
                             const GmAsset *asset,
                             GError **error);
void gm_documents_free (GmDocuments *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDocuments, gm_documents_free)

G_END_DECLS
