/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/wire.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "evm/address.h"

/* Names the member in front of what a parser of values said. */
static gboolean
blame (const char *member, GError **error)
{
  g_prefix_error (error, "member “%s”: ", member);
  return FALSE;
}

gboolean
gm_wire_address (JsonObject *object, const char *member, GmAddress *out, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL)
    return FALSE;

  return gm_address_parse (text, out, error) || blame (member, error);
}

gboolean
gm_wire_signature (JsonObject *object, const char *member, GmSignature *out, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL)
    return FALSE;

  return gm_signature_parse (text, out, error) || blame (member, error);
}

static gboolean
parse_digits (const char *text, guint64 *out, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, out, &problem))
    return gm_fail (error, GM_ERROR_BAD_DATA, "not a number of at most 64 bits");

  return TRUE;
}

gboolean
gm_wire_uint (JsonObject *object, const char *member, guint64 *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 integer;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    return parse_digits (json_node_get_string (node), out, error) || blame (member, error);
  if (!gm_json_int (object, member, &integer, error))
    return FALSE;
  if (integer < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "member “%s” is negative", member);

  *out = (guint64) integer;
  return TRUE;
}

gboolean
gm_wire_count (JsonObject *object, const char *member, gint64 most, gint64 *out, GError **error)
{
  gint64 integer;

  if (!gm_json_int (object, member, &integer, error))
    return FALSE;
  if (integer < 0 || integer > most)
    return gm_fail (error, GM_ERROR_BAD_DATA, "member “%s” is out of range", member);

  *out = integer;
  return TRUE;
}

gboolean
gm_wire_chain_id (JsonObject *object, const char *member, guint64 *out, GError **error)
{
  gint64 integer;

  if (!gm_wire_count (object, member, GM_WIRE_MAX_INT, &integer, error))
    return FALSE;

  *out = (guint64) integer;
  return TRUE;
}

gboolean
gm_wire_is_version (JsonObject *object, gint64 version, GError **error)
{
  gint64 given;

  if (!gm_json_int (object, "v", &given, error))
    return FALSE;

  return given == version || gm_fail (error, GM_ERROR_BAD_DATA,
                                      "format version %" G_GINT64_FORMAT " is unknown", given);
}

GBytes *
gm_wire_bytes (JsonObject *object, const char *member, gsize max_bytes, GError **error)
{
  const char *text = gm_json_text (object, member, error);
  GBytes *bytes;

  if (text == NULL)
    return NULL;

  bytes = gm_hex_decode_bytes (text, max_bytes, error);
  if (bytes == NULL)
    blame (member, error);
  return bytes;
}

char *
gm_wire_dup_text (JsonObject *object, const char *member, gsize max_bytes, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL)
    return NULL;
  if (strlen (text) > max_bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "member “%s” is too long", member);

  return g_strdup (text);
}

static void
set_taken (JsonObject *object, const char *member, char *text)
{
  json_object_set_string_member (object, member, text);
  g_free (text);
}

void
gm_wire_set_hash (JsonObject *object, const char *member, const GmHash *value)
{
  set_taken (object, member, gm_hash_dup_hex (value));
}

void
gm_wire_set_address (JsonObject *object, const char *member, const GmAddress *value)
{
  set_taken (object, member, gm_address_dup_text (value));
}

void
gm_wire_set_uint (JsonObject *object, const char *member, guint64 value)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  json_object_set_string_member (object, member, digits);
}

void
gm_wire_set_signature (JsonObject *object, const char *member, const GmSignature *value)
{
  set_taken (object, member, gm_signature_dup_hex (value));
}

void
gm_wire_set_bytes (JsonObject *object, const char *member, GBytes *value)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (value, &length);

  set_taken (object, member, gm_hex_encode_0x (data, length));
}

GBytes *
gm_wire_encode (JsonObject *object, GmHash *hash)
{
  g_autoptr (JsonNode) node = gm_json_node_take (object);
  g_autoptr (GError) error = NULL;
  char *text = gm_json_canonical (node, &error);

  /* our encoders write texts and integers below 2^53 only */
  g_assert_no_error (error);
  if (hash != NULL)
    gm_hash_sha256 ((const guint8 *) text, strlen (text), hash);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
gm_wire_is_same (JsonObject *given, JsonObject *encoded, GError **error)
{
  g_autoptr (JsonNode) a = gm_json_node_take (json_object_ref (given));
  g_autoptr (JsonNode) b = gm_json_node_take (json_object_ref (encoded));
  g_autofree char *p = gm_json_canonical (a, error);
  g_autofree char *q = p != NULL ? gm_json_canonical (b, error) : NULL;

  if (q == NULL)
    return FALSE;

  return strcmp (p, q) == 0 ||
         gm_fail (error, GM_ERROR_BAD_DATA,
                  "it has members or spellings that the format does not have");
}
