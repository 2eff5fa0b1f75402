/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/unixfs.h"

#include "base/error.h"
#include "storage/unixfs-format.h"

/* 174^8 leaves are more bytes than 2^64. */
#define MAX_LEVELS 9

typedef struct
{
  GmCid cid;
  guint64 bytes;    /* of file content under it */
  guint64 dag_size; /* of all blocks under it and its own: Tsize */
} Child;

/* One open node per level, filled from the left: memory does not grow with the file. */
typedef struct
{
  GmUnixfsSink sink; /* NULL: only the CID is wanted */
  gpointer user_data;
  GArray *levels[MAX_LEVELS]; /* of Child; NULL from the first unused one on */
} Import;

static gboolean
emit (Import *import,
      GmCidCodec codec,
      const guint8 *block,
      gsize length,
      GmCid *cid,
      GError **error)
{
  *cid = (GmCid){ .version = 1, .codec = codec };
  gm_hash_sha256 (block, length, &cid->digest);
  return import->sink == NULL || import->sink (cid, block, length, import->user_data, error);
}

/* Seven bits a byte, least significant first: protobuf.dev/programming-guides/encoding */
static void
put_varint (GByteArray *out, guint64 value)
{
  guint8 byte;

  for (; value >= 0x80; value >>= 7)
    {
      byte = (guint8) (value | 0x80);
      g_byte_array_append (out, &byte, 1);
    }
  byte = (guint8) value;
  g_byte_array_append (out, &byte, 1);
}

static void
put_bytes (GByteArray *out, guint field, const guint8 *data, gsize length)
{
  put_varint (out, field << 3 | GM_UNIXFS_WIRE_BYTES);
  put_varint (out, length);
  g_byte_array_append (out, data, (guint) length);
}

static void
put_number (GByteArray *out, guint field, guint64 value)
{
  put_varint (out, field << 3 | GM_UNIXFS_WIRE_VARINT);
  put_varint (out, value);
}

static void
put_link (GByteArray *node, const Child *child)
{
  g_autoptr (GByteArray) link = g_byte_array_new ();
  guint8 cid[GM_CID_MAX_BYTES];

  put_bytes (link, GM_UNIXFS_LINK_HASH, cid, gm_cid_encode (&child->cid, cid));
  put_bytes (link, GM_UNIXFS_LINK_NAME, cid, 0); /* present and empty */
  put_number (link, GM_UNIXFS_LINK_TSIZE, child->dag_size);
  put_bytes (node, GM_UNIXFS_NODE_LINKS, link->data, link->len);
}

/* A node over @children; dag-pb wants the links before the data. */
static gboolean
close_node (Import *import, GArray *children, Child *out, GError **error)
{
  g_autoptr (GByteArray) node = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  *out = (Child){ 0 };
  for (guint i = 0; i < children->len; i++)
    {
      const Child *child = &g_array_index (children, Child, i);

      put_link (node, child);
      out->bytes += child->bytes;
      out->dag_size += child->dag_size;
    }

  put_number (data, GM_UNIXFS_DATA_TYPE, GM_UNIXFS_TYPE_FILE);
  put_number (data, GM_UNIXFS_DATA_FILESIZE, out->bytes);
  for (guint i = 0; i < children->len; i++)
    put_number (data, GM_UNIXFS_DATA_BLOCKSIZES, g_array_index (children, Child, i).bytes);
  put_bytes (node, GM_UNIXFS_NODE_DATA, data->data, data->len);

  g_array_set_size (children, 0);
  out->dag_size += node->len;
  return emit (import, GM_CID_DAG_PB, node->data, node->len, &out->cid, error);
}

static gboolean
add_child (Import *import, guint level, const Child *child, GError **error)
{
  Child node;

  g_assert (level < MAX_LEVELS);
  if (import->levels[level] == NULL)
    import->levels[level] = g_array_sized_new (FALSE, FALSE, sizeof (Child), GM_UNIXFS_LINKS);

  if (import->levels[level]->len == GM_UNIXFS_LINKS &&
      (!close_node (import, import->levels[level], &node, error) ||
       !add_child (import, level + 1, &node, error)))
    return FALSE;

  g_array_append_val (import->levels[level], *child);
  return TRUE;
}

static gboolean
close_tree (Import *import, Child *root, GError **error)
{
  for (guint level = 0;; level++)
    {
      GArray *children = import->levels[level];
      gboolean top = level + 1 == MAX_LEVELS || import->levels[level + 1] == NULL;

      if (top && children->len == 1)
        {
          *root = g_array_index (children, Child, 0);
          return TRUE;
        }
      if (!close_node (import, children, root, error))
        return FALSE;
      if (top)
        return TRUE;
      if (!add_child (import, level + 1, root, error))
        return FALSE;
    }
}

static gboolean
add_leaves (Import *import, GInputStream *from, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *block = g_malloc (GM_UNIXFS_CHUNK_BYTES);
  gboolean first = TRUE;
  gsize n;

  do
    {
      Child leaf;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !g_input_stream_read_all (from, block, GM_UNIXFS_CHUNK_BYTES, &n, cancellable, error))
        {
          gm_error_adopt (error);
          return FALSE;
        }
      if (n == 0 && !first)
        break;
      leaf.bytes = leaf.dag_size = n;
      if (!emit (import, GM_CID_RAW, block, n, &leaf.cid, error) ||
          !add_child (import, 0, &leaf, error))
        return FALSE;
      first = FALSE;
    }
  while (n == GM_UNIXFS_CHUNK_BYTES);

  return TRUE;
}

gboolean
gm_unixfs_import (GInputStream *from,
                  GmUnixfsSink sink,
                  gpointer user_data,
                  GmCid *root,
                  guint64 *bytes,
                  GCancellable *cancellable,
                  GError **error)
{
  Import import = { .sink = sink, .user_data = user_data };
  Child top;
  gboolean good = add_leaves (&import, from, cancellable, error) &&
                  close_tree (&import, &top, error);

  for (guint i = 0; i < MAX_LEVELS; i++)
    g_clear_pointer (&import.levels[i], g_array_unref);
  if (!good)
    return FALSE;

  *root = top.cid;
  if (bytes != NULL)
    *bytes = top.bytes;
  return TRUE;
}

gboolean
gm_unixfs_import_file (const char *path, GmCid *root, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) from = g_file_read (file, cancellable, error);

  if (from == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  return gm_unixfs_import (G_INPUT_STREAM (from), NULL, NULL, root, NULL, cancellable, error);
}
