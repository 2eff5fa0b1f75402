/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/ens.h"

#include "evm-vectors.h"

/* The examples of EIP-137. */
static void
test_examples (void)
{
  static const struct
  {
    const char *name, *hash;
  } cases[] = {
    { "", "0x0000000000000000000000000000000000000000000000000000000000000000" },
    { "eth", "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae" },
    { "foo.eth", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f" },
    { "Foo.ETH", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmHash hash;

      g_assert_true (gm_ens_namehash (cases[i].name, &hash, NULL));
      evm_vectors_assert_hash (&hash, cases[i].hash);
    }
}

static void
test_refused (void)
{
  static const char *const names[] = {
    ".",     ".eth",      "foo.",       "a..eth",    "foo eth",   "foo_bar.eth", "fоо.eth",
    "é.eth", "xn--a.eth", "ab--cd.eth", "foo.eth\n", "f\u200doo", "foo。eth",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      GmHash hash;

      g_assert_false (gm_ens_namehash (names[i], &hash, &error));
      evm_vectors_assert_refused (&error, "only names of letters");
    }
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (GM_ENS_MAX_BYTES, 'a');
  g_autofree char *longer = g_strnfill (GM_ENS_MAX_BYTES + 1, 'a');
  g_autoptr (GError) error = NULL;
  GmHash hash;

  g_assert_true (gm_ens_namehash (longest, &hash, &error));
  g_assert_false (gm_ens_namehash (longer, &hash, &error));
  evm_vectors_assert_refused (&error, "at most");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ens/the-examples-of-eip-137", test_examples);
  g_test_add_func ("/ens/what-could-look-alike-is-refused", test_refused);
  g_test_add_func ("/ens/length-is-limited", test_length);
  return g_test_run ();
}
