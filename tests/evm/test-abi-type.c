/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-type.h"

#include <string.h>

#include "evm-vectors.h"

static void
test_parsed (void)
{
  static const struct
  {
    const char *text, *canonical; /* NULL: the same */
    gboolean dynamic;
    gsize head_bytes;
  } cases[] = {
    { "uint", "uint256", FALSE, 32 },
    { "int", "int256", FALSE, 32 },
    { "uint8", NULL, FALSE, 32 },
    { "int248", NULL, FALSE, 32 },
    { "bool", NULL, FALSE, 32 },
    { "address", NULL, FALSE, 32 },
    { "bytes1", NULL, FALSE, 32 },
    { "bytes32", NULL, FALSE, 32 },
    { "function", NULL, FALSE, 32 },
    { "bytes", NULL, TRUE, 32 },
    { "string", NULL, TRUE, 32 },
    { "uint256[2]", NULL, FALSE, 64 },
    { "uint256[2][3]", NULL, FALSE, 192 },
    { "uint256[2][]", NULL, TRUE, 32 },
    { "string[7]", NULL, TRUE, 32 },
    { "()", NULL, FALSE, 0 },
    { "(address,uint256[2],string)[]", NULL, TRUE, 32 },
    { "((int,bool)[2],bytes4)", "((int256,bool)[2],bytes4)", FALSE, 160 },
    { "( address indexed from,  uint value )", "(address,uint256)", FALSE, 64 },
    { "((uint8 a)[] indexed list,bool)", "((uint8)[],bool)", TRUE, 32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GmAbiType) type = gm_abi_type_parse (cases[i].text, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = gm_abi_type_dup_text (type);
      g_assert_cmpstr (text, ==, cases[i].canonical != NULL ? cases[i].canonical : cases[i].text);
      g_assert_cmpint (type->dynamic, ==, cases[i].dynamic);
      g_assert_cmpuint (type->head_bytes, ==, cases[i].head_bytes);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *says;
  } cases[] = {
    { "", "no type" },
    { "uint7", "no type" },
    { "uint0", "no type" },
    { "uint264", "no type" },
    { "uint08", "no type" },
    { "int257", "no type" },
    { "bytes0", "no type" },
    { "bytes33", "no type" },
    { "bool8", "no type" },
    { "address payable", "follows" },
    { "fixed128x18", "no type" },
    { "Uint256", "no type" },
    { "uint256 ", "follows" },
    { " uint256", "no type" },
    { "uint256[", "no array" },
    { "uint256[0]", "no array" },
    { "uint256[-1]", "no array" },
    { "uint256[ ]", "no array" },
    { "uint256[01]", "no array" },
    { "uint256[99999999999999999999]", "no array" },
    { "uint256[32768][2]", "larger than" },
    { "uint256[32768][32768][32768][32768]", "larger than" },
    { "(", "no type" },
    { "(uint256", "“,” or “)”" },
    { "(uint256,)", "no type" },
    { "(,)", "no type" },
    { "(uint256))", "follows" },
    { "(())", "no type" },
    { "()[]", "no type" },
    { "(uint256 a b)", "“,” or “)”" },
    { "(uint256 indexed a b)", "“,” or “)”" },
    { "bool[][][][][][][][][][][][][][][][][]", "deeper" },
    { "(((((((((((((((((bool)))))))))))))))))", "deeper" },
    { "((((((((bool[][][][][][][][][]))))))))", "deeper" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_abi_type_parse (cases[i].text, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
    }
}

static void
test_many_parts (void)
{
  g_autoptr (GString) text = g_string_new ("(bool");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < GM_ABI_TYPE_MAX_PARTS; i++)
    g_string_append (text, ",bool");
  g_string_append_c (text, ')');
  g_assert_null (gm_abi_type_parse (text->str, &error));
  evm_vectors_assert_refused (&error, "parts");
}

static void
test_names (void)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (
      "(address indexed from,uint256,(bool yes) $_1,bool indexed)", NULL);
  const GmAbiType *inner = gm_abi_type_part (type, 2);

  g_assert_cmpstr (gm_abi_type_part (type, 0)->name, ==, "from");
  g_assert_true (gm_abi_type_part (type, 0)->indexed);
  g_assert_null (gm_abi_type_part (type, 1)->name);
  g_assert_cmpstr (inner->name, ==, "$_1");
  g_assert_cmpstr (gm_abi_type_part (inner, 0)->name, ==, "yes");
  g_assert_null (gm_abi_type_part (type, 3)->name);
  g_assert_true (gm_abi_type_part (type, 3)->indexed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-type/text-has-one-canonical-form", test_parsed);
  g_test_add_func ("/abi-type/what-solidity-has-not-is-refused", test_refused);
  g_test_add_func ("/abi-type/parts-are-limited", test_many_parts);
  g_test_add_func ("/abi-type/members-keep-their-names", test_names);
  return g_test_run ();
}
