/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/unixfs.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The parts of a node lie one after the other and add up to it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) block = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmUnixfsNode) node = NULL;
  GmCid cid = { .version = 1, .codec = GM_CID_DAG_PB };
  guint64 end = 0;

  gm_hash_sha256 (data, size, &cid.digest);
  node = gm_unixfs_parse (&cid, block, &error);
  g_assert_true ((node == NULL) == (error != NULL));
  for (guint i = 0; node != NULL && i < node->links->len; i++)
    {
      const GmUnixfsLink *link = &g_array_index (node->links, GmUnixfsLink, i);

      g_assert_cmpuint (link->offset, ==, end);
      g_assert_cmpuint (link->bytes, >, 0);
      end += link->bytes;
    }
  if (node != NULL && node->content != NULL)
    end += g_bytes_get_size (node->content);
  g_assert_true (node == NULL || node->bytes == end);

  return 0;
}
