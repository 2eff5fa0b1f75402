/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-value.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/u256.h"
#include "evm/address.h"
#include "evm/keccak.h"

#define MAX_BYTES        (1024 * 1024)                        /* of one value */
#define MAX_SAFE_INTEGER G_GINT64_CONSTANT (9007199254740991) /* 2^53 - 1 (RFC 7493) */

static const char *
text_of (JsonNode *node, GError **error)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "text is expected");

  return json_node_get_string (node);
}

static gboolean
read_integer (JsonNode *node, gboolean *negative, GmU256 *magnitude, GError **error)
{
  const char *text;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 value = json_node_get_int (node);

      if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER)
        return gm_fail (error, GM_ERROR_BAD_DATA, "an integer above 53 bits must be text");
      *negative = value < 0;
      *magnitude = gm_u256_from_u64 ((guint64) ABS (value));
      return TRUE;
    }

  text = text_of (node, error);
  if (text == NULL)
    return FALSE;

  *negative = *text == '-';
  if (*negative && (text[1] == '0' || !g_ascii_isdigit (text[1])))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is not a whole number", text);
  return gm_u256_parse (*negative ? text + 1 : text, magnitude, error);
}

/* @value < 2^@bits */
static gboolean
fits (const GmU256 *value, guint bits)
{
  GmU256 limit = { 0 };

  if (bits == 256)
    return TRUE;

  limit.w[bits / 64] = G_GUINT64_CONSTANT (1) << (bits % 64);
  return gm_u256_compare (value, &limit) < 0;
}

static gboolean
encode_uint (JsonNode *node, guint bits, GmHash *word, GError **error)
{
  gboolean negative;
  GmU256 value;

  if (!read_integer (node, &negative, &value, error))
    return FALSE;
  if (negative || !fits (&value, bits))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the number does not fit uint%u", bits);

  gm_u256_to_be (&value, word);
  return TRUE;
}

static gboolean
encode_int (JsonNode *node, guint bits, GmHash *word, GError **error)
{
  const GmU256 one = gm_u256_from_u64 (1);
  gboolean negative;
  GmU256 value;

  if (!read_integer (node, &negative, &value, error))
    return FALSE;
  if (negative) /* -n is the complement of n - 1, and both have the same room */
    gm_u256_subtract (&value, &one, &value, NULL);
  if (!fits (&value, bits - 1))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the number does not fit int%u", bits);

  for (guint i = 0; negative && i < G_N_ELEMENTS (value.w); i++)
    value.w[i] = ~value.w[i];
  gm_u256_to_be (&value, word);
  return TRUE;
}

static gboolean
encode_bool (JsonNode *node, guint size, GmHash *word, GError **error)
{
  GmU256 value;

  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return gm_fail (error, GM_ERROR_BAD_DATA, "true or false is expected");

  value = gm_u256_from_u64 (json_node_get_boolean (node) ? 1 : 0);
  gm_u256_to_be (&value, word);
  return TRUE;
}

static gboolean
encode_address (JsonNode *node, guint size, GmHash *word, GError **error)
{
  const char *text = text_of (node, error);
  GmAddress address;

  if (text == NULL || !gm_address_parse (text, &address, error))
    return FALSE;

  memset (word->b, 0, sizeof word->b);
  memcpy (word->b + sizeof word->b - sizeof address.b, address.b, sizeof address.b);
  return TRUE;
}

static GBytes *
read_bytes (JsonNode *node, GError **error)
{
  const char *text = text_of (node, error);

  if (text == NULL)
    return NULL;
  if (!g_str_has_prefix (text, "0x"))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "bytes start with 0x");

  return gm_hex_decode_bytes (text, MAX_BYTES, error);
}

static gboolean
encode_fixed_bytes (JsonNode *node, guint size, GmHash *word, GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (node, error);

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) != size)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%" G_GSIZE_FORMAT " bytes, not %u",
                    g_bytes_get_size (bytes), size);

  memset (word->b, 0, sizeof word->b);
  memcpy (word->b, g_bytes_get_data (bytes, NULL), size);
  return TRUE;
}

static gboolean
encode_bytes (JsonNode *node, guint size, GmHash *word, GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (node, error);

  if (bytes == NULL)
    return FALSE;

  gm_keccak256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), word);
  return TRUE;
}

static gboolean
encode_text (JsonNode *node, guint size, GmHash *word, GError **error)
{
  const char *text = text_of (node, error);

  if (text == NULL)
    return FALSE;

  gm_keccak256_text (text, word);
  return TRUE;
}

static const struct
{
  const char *name;
  guint step, most; /* of the number after the name; 0 when there is none */
  GmTypedValueEncode encode;
} atoms[] = {
  { "uint", 8, 256, encode_uint },        { "int", 8, 256, encode_int },
  { "bytes", 1, 32, encode_fixed_bytes }, { "bytes", 0, 0, encode_bytes },
  { "bool", 0, 0, encode_bool },          { "address", 0, 0, encode_address },
  { "string", 0, 0, encode_text },
};

GmTypedValueEncode
gm_typed_value_find (const char *type, guint *size)
{
  for (guint i = 0; i < G_N_ELEMENTS (atoms); i++)
    {
      const char *rest = type + strlen (atoms[i].name);
      guint64 number = 0;

      if (!g_str_has_prefix (type, atoms[i].name))
        continue;
      if (atoms[i].step == 0
              ? *rest == '\0'
              : *rest != '0' &&
                    g_ascii_string_to_unsigned (rest, 10, 1, atoms[i].most, &number, NULL) &&
                    number % atoms[i].step == 0)
        {
          *size = (guint) number;
          return atoms[i].encode;
        }
    }

  return NULL;
}
