/* gateway.h - content by its CID, from whoever has it: the store and its gateways, in turn.
 *
 * Every answer is checked against the CID; one that does not fit counts as no answer.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/manifest.h"
#include "net/http.h"
#include "store/store-client.h"

G_BEGIN_DECLS

/* A small thing of one block: the content whose SHA-256 is @hash. */
GBytes *gm_gateway_fetch (GmStoreClient *store,
                          const GmDescriptor *descriptor,
                          const GmHash *hash,
                          gsize max_bytes,
                          GCancellable *cancellable,
                          GError **error);

/* A file of a manifest to @path, continuing an earlier attempt; nothing to do when it is there.
 * Size, header and CID are checked and it is synced before it gets its name. */
gboolean gm_gateway_download (GmStoreClient *store,
                              const GmDescriptor *descriptor,
                              const GmManifestFile *file,
                              const char *path,
                              GmHttpProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
