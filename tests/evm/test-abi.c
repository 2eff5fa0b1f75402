/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi.h"

#include "evm-vectors.h"
#include "evm/address.h"

static void
add_value (GmAbi *abi, const char *type, const char *text)
{
  GmU256 number;
  GmAddress address;
  GmHash hash;

  if (g_str_equal (type, "string"))
    gm_abi_add_text (abi, text);
  else if (g_str_equal (type, "bool"))
    gm_abi_add_bool (abi, g_str_equal (text, "true"));
  else if (g_str_equal (type, "address") && gm_address_parse (text, &address, NULL))
    gm_abi_add_address (abi, &address);
  else if (g_str_equal (type, "bytes32") && gm_hash_parse (text, &hash, NULL))
    gm_abi_add_hash (abi, &hash);
  else if (g_str_equal (type, "bytes"))
    {
      g_autoptr (GBytes) bytes = evm_vectors_bytes (text);

      gm_abi_add_bytes (abi, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  else if (g_str_equal (type, "uint256") && gm_u256_parse (text, &number, NULL))
    gm_abi_add_u256 (abi, &number);
  else
    {
      g_assert_true (g_str_has_prefix (type, "uint"));
      gm_abi_add_uint (abi, (guint) g_ascii_strtoull (type + 4, NULL, 10),
                       g_ascii_strtoull (text, NULL, 10));
    }
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-abi.json");
  JsonArray *lists = json_object_get_array_member (vectors, "lists");

  g_assert_cmpuint (json_array_get_length (lists), ==, 10);
  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonObject *list = json_array_get_object_element (lists, i);
      JsonArray *types = json_object_get_array_member (list, "types");
      JsonArray *values = json_object_get_array_member (list, "values");
      g_autoptr (GmAbi) abi = gm_abi_new ();
      g_autoptr (GBytes) encoded = NULL;
      g_autoptr (GBytes) packed = NULL;
      GmHash hash;

      for (guint j = 0; j < json_array_get_length (types); j++)
        add_value (abi, json_array_get_string_element (types, j),
                   json_array_get_string_element (values, j));

      encoded = gm_abi_encode (abi);
      evm_vectors_assert_bytes (encoded, json_object_get_string_member (list, "encoded"));
      packed = gm_abi_encode_packed (abi);
      evm_vectors_assert_bytes (packed, json_object_get_string_member (list, "packed"));
      gm_abi_hash (abi, &hash);
      evm_vectors_assert_hash (&hash, json_object_get_string_member (list, "hash"));
      gm_abi_hash_packed (abi, &hash);
      evm_vectors_assert_hash (&hash, json_object_get_string_member (list, "packedHash"));
    }
}

static void
test_call (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-abi.json");
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) call = NULL;

  add_value (abi, "address", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  add_value (abi, "uint256", "1990000");
  call = gm_abi_encode_call (abi, "transfer(address,uint256)");
  evm_vectors_assert_bytes (call, json_object_get_string_member (vectors, "call"));
}

static void
test_wrong_width (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GmAbi) abi = gm_abi_new ();

      gm_abi_add_uint (abi, 8, 256);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*value >> bits == 0*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi/both-forms-are-those-of-ethers", test_vectors);
  g_test_add_func ("/abi/a-call-starts-with-its-selector", test_call);
  g_test_add_func ("/abi/a-value-wider-than-its-type-is-our-mistake", test_wrong_width);
  return g_test_run ();
}
