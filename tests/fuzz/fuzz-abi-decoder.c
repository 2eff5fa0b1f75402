/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-decoder.h"

#include <string.h>

#include "evm/abi-error.h"
#include "evm/abi-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A type has one text without names, and that text the same type. */
static void
check_type (const GmAbiType *type)
{
  g_autofree char *text = gm_abi_type_dup_text (type);
  g_autoptr (GmAbiType) again = gm_abi_type_parse (text, NULL);
  g_autofree char *same = gm_abi_type_dup_text (again);

  g_assert_cmpstr (text, ==, same);
  g_assert_cmpuint (type->head_bytes, ==, again->head_bytes);
}

/* What was read encodes to a form that reads as the same values, no longer than the data was when
 * all tails are padded. */
static void
check_value (const GmAbiType *type, const GmAbiValue *value)
{
  g_autoptr (GBytes) encoded = gm_abi_value_encode (type, value);
  g_autoptr (GmAbiValue) again = gm_abi_decode (type, encoded, NULL);
  g_autoptr (GBytes) same = gm_abi_value_encode (type, again);
  g_autoptr (JsonNode) node = gm_abi_json_encode (type, value);
  g_autoptr (GmAbiValue) from_json = gm_abi_json_parse (type, node, NULL);
  g_autoptr (GBytes) third = from_json != NULL ? gm_abi_value_encode (type, from_json) : NULL;
  GmHash topic;

  g_assert_true (g_bytes_equal (encoded, same));
  g_assert_nonnull (third);
  g_assert_true (g_bytes_equal (encoded, third));
  gm_abi_value_topic (type, value, &topic);
  if (type->kind == GM_ABI_TUPLE)
    {
      g_autoptr (GBytes) packed = gm_abi_value_encode_packed (type, value, NULL);

      g_assert_true (packed == NULL || g_bytes_get_size (packed) <= g_bytes_get_size (encoded));
    }
}

/* A line with the type, then the data. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *text = end != NULL ? g_strndup ((const char *) data, end - data) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAbiType) type = text != NULL ? gm_abi_type_parse (text, &error) : NULL;
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GmAbiValue) value = NULL;
  g_autofree char *sentence = NULL;

  if (type == NULL)
    return 0;

  check_type (type);
  rest = g_bytes_new (end + 1, size - (end + 1 - data));
  value = gm_abi_decode (type, rest, &error);
  g_assert_true ((value != NULL) == (error == NULL));
  if (value != NULL)
    check_value (type, value);
  sentence = gm_abi_error_dup_sentence (rest, NULL);
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  return 0;
}
