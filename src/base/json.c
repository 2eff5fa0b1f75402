/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <string.h>

#include "base/error.h"
#include "base/json-check.h"

/* json_object_set_member() replaces, so a repeated member shows as fewer members than were read. */
typedef struct
{
  GArray *members; /* of guint: read so far, per open object */
  gboolean repeated;
} Count;

static void
on_object_start (JsonParser *parser, Count *count)
{
  const guint none = 0;

  g_array_append_val (count->members, none);
}

static void
on_object_member (JsonParser *parser, JsonObject *object, const char *name, Count *count)
{
  g_array_index (count->members, guint, count->members->len - 1)++;
}

static void
on_object_end (JsonParser *parser, JsonObject *object, Count *count)
{
  guint read = g_array_index (count->members, guint, count->members->len - 1);

  count->repeated |= read != json_object_get_size (object);
  g_array_set_size (count->members, count->members->len - 1);
}

static JsonNode *
parse_checked (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) problem = NULL;
  Count count = { .members = g_array_new (FALSE, FALSE, sizeof (guint)) };
  gboolean read;

  g_signal_connect (parser, "object-start", G_CALLBACK (on_object_start), &count);
  g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member), &count);
  g_signal_connect (parser, "object-end", G_CALLBACK (on_object_end), &count);
  read = json_parser_load_from_data (parser, text, (gssize) length, &problem);
  g_array_unref (count.members);

  if (!read)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "JSON: %s", problem->message);
  if (count.repeated)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "JSON: a member is given twice");

  return json_parser_steal_root (parser);
}

JsonNode *
gm_json_parse (const char *text, gsize length, gsize max_bytes, GError **error)
{
  if (length > max_bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "JSON: %" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT, length,
                         max_bytes);
  if (!g_utf8_validate_len (text, length, NULL))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "JSON: not UTF-8");
  if (!gm_json_check (text, length, error))
    return NULL;

  return parse_checked (text, length, error);
}

JsonObject *
gm_json_parse_object (GBytes *text, gsize max_bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonNode) node = gm_json_parse (data != NULL ? data : "", length, max_bytes, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "JSON: an object is expected");

  return json_node_dup_object (node);
}

/* RFC 8785 sorts by UTF-16 code units: a supplementary character counts as its lead surrogate. */
static gunichar
first_unit (gunichar character)
{
  return character >= 0x10000 ? 0xd800 + ((character - 0x10000) >> 10) : character;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const char *p = *(const char *const *) a;
  const char *q = *(const char *const *) b;

  while (*p != '\0' && *q != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      gunichar d = g_utf8_get_char (q);

      if (c != d)
        return first_unit (c) != first_unit (d) ? (first_unit (c) < first_unit (d) ? -1 : 1)
                                                : (c < d ? -1 : 1);
      p = g_utf8_next_char (p);
      q = g_utf8_next_char (q);
    }

  return (*p != '\0') - (*q != '\0');
}

static void
write_string (GString *out, const char *text)
{
  static const char short_escapes[] = "\b\t\n\f\r\"\\";
  static const char letters[] = "btnfr\"\\";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *escape = strchr (short_escapes, *p);

      if (escape != NULL)
        g_string_append_printf (out, "\\%c", letters[escape - short_escapes]);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static gboolean write_node (GString *out, JsonNode *node, GError **error);

static gboolean
write_object (GString *out, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_members);

  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      if (i > 0)
        g_string_append_c (out, ',');
      write_string (out, name);
      g_string_append_c (out, ':');
      if (!write_node (out, json_object_get_member (object, name), error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
write_array (GString *out, JsonArray *array, GError **error)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!write_node (out, json_array_get_element (array, i), error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
write_value (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING: write_string (out, json_node_get_string (node)); return TRUE;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      return TRUE;
    case G_TYPE_INT64:
      if (ABS (json_node_get_int (node)) > GM_JSON_MAX_INTEGER)
        return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: an integer above 53 bits must be text");
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      return TRUE;
    default: return gm_fail (error, GM_ERROR_BAD_DATA, "JSON: numbers are integers here");
    }
}

static gboolean
write_node (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT: return write_object (out, json_node_get_object (node), error);
    case JSON_NODE_ARRAY: return write_array (out, json_node_get_array (node), error);
    case JSON_NODE_VALUE: return write_value (out, node, error);
    case JSON_NODE_NULL:
    default: g_string_append (out, "null"); return TRUE;
    }
}

char *
gm_json_canonical (JsonNode *node, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!write_node (out, node, error))
    return NULL;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
gm_json_hash (JsonNode *node, GmHash *sha256, GError **error)
{
  g_autofree char *text = gm_json_canonical (node, error);

  if (text == NULL)
    return FALSE;

  gm_hash_sha256 ((const guint8 *) text, strlen (text), sha256);
  return TRUE;
}

static JsonNode *
member_of (JsonObject *object, const char *member, GType type, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || json_node_get_value_type (node) != type)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "member “%s” is missing or of another type",
                         member);

  return node;
}

const char *
gm_json_text (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = member_of (object, member, G_TYPE_STRING, error);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
gm_json_int (JsonObject *object, const char *member, gint64 *out, GError **error)
{
  JsonNode *node = member_of (object, member, G_TYPE_INT64, error);

  if (node == NULL)
    return FALSE;

  *out = json_node_get_int (node);
  return TRUE;
}

JsonObject *
gm_json_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = member_of (object, member, JSON_TYPE_OBJECT, error);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
gm_json_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = member_of (object, member, JSON_TYPE_ARRAY, error);

  return node != NULL ? json_node_get_array (node) : NULL;
}

gboolean
gm_json_hash_member (JsonObject *object, const char *member, GmHash *out, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL)
    return FALSE;
  if (!gm_hash_parse (text, out, error))
    {
      g_prefix_error (error, "member “%s”: ", member);
      return FALSE;
    }
  return TRUE;
}

JsonNode *
gm_json_node_take (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}
