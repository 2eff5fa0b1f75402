/* unixfs.h - files as UnixFS trees: streaming import to blocks, CIDv1 raw leaves of 256 KiB,
 * balanced, 174 links; and the walk back. Sources: github.com/ipfs/specs UNIXFS.md, dag-pb.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/cid.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_UNIXFS_CHUNK_BYTES     (256 * 1024)
#define GM_UNIXFS_LINKS           174
#define GM_UNIXFS_MAX_BLOCK_BYTES (2 * 1024 * 1024)

/* Called once per block, leaves first, root last; may be NULL to compute the CID only. */
typedef gboolean (*GmUnixfsSink) (const GmCid *cid,
                                  const guint8 *block,
                                  gsize length,
                                  gpointer user_data,
                                  GError **error);

gboolean gm_unixfs_import (GInputStream *from,
                           GmUnixfsSink sink,
                           gpointer user_data,
                           GmCid *root,
                           guint64 *bytes,
                           GCancellable *cancellable,
                           GError **error);
gboolean
gm_unixfs_import_file (const char *path, GmCid *root, GCancellable *cancellable, GError **error);

typedef struct
{
  GmCid cid;
  guint64 offset; /* of the child's first byte in the file */
  guint64 bytes;  /* of file content under it */
} GmUnixfsLink;

typedef struct
{
  guint64 bytes;   /* of file content */
  GArray *links;   /* of GmUnixfsLink; empty for a leaf */
  GBytes *content; /* (nullable) inline data of a leaf */
} GmUnixfsNode;

/* Verifies @block against @cid first. */
GmUnixfsNode *gm_unixfs_parse (const GmCid *cid, GBytes *block, GError **error);
void gm_unixfs_node_free (GmUnixfsNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmUnixfsNode, gm_unixfs_node_free)

G_END_DECLS
