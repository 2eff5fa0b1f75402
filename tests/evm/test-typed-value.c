/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-value.h"

#include <string.h>

#include "evm-vectors.h"

#define F32 "ffffffffffffffffffffffffffffffff"
#define Z16 "0000000000000000"
#define Z32 Z16 Z16

static gboolean
encode (const char *type, const char *json, GmHash *word, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{'value':%s}", json);
  g_autoptr (JsonObject) object = evm_vectors_json (text);
  GmTypedValueEncode encode_one;
  guint size;

  encode_one = gm_typed_value_find (type, &size);
  g_assert_nonnull (encode_one);
  return encode_one (json_object_get_member (object, "value"), size, word, error);
}

static void
test_words (void)
{
  static const struct
  {
    const char *type;
    const char *json;
    const char *word;
  } cases[] = {
    { "uint8", "0", "0x" Z32 Z32 },
    { "uint8", "'0'", "0x" Z32 Z32 },
    { "uint8", "255", "0x" Z32 Z16 "00000000000000ff" },
    { "uint8", "'0xfF'", "0x" Z32 Z16 "00000000000000ff" },
    { "uint64", "9007199254740991", "0x" Z32 Z16 "001fffffffffffff" },
    { "uint128", "'340282366920938463463374607431768211455'", "0x" Z32 F32 },
    { "uint256", "'0x" F32 F32 "'", "0x" F32 F32 },
    { "int8", "127", "0x" Z32 Z16 "000000000000007f" },
    { "int8", "-128", "0x" F32 "ffffffffffffffffffffffffffffff80" },
    { "int8", "'-1'", "0x" F32 F32 },
    { "int72", "'-2361183241434822606848'", "0x" F32 "ffffffffffffff800000000000000000" },
    { "int256",
      "'0x7"
      "fffffffffffffff"
      "ffffffffffffffff" F32 "'",
      "0x7"
      "fffffffffffffff"
      "ffffffffffffffff" F32 },
    { "int256", "'-57896044618658097711785492504343953926634992332820282019728792003956564819968'",
      "0x8000000000000000" Z16 Z32 },
    { "bool", "true", "0x" Z32 Z16 "0000000000000001" },
    { "bool", "false", "0x" Z32 Z32 },
    { "bytes1", "'0xab'", "0xab00000000000000" Z16 Z32 },
    { "bytes32", "'0x" F32 Z32 "'", "0x" F32 Z32 },
    { "address", "'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'",
      "0x0000000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed" },
    { "bytes", "'0x'", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
    { "string", "''", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
    { "bytes", "'0x616263'", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45" },
    { "string", "'abc'", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmHash word;

      memset (&word, 0x77, sizeof word);
      encode (cases[i].type, cases[i].json, &word, &error);
      g_assert_no_error (error);
      evm_vectors_assert_hash (&word, cases[i].word);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *type;
    const char *json;
    const char *words;
  } cases[] = {
    { "uint8", "256", "does not fit uint8" },
    { "uint8", "-1", "does not fit uint8" },
    { "uint8", "'-1'", "does not fit uint8" },
    { "uint64", "'18446744073709551616'", "does not fit uint64" },
    { "uint248", "'0x100" Z16 Z16 "0000000000000000000000000000'", "does not fit uint248" },
    { "uint256", "'0x1" Z32 Z32 "'", "64 hexadecimal digits" },
    { "uint256", "''", "1 to 78 digits" },
    { "uint256", "'1.0'", "not a whole number" },
    { "uint256", "' 1'", "not a whole number" },
    { "uint256", "'+1'", "not a whole number" },
    { "uint256", "1.5", "text is expected" },
    { "uint256", "true", "text is expected" },
    { "uint256", "null", "text is expected" },
    { "uint256", "[1]", "text is expected" },
    { "int8", "128", "does not fit int8" },
    { "int8", "'-129'", "does not fit int8" },
    { "int8", "'-0'", "not a whole number" },
    { "int8", "'-0x1'", "not a whole number" },
    { "int8", "'-'", "not a whole number" },
    { "int8", "'--1'", "not a whole number" },
    { "bool", "1", "true or false" },
    { "bool", "'true'", "true or false" },
    { "bool", "null", "true or false" },
    { "bytes4", "'0x112233'", "3 bytes, not 4" },
    { "bytes4", "'0x1122334455'", "5 bytes, not 4" },
    { "bytes4", "'11223344'", "start with 0x" },
    { "bytes4", "'0x1122334'", "odd number" },
    { "bytes", "'0x1g'", "not a hexadecimal digit" },
    { "bytes", "'abc'", "start with 0x" },
    { "bytes", "{}", "text is expected" },
    { "address", "'0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'", "checksum" },
    { "address", "'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA'", "expected 40" },
    { "address", "0", "text is expected" },
    { "string", "1", "text is expected" },
    { "string", "null", "text is expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmHash word = { .b = { 77 } };

      g_assert_false (encode (cases[i].type, cases[i].json, &word, &error));
      evm_vectors_assert_refused (&error, cases[i].words);
      g_assert_cmpuint (word.b[0], ==, 77);
    }
}

/* gm_json_parse() takes none of these, but a node may come from elsewhere. */
static void
test_large_integers (void)
{
  static const gint64 cases[] = { 9007199254740992, -9007199254740992, G_MAXINT64, G_MININT64 };
  guint size;
  GmTypedValueEncode encode_one = gm_typed_value_find ("int256", &size);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_node_init_int (json_node_alloc (), cases[i]);
      g_autoptr (GError) error = NULL;
      GmHash word;

      g_assert_false (encode_one (node, size, &word, &error));
      evm_vectors_assert_refused (&error, "must be text");
    }
}

static void
test_types (void)
{
  static const char *const others[] = {
    "",
    "uint",
    "int",
    "uint0",
    "uint7",
    "uint08",
    "uint257",
    "uint264",
    "int+8",
    "uint 8",
    "bytes0",
    "bytes33",
    "bytes01",
    "boolean",
    "Address",
    "string[]",
    "uint8[]",
    "fixed",
    "ufixed8x1",
    "address payable",
    "uint18446744073709551624",
  };
  guint size;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (gm_typed_value_find (others[i], &size));
  for (guint bits = 8; bits <= 256; bits += 8)
    {
      g_autofree char *type = g_strdup_printf ("int%u", bits);

      g_assert_nonnull (gm_typed_value_find (type, &size));
      g_assert_cmpuint (size, ==, bits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typed-value/each-type-has-its-word", test_words);
  g_test_add_func ("/typed-value/a-value-of-another-kind-is-refused", test_refused);
  g_test_add_func ("/typed-value/an-integer-others-would-round-is-refused", test_large_integers);
  g_test_add_func ("/typed-value/aliases-and-widths-of-no-type-are-none", test_types);
  return g_test_run ();
}
