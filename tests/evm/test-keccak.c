/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/keccak.h"

#include "evm-vectors.h"

static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    const char *hash;
  } cases[] = {
    { "", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
    { "abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45" },
    { "transfer(address,uint256)",
      "0xa9059cbb2ab09eb219583f4a59a5d0623ade346d962bcd4e46b11da047c9049b" },
    { "The quick brown fox jumps over the lazy dog",
      "0x4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmHash hash;

      gm_keccak256_text (cases[i].text, &hash);
      evm_vectors_assert_hash (&hash, cases[i].hash);
    }
}

/* A block has 136 bytes; the padding fits into the last one, or takes one more. */
static void
test_block_edges (void)
{
  static const struct
  {
    gsize length;
    const char *hash;
  } cases[] = {
    { 1, "0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a" },
    { 135, "0xcbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62" },
    { 136, "0x7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e" },
    { 137, "0xac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db" },
    { 271, "0x7c974895b2a88303ff2dc6b58f438ceb0b298cac91099ac0539cc0f477506191" },
    { 272, "0xfdf2ec49e749960d3c8521a0219af8d03e30e2b3bf19bd16150ee0eaf133d66e" },
    { 273, "0x4f707289a9c3ccd0c4a51f2f17339f5dd171d371c04ff7783b735b5b22682eaf" },
    { 1000, "0xaca79e4146e30eb1c733f6d6060d72471c36ea4e01ebf45d7f4916249c2bbd82" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *data = g_malloc (cases[i].length);
      GmHash hash;

      for (gsize j = 0; j < cases[i].length; j++)
        data[j] = (guint8) j;
      gm_keccak256 (data, cases[i].length, &hash);
      evm_vectors_assert_hash (&hash, cases[i].hash);
    }
}

static void
test_a_million (void)
{
  g_autofree char *text = g_strnfill (1000000, 'a');
  GmHash hash;

  gm_keccak256_text (text, &hash);
  evm_vectors_assert_hash (&hash,
                           "0xfadae6b49f129bbb812be8407b7b2894f34aecf6dbd1f9b0f0c7e9853098fc96");
}

static void
test_nothing (void)
{
  GmHash hash;

  gm_keccak256 (NULL, 0, &hash);
  evm_vectors_assert_hash (&hash,
                           "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keccak/texts-hash-as-published", test_texts);
  g_test_add_func ("/keccak/holds-at-the-edges-of-blocks", test_block_edges);
  g_test_add_func ("/keccak/a-million-letters", test_a_million);
  g_test_add_func ("/keccak/no-bytes-may-be-no-pointer", test_nothing);
  return g_test_run ();
}
