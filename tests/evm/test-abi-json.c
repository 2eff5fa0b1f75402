/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-json.h"

#include "evm-vectors.h"

#define MIN_INT "-57896044618658097711785492504343953926634992332820282019728792003956564819968"

static GmAbiValue *
parse (const GmAbiType *type, const char *json, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{'value':%s}", json);
  g_autoptr (JsonObject) object = evm_vectors_json (text);

  return gm_abi_json_parse (type, json_object_get_member (object, "value"), error);
}

static void
test_round_trip (void)
{
  static const struct
  {
    const char *type, *json, *again; /* NULL: the same */
  } cases[] = {
    { "uint256", "\"7\"", NULL },
    { "uint256", "7", "\"7\"" },
    { "uint256", "\"0x10\"", "\"16\"" },
    { "int8", "\"-128\"", NULL },
    { "int256", "\"" MIN_INT "\"", NULL },
    { "int256", "\"0\"", NULL },
    { "bool", "true", NULL },
    { "bool", "false", NULL },
    { "address", "\"0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826\"",
      "\"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826\"" },
    { "bytes3", "\"0x0102ff\"", NULL },
    { "bytes", "\"0x\"", NULL },
    { "bytes", "\"0x00\"", NULL },
    { "string", "\"\"", NULL },
    { "string", "\"é ♫\"", NULL },
    { "()", "[]", NULL },
    { "(bool,uint8[])[2]", "[[true,[]],[false,[\"1\",\"2\"]]]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].type, &error);
      g_autoptr (GmAbiValue) value = parse (type, cases[i].json, &error);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      node = gm_abi_json_encode (type, value);
      again = json_to_string (node, FALSE);
      g_assert_cmpstr (again, ==, cases[i].again != NULL ? cases[i].again : cases[i].json);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *type, *json, *says;
  } cases[] = {
    { "uint8", "'256'", "fit uint8" },
    { "uint8", "'-1'", "fit uint8" },
    { "int8", "'128'", "fit int8" },
    { "int8", "'-129'", "fit int8" },
    { "uint8", "true", "text" },
    { "bool", "'true'", "true or false" },
    { "address", "'0x01'", "address" },
    { "bytes", "'00'", "0x" },
    { "bytes", "7", "text" },
    { "bytes", "'0x0'", "hex" },
    { "bytes2", "'0x01'", "1 bytes, not 2" },
    { "string", "null", "text" },
    { "bool[2]", "[true]", "1 values, not 2" },
    { "(bool)", "[]", "0 values, not 1" },
    { "()", "[true]", "1 values, not 0" },
    { "(bool)", "{}", "array" },
    { "bool[]", "true", "array" },
    { "(bool,bool[])", "[true,[true,7]]", "value 2: value 2: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].type, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (type, cases[i].json, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-json/reads-what-it-writes", test_round_trip);
  g_test_add_func ("/abi-json/what-does-not-fit-the-type-is-refused", test_refused);
  return g_test_run ();
}
