/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/rlp-reader.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/rlp.h"

static void
test_refused (void)
{
  static const struct
  {
    const char *hex, *says;
  } cases[] = {
    { "0x", "missing" },
    { "0x8100", "below 0x80 must stand alone" },
    { "0x817f", "below 0x80 must stand alone" },
    { "0x81", "there are 0" },
    { "0x83646f", "there are 2" },
    { "0xb8", "ends in a length" },
    { "0xb801", "needs fewer" },
    { "0xb837", "needs fewer" },
    { "0xb90001", "starts with zero" },
    { "0xb90038", "starts with zero" },
    { "0xb838", "there are 0" },
    { "0xbfffffffffffffffff", "at most" },
    { "0xbf7fffffffffffffff", "at most" },
    { "0xba100001", "at most" },
    { "0xc0", "a list where bytes" },
    { "0xf838", "there are 0" },
    { "0xffffffffffffffffff", "at most" },
    { "0xc161", "a list where bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = evm_vectors_bytes (cases[i].hex);
      GmRlpReader reader = gm_rlp_reader (data), before = reader;
      g_autoptr (GError) error = NULL;
      const guint8 *bytes = NULL;
      gsize length = 77;
      guint64 number = 77;

      g_assert_false (gm_rlp_read_bytes (&reader, &bytes, &length, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_false (gm_rlp_read_u64 (&reader, &number, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_null (bytes);
      g_assert_cmpuint (length, ==, 77);
      g_assert_cmpuint (number, ==, 77);
      g_assert_cmpmem (&reader, sizeof reader, &before, sizeof before);
    }
}

static void
test_numbers_refused (void)
{
  static const struct
  {
    const char *hex;
    gboolean u256; /* that one takes it */
    const char *says;
  } cases[] = {
    { "0x00", FALSE, "starts with zero" },
    { "0x820001", FALSE, "starts with zero" },
    { "0x89010000000000000000", TRUE, "64 bits" },
    { "0xa1010000000000000000000000000000000000000000000000000000000000000000", FALSE, "33 bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = evm_vectors_bytes (cases[i].hex);
      GmRlpReader reader = gm_rlp_reader (data);
      g_autoptr (GError) error = NULL;
      GmU256 wide;
      guint64 number;

      g_assert_false (gm_rlp_read_u64 (&reader, &number, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_cmpint (gm_rlp_read_u256 (&reader, &wide, NULL), ==, cases[i].u256);
      g_assert_cmpint (gm_rlp_at_end (&reader), ==, cases[i].u256);
    }
}

static void
test_lists (void)
{
  g_autoptr (GBytes) data = evm_vectors_bytes ("0xc983646f67820400c10105");
  GmRlpReader reader = gm_rlp_reader (data), list, inner;
  g_autoptr (GError) error = NULL;
  guint8 dog[3];
  guint64 number;

  g_assert_true (gm_rlp_at_list (&reader));
  g_assert_true (gm_rlp_read_list (&reader, &list, &error));
  g_assert_false (gm_rlp_read_end (&reader, &error));
  evm_vectors_assert_refused (&error, "1 bytes too many");
  g_assert_false (gm_rlp_read_exact (&list, dog, 2, &error));
  evm_vectors_assert_refused (&error, "3 bytes where 2");
  g_assert_true (gm_rlp_read_exact (&list, dog, 3, &error));
  g_assert_cmpmem (dog, 3, "dog", 3);
  g_assert_true (gm_rlp_read_u64 (&list, &number, &error));
  g_assert_cmpuint (number, ==, 1024);
  g_assert_true (gm_rlp_read_list (&list, &inner, &error));
  g_assert_true (gm_rlp_at_end (&list));
  g_assert_false (gm_rlp_read_list (&inner, &list, &error));
  evm_vectors_assert_refused (&error, "bytes where a list");
  g_assert_true (gm_rlp_read_u64 (&inner, &number, &error));
  g_assert_cmpuint (number, ==, 1);
  g_assert_true (gm_rlp_read_end (&inner, &error));
}

static void
test_depth (void)
{
  g_autoptr (GmRlp) rlp = gm_rlp_new ();
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  GmRlpReader reader;

  for (guint i = 0; i <= GM_RLP_MAX_DEPTH; i++)
    gm_rlp_open (rlp);
  for (guint i = 0; i <= GM_RLP_MAX_DEPTH; i++)
    gm_rlp_close (rlp);
  data = gm_rlp_encode (rlp);
  reader = gm_rlp_reader (data);

  for (guint i = 0; i < GM_RLP_MAX_DEPTH; i++)
    {
      GmRlpReader inside;

      g_assert_true (gm_rlp_read_list (&reader, &inside, &error));
      reader = inside;
    }
  g_assert_false (gm_rlp_read_list (&reader, &reader, &error));
  evm_vectors_assert_refused (&error, "deeper");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rlp-reader/every-other-form-is-refused", test_refused);
  g_test_add_func ("/rlp-reader/numbers-have-one-form", test_numbers_refused);
  g_test_add_func ("/rlp-reader/lists-hold-what-their-length-says", test_lists);
  g_test_add_func ("/rlp-reader/lists-nest-so-deep-and-no-deeper", test_depth);
  return g_test_run ();
}
