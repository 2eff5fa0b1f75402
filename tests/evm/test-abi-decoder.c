/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-decoder.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/abi-json.h"

/* Words of 32 bytes: their last digits, or after "<" the first ones. */
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

static char *
decode (const char *type_text, GBytes *data, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (type_text, NULL);
  g_autoptr (GmAbiValue) value = gm_abi_decode (type, data, error);
  g_autoptr (JsonNode) node = value != NULL ? gm_abi_json_encode (type, value) : NULL;

  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

static void
test_read (void)
{
  static const struct
  {
    const char *type, *words[10], *json;
  } cases[] = {
    { "()", { NULL }, "[]" },
    { "uint8", { "ff" }, "\"255\"" },
    { "int8", { "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff80" }, "\"-128\"" },
    { "int256",
      { "<80" },
      "\"-5789604461865809771178549250434395392663499233282028201972879200395"
      "6564819968\"" },
    { "string", { "20", "2", "<6869" }, "\"hi\"" },
    { "uint8[2][]", { "20", "2", "1", "2", "3", "4" }, "[[\"1\",\"2\"],[\"3\",\"4\"]]" },
    { "(bool,bytes)", { "1", "40", "0" }, "[true,\"0x\"]" },
    /* tails in another order, and more data after them */
    { "(bytes,bytes)", { "80", "40", "1", "<aa", "1", "<bb", "7" }, "[\"0xbb\",\"0xaa\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = words (cases[i].words);
      g_autoptr (GError) error = NULL;
      g_autofree char *json = decode (cases[i].type, data, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json, ==, cases[i].json);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *type, *words[10], *says;
  } cases[] = {
    { "bool", { NULL }, "ends after 0" },
    { "bool", { "2" }, "no bool" },
    { "bool", { "<01" }, "no bool" },
    { "uint8", { "100" }, "no uint8" },
    { "int8", { "80" }, "no int8" },
    { "int8", { "ff" }, "no int8" },
    { "int16", { "<ff" }, "no int16" },
    { "address", { "10000000000000000000000000000000000000000" }, "no address" },
    { "bytes4", { "<1122334401" }, "no bytes4" },
    { "function", { "1" }, "no function" },
    { "bytes", { "20" }, "ends after" },
    { "bytes", { "40", "0" }, "ends after" },
    { "bytes", { "ffffffffffffffff", "0" }, "beyond" },
    { "bytes", { "10000000000000020", "0" }, "beyond" },
    { "bytes", { "20", "1" }, "has 0 more" },
    { "bytes", { "20", "40", "" }, "has 32 more" },
    { "bytes", { "20", "ffffffffffffffff", "" }, "beyond" },
    { "string", { "20", "1", "<ff" }, "UTF-8" },
    { "string", { "20", "3", "<610062" }, "UTF-8" },
    { "uint8[]", { "20", "2", "1" }, "ends after" },
    { "uint8[]", { "20", "ffffffff", "1" }, "beyond" },
    { "uint8[3]", { "1", "2" }, "ends after" },
    { "(uint8,uint8)", { "1" }, "ends after" },
    { "bytes[1000]", { "20", "20" }, "ends after" },
    /* an array that is its own first element, and one tail for all */
    { "uint8[][]", { "20", "2", "0", "0" }, "larger than the data" },
    { "bytes[]", { "20", "3", "60", "60", "60", "20", "" }, "larger than the data" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = words (cases[i].words);
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (cases[i].type, data, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
    }
}

/* Ten levels of arrays, each of 64 times the next one: 2^60 numbers from 21 kilobytes. */
static void
test_bomb (void)
{
  g_autoptr (GString) type = g_string_new ("uint256");
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (list, g_strdup ("20"));
  for (guint level = 0; level < 10; level++)
    {
      g_string_append (type, "[]");
      g_ptr_array_add (list, g_strdup ("40"));
      for (guint i = 0; i < 64; i++)
        g_ptr_array_add (list, g_strdup_printf ("%x", 64 * 32));
    }
  g_ptr_array_add (list, NULL);
  data = words ((const char *const *) list->pdata);

  g_assert_null (decode (type->str, data, &error));
  evm_vectors_assert_refused (&error, "larger than the data");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-decoder/reads-what-solidity-reads", test_read);
  g_test_add_func ("/abi-decoder/refuses-what-solidity-refuses", test_refused);
  g_test_add_func ("/abi-decoder/shared-arrays-do-not-multiply", test_bomb);
  return g_test_run ();
}
