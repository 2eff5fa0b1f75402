/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-error.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/abi-json.h"

#define WORD(digits) "000000000000000000000000000000000000000000000000000000000000" digits
#define PANIC        "0x4e487b71"

static GBytes *
encode_error (const char *text, const char *json)
{
  g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (text, NULL);
  g_autofree char *wrapped = g_strdup_printf ("{'value':%s}", json);
  g_autoptr (JsonObject) object = evm_vectors_json (wrapped);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAbiValue) value = gm_abi_json_parse (
      signature->inputs, json_object_get_member (object, "value"), &error);

  g_assert_no_error (error);
  return gm_abi_signature_encode_call (signature, value);
}

static void
test_sentences (void)
{
  static const struct
  {
    const char *hex, *sentence;
  } cases[] = {
    { "0x", "no reason given" },
    { PANIC WORD ("0001"), "assertion failed (panic 0x01)" },
    { PANIC WORD ("0011"), "arithmetic overflow (panic 0x11)" },
    { PANIC WORD ("0099"), "panic 153" },
    { PANIC WORD ("11"), "unknown error " PANIC }, /* 31 bytes */
    { "0x12345678", "unknown error 0x12345678" },
    { "0x12", "unknown error 0x12" },
    { "0x08c379a0", "unknown error 0x08c379a0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = evm_vectors_bytes (cases[i].hex);
      g_autofree char *sentence = gm_abi_error_dup_sentence (data, NULL);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

static void
test_reasons (void)
{
  static const struct
  {
    const char *json, *sentence;
  } cases[] = {
    { "['transfer amount exceeds balance']", "transfer amount exceeds balance" },
    { "['']", "no reason given" },
    { "['a\\nb\\u202ec\\u2028d\\u001b']", "a\357\277\275b\357\277\275c\357\277\275d\357\277\275" },
  };
  g_autofree char *many = g_strnfill (GM_ABI_ERROR_MAX_CHARS + 9, 'x');
  g_autofree char *json = g_strdup_printf ("['%s']", many);
  g_autoptr (GBytes) large = encode_error ("Error(string)", json);
  g_autofree char *cut = gm_abi_error_dup_sentence (large, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = encode_error ("Error(string)", cases[i].json);
      g_autofree char *sentence = gm_abi_error_dup_sentence (data, NULL);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, GM_ABI_ERROR_MAX_CHARS + 1);
}

static void
test_custom (void)
{
  g_autoptr (GmAbiSignature) plain = gm_abi_signature_parse ("Paused()", NULL);
  g_autoptr (GmAbiSignature) named = gm_abi_signature_parse (
      "NotForSale(uint256 listing,(bool,string why) state)", NULL);
  const GmAbiSignature *const known[] = { plain, named, NULL };
  g_autoptr (GBytes) paused = encode_error ("Paused()", "[]");
  g_autoptr (GBytes) sold = encode_error ("NotForSale(uint256,(bool,string))",
                                          "['7',[true,'gone\\t']]");
  g_autofree char *first = gm_abi_error_dup_sentence (paused, known);
  g_autofree char *second = gm_abi_error_dup_sentence (sold, known);

  g_assert_cmpstr (first, ==, "Paused()");
  g_assert_cmpstr (second, ==, "NotForSale(listing: 7, state: (true, why: gone\357\277\275))");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-error/every-revert-has-a-sentence", test_sentences);
  g_test_add_func ("/abi-error/a-stranger-s-text-is-tamed", test_reasons);
  g_test_add_func ("/abi-error/custom-errors-show-their-arguments", test_custom);
  return g_test_run ();
}
