/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/rlp.h"

#include <string.h>

#include "evm-vectors.h"

/* The examples of the Ethereum documentation of RLP. */
static void
test_examples (void)
{
  static const struct
  {
    const char *text, *hex;
  } cases[] = {
    { "dog", "0x83646f67" },
    { "", "0x80" },
    { "a", "0x61" },
    { "\x7f", "0x7f" },
    { "\x80", "0x8180" },
    { "Lorem ipsum dolor sit amet, consectetur adipisicing elit",
      "0xb8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164"
      "6970697369636"
      "96e6720656c6974" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmRlp) rlp = gm_rlp_new ();
      g_autoptr (GBytes) bytes = NULL;

      gm_rlp_add_bytes (rlp, (const guint8 *) cases[i].text, strlen (cases[i].text));
      bytes = gm_rlp_encode (rlp);
      evm_vectors_assert_bytes (bytes, cases[i].hex);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    guint64 number;
    const char *hex;
  } cases[] = {
    { 0, "0x80" },
    { 1, "0x01" },
    { 127, "0x7f" },
    { 128, "0x8180" },
    { 256, "0x820100" },
    { 1024, "0x820400" },
    { 0xffffff, "0x83ffffff" },
    { G_MAXUINT64, "0x88ffffffffffffffff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmU256 wide = gm_u256_from_u64 (cases[i].number);

      for (guint j = 0; j < 2; j++)
        {
          g_autoptr (GmRlp) rlp = gm_rlp_new ();
          g_autoptr (GBytes) bytes = NULL;

          if (j == 0)
            gm_rlp_add_u64 (rlp, cases[i].number);
          else
            gm_rlp_add_u256 (rlp, &wide);
          bytes = gm_rlp_encode (rlp);
          evm_vectors_assert_bytes (bytes, cases[i].hex);
        }
    }
}

/* [ [], [[]], [ [], [[]] ] ], the set-theoretical three */
static void
test_lists (void)
{
  g_autoptr (GmRlp) rlp = gm_rlp_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (const char *p = "(()(())(()(())))"; *p != '\0'; p++)
    if (*p == '(')
      gm_rlp_open (rlp);
    else
      gm_rlp_close (rlp);
  bytes = gm_rlp_encode (rlp);
  evm_vectors_assert_bytes (bytes, "0xc7c0c1c0c3c0c1c0");
}

static void
test_long_lists (void)
{
  static const struct
  {
    guint items;
    const char *prefix;
  } cases[] = { { 55, "0xf7" },
                { 56, "0xf838" },
                { 255, "0xf8ff" },
                { 256, "0xf90100" },
                { 70000, "0xfa011170" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmRlp) rlp = gm_rlp_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) start = NULL;
      gsize prefix = strlen (cases[i].prefix) / 2 - 1;

      gm_rlp_open (rlp);
      for (guint n = 0; n < cases[i].items; n++)
        gm_rlp_add_u64 (rlp, 1);
      gm_rlp_close (rlp);
      bytes = gm_rlp_encode (rlp);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, prefix + cases[i].items);
      start = g_bytes_new_from_bytes (bytes, 0, prefix);
      evm_vectors_assert_bytes (start, cases[i].prefix);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rlp/the-published-examples", test_examples);
  g_test_add_func ("/rlp/numbers-have-no-leading-zeros", test_numbers);
  g_test_add_func ("/rlp/lists-nest", test_lists);
  g_test_add_func ("/rlp/long-lists-say-their-length", test_long_lists);
  return g_test_run ();
}
