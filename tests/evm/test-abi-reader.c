/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-reader.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/abi.h"

/* Words of 32 bytes, from the last hexadecimal digits of each; from the first ones after "<". */
static GBytes *
words (const char *const *digits)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (; *digits != NULL; digits++)
    {
      gboolean left = **digits == '<';
      const char *given = *digits + left;
      g_autofree char *zeros = g_strnfill (64 - strlen (given), '0');

      g_string_append_printf (hex, "%s%s", left ? given : zeros, left ? zeros : given);
    }
  return evm_vectors_bytes (hex->str);
}

static void
test_round_trip (void)
{
  const GmU256 large = { .w = { 1, 2, 3, 4 } };
  const GmAddress address = { .b = { 0xff, [19] = 1 } };
  const GmHash hash = { .b = { 9, [31] = 8 } };
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *empty = NULL;
  g_autoptr (GError) error = NULL;
  GmAbiReader reader;
  GmU256 number;
  GmAddress address_read;
  GmHash hash_read;
  guint64 small;
  gboolean yes;

  gm_abi_add_u256 (abi, &large);
  gm_abi_add_text (abi, "é music ♫");
  gm_abi_add_uint (abi, 64, G_MAXUINT64);
  gm_abi_add_bytes (abi, (const guint8 *) "\0\1\2", 3);
  gm_abi_add_bool (abi, TRUE);
  gm_abi_add_address (abi, &address);
  gm_abi_add_text (abi, "");
  gm_abi_add_hash (abi, &hash);
  data = gm_abi_encode (abi);
  reader = gm_abi_reader (data);

  g_assert_true (gm_abi_read_u256 (&reader, &number, &error));
  g_assert_cmpint (gm_u256_compare (&number, &large), ==, 0);
  text = gm_abi_read_text (&reader, &error);
  g_assert_cmpstr (text, ==, "é music ♫");
  g_assert_true (gm_abi_read_u64 (&reader, &small, &error));
  g_assert_cmpuint (small, ==, G_MAXUINT64);
  bytes = gm_abi_read_bytes (&reader, &error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\0\1\2", 3);
  g_assert_true (gm_abi_read_bool (&reader, &yes, &error));
  g_assert_true (yes);
  g_assert_true (gm_abi_read_address (&reader, &address_read, &error));
  g_assert_true (gm_address_equal (&address_read, &address));
  empty = gm_abi_read_text (&reader, &error);
  g_assert_cmpstr (empty, ==, "");
  g_assert_true (gm_abi_read_hash (&reader, &hash_read, &error));
  g_assert_true (gm_hash_equal (&hash_read, &hash));
  g_assert_no_error (error);
}

/* Every reader, on data it refuses: outputs stay, the reader stays. */
static void
test_small_values_refused (void)
{
  static const struct
  {
    const char *word;
    gboolean u64, boolean, address; /* is refused */
  } cases[] = {
    { "0", FALSE, FALSE, FALSE },
    { "1", FALSE, FALSE, FALSE },
    { "2", FALSE, TRUE, FALSE },
    { "101", FALSE, TRUE, FALSE },
    { "ffffffffffffffff", FALSE, TRUE, FALSE },
    { "10000000000000000", TRUE, TRUE, FALSE },
    { "10000000000000001", TRUE, TRUE, FALSE },
    { "ffffffffffffffffffffffffffffffffffffffff", TRUE, TRUE, FALSE },
    { "10000000000000000000000000000000000000000", TRUE, TRUE, TRUE },
    { "<8000", TRUE, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = words ((const char *[]){ cases[i].word, NULL });
      GmAbiReader reader = gm_abi_reader (data);
      g_autoptr (GError) error = NULL;
      guint64 number = 77;
      gboolean yes = 77;
      GmAddress address = { .b = { 77 } };

      g_assert_true (gm_abi_read_u64 (&reader, &number, &error) != cases[i].u64);
      if (cases[i].u64)
        evm_vectors_assert_refused (&error, "ABI value 1: number does not fit 64 bits");
      g_assert_true ((number == 77 && reader.at == 0) == cases[i].u64);

      reader = gm_abi_reader (data);
      g_assert_true (gm_abi_read_bool (&reader, &yes, &error) != cases[i].boolean);
      if (cases[i].boolean)
        evm_vectors_assert_refused (&error, "ABI value 1: ");
      g_assert_true ((yes == 77 && reader.at == 0) == cases[i].boolean);

      reader = gm_abi_reader (data);
      g_assert_true (gm_abi_read_address (&reader, &address, &error) != cases[i].address);
      if (cases[i].address)
        evm_vectors_assert_refused (&error, "20 bytes");
      g_assert_true ((address.b[0] == 77 && reader.at == 0) == cases[i].address);
    }
}

static void
test_short_head (void)
{
  for (gsize length = 0; length < 32; length++)
    {
      g_autoptr (GBytes) whole = words ((const char *[]){ "1", NULL });
      g_autoptr (GBytes) data = g_bytes_new_from_bytes (whole, 0, length);
      GmAbiReader reader = gm_abi_reader (data);
      g_autoptr (GError) error = NULL;
      GmHash hash = { .b = { 77 } };
      GmU256 number;
      guint64 small;
      gboolean yes;
      GmAddress address;

      g_assert_false (gm_abi_read_hash (&reader, &hash, &error));
      evm_vectors_assert_refused (&error, "the data ends");
      g_assert_cmpuint (hash.b[0], ==, 77);
      g_assert_false (gm_abi_read_u256 (&reader, &number, NULL));
      g_assert_false (gm_abi_read_u64 (&reader, &small, NULL));
      g_assert_false (gm_abi_read_bool (&reader, &yes, NULL));
      g_assert_false (gm_abi_read_address (&reader, &address, NULL));
      g_assert_null (gm_abi_read_bytes (&reader, NULL));
      g_assert_null (gm_abi_read_text (&reader, NULL));
      g_assert_cmpuint (reader.at, ==, 0);
    }
}

static void
test_tails_refused (void)
{
  static const struct
  {
    const char *words[5];
    const char *says;
  } cases[] = {
    { { "20" }, "the data ends" },      /* no length */
    { { "40", "1" }, "the data ends" }, /* offset at the end */
    { { "1f", "1", "" }, "64 bits" },   /* what stands there is no length */
    { { "41", "1", "" }, "the data ends" },
    { { "ffffffffffffffff", "1" }, "the data ends" },
    { { "ffffffffffffffe0", "1" }, "the data ends" },
    { { "10000000000000020", "1", "" }, "64 bits" }, /* high bits dropped would fit */
    { { "20", "1" }, "the data has 0 more" },
    { { "20", "21", "" }, "the data has 32 more" },
    { { "20", "fffff", "" }, "the data has 32 more" },
    { { "20", "100001", "" }, "at most" },
    { { "20", "ffffffffffffffff", "" }, "at most" },
    { { "20", "10000000000000001", "" }, "64 bits" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = words (cases[i].words);
      GmAbiReader reader = gm_abi_reader (data);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_abi_read_bytes (&reader, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_null (gm_abi_read_text (&reader, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_cmpuint (reader.at, ==, 0);
    }
}

/* What Solidity takes: a tail before another's, two heads with one tail, no zeros at the end. */
static void
test_loose_tails (void)
{
  g_autoptr (GBytes) whole = words ((const char *[]){ "40", "40", "2", "<6869", NULL });
  g_autoptr (GBytes) data = g_bytes_new_from_bytes (whole, 0, 3 * 32 + 2);
  GmAbiReader reader = gm_abi_reader (data);
  g_autofree char *text = gm_abi_read_text (&reader, NULL);
  g_autoptr (GBytes) bytes = gm_abi_read_bytes (&reader, NULL);

  g_assert_cmpstr (text, ==, "hi");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "hi", 2);
}

static void
test_text_refused (void)
{
  static const char *const cases[] = {
    "<610062", /* a NUL inside */
    "<c32863",
    "<eda080", /* a surrogate */
    "<61e299",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = words ((const char *[]){ "20", "3", cases[i], NULL });
      GmAbiReader reader = gm_abi_reader (data);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_abi_read_text (&reader, &error));
      evm_vectors_assert_refused (&error, "UTF-8");
      bytes = gm_abi_read_bytes (&reader, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3);
    }
}

static void
test_large (void)
{
  g_autofree guint8 *zeros = g_malloc0 (GM_ABI_MAX_BYTES + 1);

  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GmAbi) abi = gm_abi_new ();
      g_autoptr (GBytes) data = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      GmAbiReader reader;

      gm_abi_add_bytes (abi, zeros, GM_ABI_MAX_BYTES + more);
      data = gm_abi_encode (abi);
      reader = gm_abi_reader (data);
      bytes = gm_abi_read_bytes (&reader, &error);
      if (more == 0)
        g_assert_cmpuint (g_bytes_get_size (bytes), ==, GM_ABI_MAX_BYTES);
      else
        evm_vectors_assert_refused (&error, "at most");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-reader/reads-what-abi-writes", test_round_trip);
  g_test_add_func ("/abi-reader/dirty-high-bits-are-refused", test_small_values_refused);
  g_test_add_func ("/abi-reader/a-short-head-is-refused", test_short_head);
  g_test_add_func ("/abi-reader/offsets-and-lengths-beyond-the-data-are-refused",
                   test_tails_refused);
  g_test_add_func ("/abi-reader/tails-may-be-shared-and-unpadded", test_loose_tails);
  g_test_add_func ("/abi-reader/text-is-utf-8-without-nul", test_text_refused);
  g_test_add_func ("/abi-reader/one-value-has-at-most-a-mebibyte", test_large);
  return g_test_run ();
}
