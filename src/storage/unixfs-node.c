/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "storage/unixfs-format.h"
#include "storage/unixfs.h"

/* What is left of a protobuf message. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Reader;

typedef struct
{
  guint number;
  guint wire;
  guint64 value; /* of a varint */
  Reader bytes;  /* of a length-delimited field */
} Field;

static gboolean
read_varint (Reader *reader, guint64 *out)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && reader->at < reader->end; shift += 7)
    {
      guint8 byte = *reader->at++;

      if (shift == 63 && byte > 1)
        return FALSE;
      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *out = value;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
skip (Reader *reader, guint64 length)
{
  if (length > (guint64) (reader->end - reader->at))
    return FALSE;

  reader->at += length;
  return TRUE;
}

static gboolean
read_field (Reader *reader, Field *field)
{
  guint64 key, length;

  if (!read_varint (reader, &key) || key >> 3 == 0 || key >> 3 > G_MAXINT32)
    return FALSE;

  field->number = (guint) (key >> 3);
  field->wire = (guint) (key & 7);
  switch (field->wire)
    {
    case GM_UNIXFS_WIRE_VARINT: return read_varint (reader, &field->value);
    case GM_UNIXFS_WIRE_FIXED64: return skip (reader, 8);
    case GM_UNIXFS_WIRE_FIXED32: return skip (reader, 4);
    case GM_UNIXFS_WIRE_BYTES:
      if (!read_varint (reader, &length))
        return FALSE;
      field->bytes.at = reader->at;
      if (!skip (reader, length))
        return FALSE;
      field->bytes.end = reader->at;
      return TRUE;
    default: return FALSE;
    }
}

static gboolean
is_field (const Field *field, guint number, guint wire)
{
  return field->number == number && field->wire == wire;
}

static gboolean
parse_link (Reader reader, GmUnixfsLink *link, GError **error)
{
  gboolean has_hash = FALSE;
  Field field;

  while (reader.at < reader.end)
    {
      if (!read_field (&reader, &field))
        return gm_fail (error, GM_ERROR_BAD_DATA, "a link is not protobuf");
      if (!is_field (&field, GM_UNIXFS_LINK_HASH, GM_UNIXFS_WIRE_BYTES))
        continue;
      if (has_hash)
        return gm_fail (error, GM_ERROR_BAD_DATA, "a link has two hashes");
      if (!gm_cid_decode (field.bytes.at, (gsize) (field.bytes.end - field.bytes.at), &link->cid,
                          error))
        return FALSE;
      has_hash = TRUE;
    }

  return has_hash || gm_fail (error, GM_ERROR_BAD_DATA, "a link has no hash");
}

typedef struct
{
  guint64 type;
  gboolean has_type;
  gboolean has_size;
  guint64 size;
  guint n_sizes;
} Data;

static gboolean
take_block_size (GmUnixfsNode *node, Data *data, guint64 bytes, GError **error)
{
  GmUnixfsLink *link;

  if (data->n_sizes >= node->links->len)
    return gm_fail (error, GM_ERROR_BAD_DATA, "more block sizes than links");
  /* Empty children would let a small node stand for endless work. */
  if (bytes == 0 || bytes > G_MAXINT64 - node->bytes)
    return gm_fail (error, GM_ERROR_BAD_DATA, "block size %u is impossible", data->n_sizes);

  link = &g_array_index (node->links, GmUnixfsLink, data->n_sizes++);
  link->offset = node->bytes;
  link->bytes = bytes;
  node->bytes += bytes;
  return TRUE;
}

static gboolean
parse_data (Reader reader, GmUnixfsNode *node, Data *data, GError **error)
{
  Field field;

  while (reader.at < reader.end)
    {
      if (!read_field (&reader, &field))
        return gm_fail (error, GM_ERROR_BAD_DATA, "the UnixFS data is not protobuf");
      if (is_field (&field, GM_UNIXFS_DATA_TYPE, GM_UNIXFS_WIRE_VARINT))
        {
          data->type = field.value;
          data->has_type = TRUE;
        }
      else if (is_field (&field, GM_UNIXFS_DATA_CONTENT, GM_UNIXFS_WIRE_BYTES))
        {
          g_clear_pointer (&node->content, g_bytes_unref);
          node->content = g_bytes_new (field.bytes.at, (gsize) (field.bytes.end - field.bytes.at));
        }
      else if (is_field (&field, GM_UNIXFS_DATA_FILESIZE, GM_UNIXFS_WIRE_VARINT))
        {
          data->size = field.value;
          data->has_size = TRUE;
        }
      else if (is_field (&field, GM_UNIXFS_DATA_BLOCKSIZES, GM_UNIXFS_WIRE_VARINT) &&
               !take_block_size (node, data, field.value, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_data (GmUnixfsNode *node, const Data *data, GError **error)
{
  gsize inline_bytes = node->content != NULL ? g_bytes_get_size (node->content) : 0;

  if (!data->has_type || (data->type != GM_UNIXFS_TYPE_FILE && data->type != GM_UNIXFS_TYPE_RAW))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the node is not a file");
  if (data->n_sizes != node->links->len)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%u links and %u block sizes", node->links->len,
                    data->n_sizes);
  if (inline_bytes > 0 && node->links->len > 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a node with both links and content");

  node->bytes += inline_bytes;
  if (data->has_size ? data->size != node->bytes : node->links->len > 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file size is not the sum of its parts");
  return TRUE;
}

static gboolean
parse_node (Reader reader, GmUnixfsNode *node, GError **error)
{
  Reader data_bytes = { NULL, NULL };
  Data data = { 0 };
  Field field;

  while (reader.at < reader.end)
    {
      if (!read_field (&reader, &field) || field.wire != GM_UNIXFS_WIRE_BYTES)
        return gm_fail (error, GM_ERROR_BAD_DATA, "the block is not dag-pb");
      if (field.number == GM_UNIXFS_NODE_LINKS)
        {
          GmUnixfsLink link = { 0 };

          if (!parse_link (field.bytes, &link, error))
            return FALSE;
          g_array_append_val (node->links, link);
        }
      else if (field.number == GM_UNIXFS_NODE_DATA && data_bytes.at == NULL)
        data_bytes = field.bytes;
      else
        return gm_fail (error, GM_ERROR_BAD_DATA, "the block is not dag-pb");
    }

  if (data_bytes.at == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the node has no UnixFS data");
  return parse_data (data_bytes, node, &data, error) && check_data (node, &data, error);
}

GmUnixfsNode *
gm_unixfs_parse (const GmCid *cid, GBytes *block, GError **error)
{
  g_autoptr (GmUnixfsNode) node = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (block, &length);

  if (length > GM_UNIXFS_MAX_BLOCK_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a block of more than 2 MiB");
  if (!gm_cid_verify (cid, bytes, length, error))
    return NULL;

  node = g_new0 (GmUnixfsNode, 1);
  node->links = g_array_new (FALSE, FALSE, sizeof (GmUnixfsLink));
  if (cid->codec == GM_CID_DAG_PB)
    return parse_node ((Reader){ bytes, bytes + length }, node, error) ? g_steal_pointer (&node)
                                                                       : NULL;

  node->bytes = length;
  node->content = g_bytes_ref (block);
  return g_steal_pointer (&node);
}

void
gm_unixfs_node_free (GmUnixfsNode *node)
{
  if (node == NULL)
    return;

  g_array_unref (node->links);
  g_clear_pointer (&node->content, g_bytes_unref);
  g_free (node);
}
