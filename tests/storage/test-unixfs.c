/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/unixfs.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"

#define LARGE (16 * 1024 * 1024) /* above it a file is for the slow suite */

/* The bytes the vectors were made of: SplitMix64 from 0x0123456789abcdef, each word little-endian.
 */
static GBytes *
splitmix (gsize length)
{
  guint8 *data = g_malloc (length + 8);
  guint64 state = G_GUINT64_CONSTANT (0x0123456789abcdef);

  for (gsize i = 0; i < length; i += 8)
    {
      guint64 z = state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

      z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      z = GUINT64_TO_LE (z ^ z >> 31);
      memcpy (data + i, &z, 8);
    }
  return g_bytes_new_take (data, length);
}

typedef struct
{
  GHashTable *blocks; /* CID text → GBytes */
  guint64 bytes;
  GmCid last;
} Blocks;

static gboolean
keep_block (const GmCid *cid, const guint8 *block, gsize length, gpointer data, GError **error)
{
  Blocks *blocks = data;

  g_assert_true (gm_cid_verify (cid, block, length, NULL));
  g_hash_table_replace (blocks->blocks, gm_cid_dup_text (cid), g_bytes_new (block, length));
  blocks->bytes += length;
  blocks->last = *cid;
  return TRUE;
}

static void
walk (Blocks *blocks, const GmCid *cid, guint64 bytes, GByteArray *file)
{
  g_autofree char *text = gm_cid_dup_text (cid);
  GBytes *block = g_hash_table_lookup (blocks->blocks, text);
  g_autoptr (GmUnixfsNode) node = gm_unixfs_parse (cid, block, NULL);
  guint64 start = file->len;

  g_assert_nonnull (node);
  g_assert_cmpuint (node->bytes, ==, bytes);
  if (node->content != NULL)
    g_byte_array_append (file, g_bytes_get_data (node->content, NULL),
                         (guint) g_bytes_get_size (node->content));
  for (guint i = 0; i < node->links->len; i++)
    {
      const GmUnixfsLink *link = &g_array_index (node->links, GmUnixfsLink, i);

      g_assert_cmpuint (start + link->offset, ==, file->len);
      walk (blocks, &link->cid, link->bytes, file);
    }
}

static void
check_vector (gsize length, const char *expected, guint64 dag_size)
{
  g_autoptr (GBytes) content = splitmix (length);
  g_autoptr (GInputStream) from = g_memory_input_stream_new_from_bytes (content);
  g_autoptr (GByteArray) back = g_byte_array_new ();
  Blocks blocks = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_bytes_unref) };
  g_autofree char *text = NULL;
  guint64 bytes;
  GmCid root;

  g_assert_true (gm_unixfs_import (from, keep_block, &blocks, &root, &bytes, NULL, NULL));
  text = gm_cid_dup_text (&root);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (bytes, ==, length);
  g_assert_cmpuint (blocks.bytes, ==, dag_size);
  g_assert_true (gm_cid_equal (&root, &blocks.last));

  walk (&blocks, &root, length, back);
  g_assert_cmpmem (back->data, back->len, g_bytes_get_data (content, NULL), length);
  g_hash_table_unref (blocks.blocks);
}

static void
check_vectors (gboolean large)
{
  g_autofree char *table = g_test_build_filename (G_TEST_DIST, "vectors", "cid-vectors.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1); /* length, profile, CID, DAG size */
      gsize length = (gsize) g_ascii_strtoull (columns[0], NULL, 10);

      if (!g_str_equal (columns[1], "B") || (length > LARGE) != large)
        continue;
      check_vector (length, columns[2], g_ascii_strtoull (columns[3], NULL, 10));
      n++;
    }
  g_assert_cmpuint (n, >=, 3);
}

static void
test_small (void)
{
  check_vectors (FALSE);
}

static void
test_large (void)
{
  check_vectors (TRUE);
}

static void
test_import_stops (void)
{
  g_autoptr (GBytes) content = splitmix (10);
  g_autoptr (GInputStream) from = g_memory_input_stream_new_from_bytes (content);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GmCid root;

  g_cancellable_cancel (cancelled);
  g_assert_false (gm_unixfs_import (from, NULL, NULL, &root, NULL, cancelled, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_clear_error (&error);
  g_assert_false (gm_unixfs_import_file ("/nonexistent", &root, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

#define HASH "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
/* clang-format off */
static const struct
{
  const char *hex;
  const char *wrong; /* NULL: is read */
} nodes[] = {
  { "0a04" "0802" "1800", NULL },                                       /* empty file */
  { "0a07" "0802" "1201aa" "1801", NULL },                              /* one inline byte */
  { "0a05" "0802" "1201aa", NULL },                                     /* without its size */
  { "0a06" "0800" "1200" "1800", NULL },                                /* type raw */
  { "1226" "0a24" "0155" HASH "0a06" "0802" "1805" "2005", NULL },      /* one link */
  { "0a06" "0802" "1805" "2005" "1226" "0a24" "0155" HASH, NULL },      /* data before links */
  { "", "no UnixFS data" },
  { "ff", "not dag-pb" },
  { "0a", "not dag-pb" },
  { "0a7f", "not dag-pb" },
  { "0affffffffffffffffff01", "not dag-pb" },
  { "0affffffffffffffffffff01", "not dag-pb" },
  { "0801", "not dag-pb" },
  { "1a00", "not dag-pb" },
  { "0a04" "0802" "1800" "0a04" "0802" "1800", "not dag-pb" },          /* data twice */
  { "0a04" "0801" "1800", "not a file" },                               /* directory */
  { "0a04" "0804" "1800", "not a file" },                               /* symlink */
  { "0a02" "1800", "not a file" },                                      /* no type */
  { "0a04" "0802" "1801", "not the sum" },
  { "0a07" "0802" "1201aa" "1802", "not the sum" },
  { "0a03" "0802" "ff", "not protobuf" },
  { "1200" "0a04" "0802" "1800", "no hash" },
  { "1203" "0a01aa" "0a04" "0802" "1800", "a CID of 1 bytes" },
  { "1226" "0a24" "0155" HASH "0a04" "0802" "1805", "1 links and 0 block sizes" },
  { "1226" "0a24" "0155" HASH "0a08" "0802" "1805" "2005" "2005", "more block sizes" },
  { "1226" "0a24" "0155" HASH "0a06" "0802" "1800" "2000", "impossible" },
  { "1226" "0a24" "0155" HASH "0a0f" "0802" "1805" "20ffffffffffffffffff01", "impossible" },
  { "1226" "0a24" "0155" HASH "0a04" "0802" "2005", "not the sum" },
  { "1226" "0a24" "0155" HASH "0a09" "0802" "1201aa" "1806" "2005", "both links and content" },
  { "1226" "0a24" "0171" HASH "0a06" "0802" "1805" "2005", "codec 0x71" },
  { "124c" "0a24" "0155" HASH "0a24" "0155" HASH "0a06" "0802" "1805" "2005", "two hashes" },
};
/* clang-format on */

static void
test_nodes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_autoptr (GBytes) block = gm_hex_decode_bytes (nodes[i].hex, 1000, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmUnixfsNode) node = NULL;
      GmCid cid = { .version = 1, .codec = GM_CID_DAG_PB };

      gm_hash_sha256 (g_bytes_get_data (block, NULL), g_bytes_get_size (block), &cid.digest);
      node = gm_unixfs_parse (&cid, block, &error);
      g_test_message ("%s: %s", nodes[i].hex, error != NULL ? error->message : "good");
      g_assert_true ((node != NULL) == (nodes[i].wrong == NULL));
      if (nodes[i].wrong == NULL)
        continue;
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, nodes[i].wrong));
    }
}

static void
test_block_checked_first (void)
{
  g_autoptr (GBytes) block = g_bytes_new_static ("x", 1);
  g_autofree guint8 *big = g_malloc0 (GM_UNIXFS_MAX_BLOCK_BYTES + 1);
  g_autoptr (GBytes) too_big = g_bytes_new_static (big, GM_UNIXFS_MAX_BLOCK_BYTES + 1);
  g_autoptr (GError) error = NULL;
  GmCid cid = { .version = 1, .codec = GM_CID_RAW };

  g_assert_null (gm_unixfs_parse (&cid, block, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "names"));
  g_clear_error (&error);
  gm_hash_sha256 (big, GM_UNIXFS_MAX_BLOCK_BYTES + 1, &cid.digest);
  g_assert_null (gm_unixfs_parse (&cid, too_big, &error));
  g_assert_nonnull (strstr (error->message, "2 MiB"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_test_slow ())
    g_test_add_func ("/unixfs/large-vectors", test_large);
  g_test_add_func ("/unixfs/vectors", test_small);
  g_test_add_func ("/unixfs/import-stops", test_import_stops);
  g_test_add_func ("/unixfs/nodes-name-what-is-wrong", test_nodes);
  g_test_add_func ("/unixfs/block-is-checked-first", test_block_checked_first);
  return g_test_run ();
}
