/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-value.h"

#include "evm-vectors.h"
#include "evm/abi-json.h"

#define WORD(digits) "00000000000000000000000000000000000000000000000000000000000000" digits

/* @value has ' for ". */
static GmAbiValue *
value_of (const GmAbiType *type, const char *value)
{
  g_autofree char *text = g_strdup_printf ("{'value':%s}", value);
  g_autoptr (JsonObject) object = evm_vectors_json (text);
  g_autoptr (GError) error = NULL;
  GmAbiValue *parsed = gm_abi_json_parse (type, json_object_get_member (object, "value"), &error);

  g_assert_no_error (error);
  return parsed;
}

/* From the Contract ABI Specification: f(uint256,uint32[],bytes10,bytes), and one value alone. */
static void
test_encoded (void)
{
  static const struct
  {
    const char *type, *value, *hex;
  } cases[] = {
    { "()", "[]", "0x" },
    { "uint8", "'7'", "0x" WORD ("07") },
    { "int8", "'-1'", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" },
    { "string", "''", "0x" WORD ("20") WORD ("00") },
    { "(uint256,uint32[],bytes10,bytes)",
      "['291',['1110','1929'],'0x31323334353637383930','0x48656c6c6f2c20776f726c6421']",
      "0x0000000000000000000000000000000000000000000000000000000000000123" WORD (
          "80") "3132333435363738393000000000000000000000000000000000000000000000" WORD ("e0")
          WORD (
              "02") "0000000000000000000000000000000000000000000000000000000000000456"
                    "0000000000000000000000000000000000000000000000000000000000000789" WORD (
                        "0d") "48656c6c6f2c20776f726c642100000000000000000000000000000000000000" },
    { "((bool,bytes1[2]),(string[2])[])", "[[true,['0x61','0x62']],[[['x','']]]]",
      "0x" WORD ("01") "6100000000000000000000000000000000000000000000000000000000000000"
                       "6200000000000000000000000000000000000000000000000000000000000000" WORD (
                           "80") WORD ("01") WORD ("20") WORD ("20") WORD ("40") WORD ("80")
                           WORD ("01") "78000000000000000000000000000000000000000000000000000000000"
                                       "00000" WORD ("00") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].type, NULL);
      g_autoptr (GmAbiValue) value = value_of (type, cases[i].value);
      g_autoptr (GBytes) bytes = gm_abi_value_encode (type, value);

      evm_vectors_assert_bytes (bytes, cases[i].hex);
    }
}

/* The first: Contract ABI Specification, "Non-standard Packed Mode". */
static void
test_packed (void)
{
  static const struct
  {
    const char *type, *value, *hex;
  } cases[] = {
    { "(int16,bytes1,uint16,string)", "['-1','0x42','3','Hello, world!']",
      "0xffff42000348656c6c6f2c20776f726c6421" },
    { "(uint8[2],bool,bytes)", "[['1','2'],true,'0x0304']", "0x" WORD ("01") WORD ("02") "010304" },
    { "(address,uint8[1][],function)",
      "['0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826',[['9']],"
      "'0xcd2a3d9f938e13cd947ec05abc7fe734df8dd82611223344']",
      "0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826" WORD (
          "09") "cd2a3d9f938e13cd947ec05abc7fe734df8dd82611223344" },
    { "(string[])", "[['a']]", NULL },
    { "(bytes[1][])", "[[['0x']]]", NULL },
    { "(uint8,(bool))", "['1',[true]]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].type, NULL);
      g_autoptr (GmAbiValue) value = value_of (type, cases[i].value);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = gm_abi_value_encode_packed (type, value, &error);

      if (cases[i].hex != NULL)
        evm_vectors_assert_bytes (bytes, cases[i].hex);
      else
        evm_vectors_assert_refused (&error, "no packed form");
    }
}

/* A list's topic is the hash of its words, text's that of its bytes; text in a list is padded. */
static void
test_topics (void)
{
  static const struct
  {
    const char *type, *value, *hash;
  } cases[] = {
    { "uint8", "'9'", "0x" WORD ("09") },
    { "string", "''", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
    { "uint256[]", "[]", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470" },
    /* of 32 zeros */
    { "(uint8)", "['0']", "0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563" },
  };
  g_autoptr (GmAbiType) texts = gm_abi_type_parse ("string[]", NULL);
  g_autoptr (GmAbiType) words = gm_abi_type_parse ("bytes32[]", NULL);
  g_autoptr (GmAbiValue) text = value_of (texts, "['a']");
  g_autoptr (GmAbiValue) word = value_of (
      words, "['0x6100000000000000000000000000000000000000000000000000000000000000']");
  GmHash topic, same;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].type, NULL);
      g_autoptr (GmAbiValue) value = value_of (type, cases[i].value);

      gm_abi_value_topic (type, value, &topic);
      evm_vectors_assert_hash (&topic, cases[i].hash);
    }

  gm_abi_value_topic (texts, text, &topic);
  gm_abi_value_topic (words, word, &same);
  g_assert_true (gm_hash_equal (&topic, &same));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-value/heads-and-tails-nest", test_encoded);
  g_test_add_func ("/abi-value/the-packed-form-is-solidity-s", test_packed);
  g_test_add_func ("/abi-value/topics-are-values-or-hashes", test_topics);
  return g_test_run ();
}
