/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-json.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "evm/abi-reader.h"
#include "evm/address.h"
#include "evm/typed-value.h"

static GmAbiValue *
parse_list (const GmAbiType *type, JsonNode *node, GError **error)
{
  g_autoptr (GmAbiValue) list = gm_abi_value_new_list ();
  guint expected = type->kind == GM_ABI_TUPLE ? type->parts->len : type->size;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "an array is expected");

  array = json_node_get_array (node);
  if ((expected > 0 || type->kind == GM_ABI_TUPLE) && json_array_get_length (array) != expected)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%u values, not %u",
                         json_array_get_length (array), expected);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      GmAbiValue *value = gm_abi_json_parse (gm_abi_type_part (type, i),
                                             json_array_get_element (array, i), error);

      if (value == NULL)
        {
          g_prefix_error (error, "value %u: ", i + 1);
          return NULL;
        }
      g_ptr_array_add (list->parts, value);
    }

  return g_steal_pointer (&list);
}

static GmAbiValue *
parse_bytes (const GmAbiType *type, JsonNode *node, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "text is expected");

  text = json_node_get_string (node);
  if (type->kind == GM_ABI_STRING)
    return gm_abi_value_new_bytes ((const guint8 *) text, strlen (text));
  if (!g_str_has_prefix (text, "0x"))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "bytes start with 0x");

  bytes = gm_hex_decode_bytes (text, GM_ABI_MAX_BYTES, error);
  if (bytes == NULL)
    return NULL;
  return gm_abi_value_new_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The words of the ABI are those of EIP-712. */
static GmAbiValue *
parse_word (const GmAbiType *type, JsonNode *node, GError **error)
{
  g_autofree char *name = type->kind == GM_ABI_FUNCTION ? g_strdup_printf ("bytes%u", type->size)
                                                        : gm_abi_type_dup_text (type);
  guint size;
  GmTypedValueEncode encode = gm_typed_value_find (name, &size);
  GmHash word;

  return encode (node, size, &word, error) ? gm_abi_value_new_word (&word) : NULL;
}

GmAbiValue *
gm_abi_json_parse (const GmAbiType *type, JsonNode *node, GError **error)
{
  if (type->parts != NULL)
    return parse_list (type, node, error);

  return type->dynamic ? parse_bytes (type, node, error) : parse_word (type, node, error);
}

/* Two's complement: a negative number is minus (its complement plus one). */
static char *
format_int (const GmHash *word)
{
  const GmU256 one = gm_u256_from_u64 (1);
  GmU256 value = gm_u256_from_be (word);
  g_autofree char *digits = NULL;

  if ((gint8) word->b[0] >= 0)
    return gm_u256_format (&value);

  for (guint i = 0; i < G_N_ELEMENTS (value.w); i++)
    value.w[i] = ~value.w[i];
  gm_u256_add (&value, &one, &value, NULL);
  digits = gm_u256_format (&value);
  return g_strconcat ("-", digits, NULL);
}

/* An event's value in its topics. */
static gboolean
is_hash_only (const GmAbiType *type, const GmAbiValue *value)
{
  return gm_abi_value_is_hashed (type) && value->bytes == NULL && value->parts == NULL;
}

char *
gm_abi_json_dup_text (const GmAbiType *type, const GmAbiValue *value)
{
  const guint8 *word = value->word.b;
  GmU256 number = gm_u256_from_be (&value->word);
  GmAddress address;
  gsize length;
  const guint8 *data;

  if (is_hash_only (type, value))
    return gm_hex_encode_0x (word, sizeof value->word.b);

  switch (type->kind)
    {
    case GM_ABI_UINT: return gm_u256_format (&number);
    case GM_ABI_INT: return format_int (&value->word);
    case GM_ABI_BOOL: return g_strdup (gm_u256_is_zero (&number) ? "false" : "true");
    case GM_ABI_ADDRESS:
      memcpy (address.b, word + sizeof value->word.b - sizeof address.b, sizeof address.b);
      return gm_address_dup_text (&address);
    case GM_ABI_FIXED_BYTES:
    case GM_ABI_FUNCTION: return gm_hex_encode_0x (word, type->size);
    case GM_ABI_BYTES:
    case GM_ABI_STRING:
      data = g_bytes_get_data (value->bytes, &length);
      return type->kind == GM_ABI_BYTES ? gm_hex_encode_0x (data, length)
             : length > 0               ? g_strndup ((const char *) data, length)
                                        : g_strdup (""); /* there @data is NULL */
    case GM_ABI_ARRAY:
    case GM_ABI_TUPLE:
    default: g_assert_not_reached ();
    }
}

JsonNode *
gm_abi_json_encode (const GmAbiType *type, const GmAbiValue *value)
{
  JsonNode *node = json_node_new (value->parts != NULL ? JSON_NODE_ARRAY : JSON_NODE_VALUE);
  g_autofree char *text = NULL;

  if (value->parts != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < value->parts->len; i++)
        json_array_add_element (
            array, gm_abi_json_encode (gm_abi_type_part (type, i), value->parts->pdata[i]));
      json_node_take_array (node, array);
      return node;
    }

  text = gm_abi_json_dup_text (type, value);
  if (type->kind == GM_ABI_BOOL)
    json_node_set_boolean (node, g_str_equal (text, "true"));
  else
    json_node_set_string (node, text);
  return node;
}
