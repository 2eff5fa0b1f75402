/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-signature.h"

#include "base/error.h"
#include "evm-vectors.h"
#include "evm/abi-json.h"

#define TRANSFER "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
#define TO       "000000000000000000000000cd2a3d9f938e13cd947ec05abc7fe734df8dd826"
#define SEVEN    "0000000000000000000000000000000000000000000000000000000000000007"

static void
test_hashes (void)
{
  static const struct
  {
    const char *text, *canonical, *hash;
  } cases[] = {
    { "Transfer(address indexed from,address indexed to,uint value)",
      "Transfer(address,address,uint256)", TRANSFER },
    { "Error(string)", "Error(string)",
      "0x08c379a0afcc32b1a39302f7cb8073359698411ab5fd6e3edb2c02c0b5fba8aa" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (cases[i].text, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = gm_abi_signature_dup_text (signature);
      g_assert_cmpstr (text, ==, cases[i].canonical);
      evm_vectors_assert_hash (&signature->hash, cases[i].hash);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *says;
  } cases[] = {
    { "", "no name" },          { "(uint256)", "no name" },    { "transfer", "no type" },
    { "1a()", "no name" },      { "a b()", "no name" },        { "a()[]", "no type" },
    { "a(bool)[]", "no list" }, { "a(bool) view", "follows" }, { "function a()", "no name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_abi_signature_parse (cases[i].text, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
    }
}

static void
test_calls (void)
{
  g_autoptr (GmAbiSignature) transfer = gm_abi_signature_parse (
      "transfer(address to,uint256 value)", NULL);
  g_autoptr (GBytes) data = evm_vectors_bytes ("0xa9059cbb" TO SEVEN);
  g_autoptr (GBytes) other = evm_vectors_bytes ("0xa9059cbc" TO SEVEN);
  g_autoptr (GBytes) longer = evm_vectors_bytes ("0xa9059cbb" TO SEVEN "00");
  g_autoptr (GBytes) shorter = evm_vectors_bytes ("0xa9059cbb" TO);
  g_autoptr (GBytes) tiny = evm_vectors_bytes ("0xa9059c");
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAbiValue) inputs = gm_abi_signature_decode_call (transfer, data, &error);
  g_autofree char *value = NULL;

  g_assert_no_error (error);
  value = gm_abi_json_dup_text (gm_abi_type_part (transfer->inputs, 1), inputs->parts->pdata[1]);
  g_assert_cmpstr (value, ==, "7");
  again = gm_abi_signature_encode_call (transfer, inputs);
  g_assert_true (g_bytes_equal (again, data));

  g_assert_true (gm_abi_signature_is_call (transfer, longer));
  g_assert_false (gm_abi_signature_is_call (transfer, other));
  g_assert_false (gm_abi_signature_is_call (transfer, tiny));
  g_assert_null (gm_abi_signature_decode_call (transfer, longer, &error));
  evm_vectors_assert_refused (&error, "more than its arguments");
  g_assert_null (gm_abi_signature_decode_call (transfer, shorter, &error));
  evm_vectors_assert_refused (&error, "transfer: ABI: the data ends");
  g_assert_null (gm_abi_signature_decode_call (transfer, other, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static char *
decode_log (const char *text, const char *const *topics_hex, const char *data_hex, GError **error)
{
  g_autoptr (GmAbiSignature) event = gm_abi_signature_parse (text, NULL);
  g_autoptr (GBytes) data = evm_vectors_bytes (data_hex);
  g_autoptr (GmAbiValue) values = NULL;
  g_autoptr (JsonNode) node = NULL;
  GmHash topics[8];
  guint n = 0;

  for (; topics_hex[n] != NULL; n++)
    g_assert_true (gm_hash_parse (topics_hex[n], &topics[n], NULL));
  values = gm_abi_signature_decode_log (event, topics, n, data, error);
  node = values != NULL ? gm_abi_json_encode (event->inputs, values) : NULL;
  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

static void
test_logs (void)
{
  static const char *const event =
      "Transfer(address indexed from,address to,uint256 indexed value)";
  static const char *const hidden = "A(string indexed name,bool[] indexed list,uint8 n) anonymous";
  g_autoptr (GError) error = NULL;
  g_autofree char *json = decode_log (
      event, (const char *[]){ TRANSFER, "0x" TO, "0x" SEVEN, NULL }, "0x" TO, &error);
  g_autofree char *hashes = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (json, ==,
                   "[\"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826\","
                   "\"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826\",\"7\"]");
  hashes = decode_log (hidden, (const char *[]){ TRANSFER, "0x" TO, NULL }, "0x" SEVEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hashes, ==, "[\"" TRANSFER "\",\"0x" TO "\",\"7\"]");

  g_assert_null (decode_log (event, (const char *[]){ NULL }, "0x" TO, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (decode_log (event, (const char *[]){ TRANSFER, "0x" TO, NULL }, "0x" TO, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (
      decode_log (event, (const char *[]){ "0x" TO, "0x" TO, "0x" SEVEN, NULL }, "0x" TO, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (decode_log (event, (const char *[]){ TRANSFER, TRANSFER, "0x" SEVEN, NULL },
                             "0x" TO, &error));
  evm_vectors_assert_refused (&error, "no address");
  g_assert_null (
      decode_log (event, (const char *[]){ TRANSFER, "0x" TO, "0x" SEVEN, NULL }, "0x", &error));
  evm_vectors_assert_refused (&error, "the data ends");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-signature/names-are-no-part-of-the-hash", test_hashes);
  g_test_add_func ("/abi-signature/what-is-no-signature-is-refused", test_refused);
  g_test_add_func ("/abi-signature/a-call-is-its-arguments-and-nothing-more", test_calls);
  g_test_add_func ("/abi-signature/logs-merge-topics-and-data", test_logs);
  return g_test_run ();
}
