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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keccak/texts-hash-as-published", test_texts);
  return g_test_run ();
}
