/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/rpc-value.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("[%s]", json);
  g_autoptr (JsonNode) root = gm_json_parse (text, strlen (text), 1 << 20, &error);

  g_assert_no_error (error);
  return json_node_copy (json_array_get_element (json_node_get_array (root), 0));
}

static void
test_quantities_are_strict (void)
{
  static const char *const bad[] = { "\"0x\"",  "\"0x00\"", "\"0x01\"", "\"10\"", "10",  "null",
                                     "\"0xg\"", "\"\"",     "{}",       "[]",     "true" };
  g_autoptr (JsonNode) zero = parse ("\"0x0\"");
  g_autoptr (JsonNode) large = parse ("\"0xde0b6b3a7640000\"");
  guint64 value = 7;

  g_assert_true (gm_rpc_value_u64 (zero, &value, NULL));
  g_assert_cmpuint (value, ==, 0);
  g_assert_true (gm_rpc_value_u64 (large, &value, NULL));
  g_assert_cmpuint (value, ==, G_GUINT64_CONSTANT (1000000000000000000));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = parse (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_rpc_value_u64 (node, &value, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
  g_assert_cmpuint (value, ==, G_GUINT64_CONSTANT (1000000000000000000));
}

static void
test_a_quantity_is_written_as_it_is_read (void)
{
  static const char *const texts[] = { "0x0", "0x1", "0x10", "0xfffffffffffffffffffffffffff" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = g_strdup_printf ("\"%s\"", texts[i]);
      g_autoptr (JsonNode) node = parse (json);
      g_autofree char *again = NULL;
      GmU256 value;

      g_assert_true (gm_rpc_value_u256 (node, &value, NULL));
      again = gm_rpc_value_dup_quantity (&value);
      g_assert_cmpstr (again, ==, texts[i]);
    }
}

static void
test_bytes_have_a_limit (void)
{
  g_autoptr (JsonNode) node = parse ("\"0x010203\"");
  g_autoptr (JsonNode) odd = parse ("\"0x010\"");
  g_autoptr (GBytes) bytes = gm_rpc_value_bytes (node, 3, NULL);

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3);
  g_assert_null (gm_rpc_value_bytes (node, 2, NULL));
  g_assert_null (gm_rpc_value_bytes (odd, 2, NULL));
}

static void
test_a_refusal_says_what_can_be_done (void)
{
  static const struct
  {
    const char *json;
    GmErrorCode code;
    const char *words;
  } cases[] = {
    { "{\"code\":-32000,\"message\":\"insufficient funds for gas * price + value\"}",
      GM_ERROR_FUNDS, "node.example: insufficient funds for gas * price + value" },
    { "{\"code\":-32003,\"message\":\"Nonce too low\"}", GM_ERROR_CONFLICT,
      "node.example: Nonce too low" },
    { "{\"code\":-32005,\"message\":\"x\"}", GM_ERROR_OFFLINE, "node.example: x" },
    { "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0"
      "0000000000000000000000000000000000000000000000000000000000000020"
      "0000000000000000000000000000000000000000000000000000000000000004"
      "736f6c6400000000000000000000000000000000000000000000000000000000\"}",
      GM_ERROR_REMOTE, "the contract refuses: sold" },
    { "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x\"}", GM_ERROR_REMOTE,
      "the contract refuses without a reason" },
    { "{\"code\":\"a\",\"message\":[]}", GM_ERROR_REMOTE,
      "node.example: the node refuses without a reason" },
    { "\"no\"", GM_ERROR_REMOTE, "node.example: the node refuses without a reason" },
    { "{\"message\":\"a\\u001b[2J\\nb\"}", GM_ERROR_REMOTE, "node.example: a [2J b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].json);
      g_autoptr (GError) error = NULL;

      gm_rpc_value_set_refusal (node, "node.example", &error);
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].words);
    }
}

static void
test_a_node_says_that_it_has_it (void)
{
  static const struct
  {
    const char *words;
    gboolean known;
  } cases[] = {
    { "already known", TRUE },        { "Transaction already imported", TRUE },
    { "AlreadyKnown", TRUE },         { "Known transaction", TRUE },
    { "unknown transaction", FALSE }, { "nonce too low", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"message\":\"%s\"}", cases[i].words);
      g_autoptr (JsonNode) node = parse (json);
      g_autoptr (GError) error = NULL;

      gm_rpc_value_set_refusal (node, "node.example", &error);
      g_assert_cmpint (gm_rpc_value_is_known (error), ==, cases[i].known);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rpc-value/quantities-are-strict", test_quantities_are_strict);
  g_test_add_func ("/rpc-value/a-quantity-is-written-as-it-is-read",
                   test_a_quantity_is_written_as_it_is_read);
  g_test_add_func ("/rpc-value/bytes-have-a-limit", test_bytes_have_a_limit);
  g_test_add_func ("/rpc-value/a-refusal-says-what-can-be-done",
                   test_a_refusal_says_what_can_be_done);
  g_test_add_func ("/rpc-value/a-node-says-that-it-has-it", test_a_node_says_that_it_has_it);
  return g_test_run ();
}
