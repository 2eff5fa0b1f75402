/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"

#define MAX_BYTES (64 * 1024) /* of one GM_FIELD_BYTES in JSON */

static inline gpointer
member (gconstpointer record, const GmField *field)
{
  return G_STRUCT_MEMBER_P (record, field->offset);
}

static void
clear_field (const GmField *field, gpointer p)
{
  switch (field->type)
    {
    case GM_FIELD_TEXT: g_free (*(char **) p); break;
    case GM_FIELD_LIST: g_strfreev (*(char ***) p); break;
    case GM_FIELD_BYTES: g_clear_pointer ((GBytes **) p, g_bytes_unref); break;
    case GM_FIELD_INT:
    case GM_FIELD_BOOL:
    case GM_FIELD_UNITS:
    default: break;
    }
}

void
gm_record_free (const GmRecordType *type, gpointer record)
{
  if (record == NULL)
    return;

  for (guint i = 0; i < type->n_fields; i++)
    clear_field (&type->fields[i], member (record, &type->fields[i]));
  g_free (record);
}

static char **
list_from_json (JsonArray *array, GError **error)
{
  guint n = json_array_get_length (array);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (n > GM_RECORD_MAX_LIST)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%u entries, at most %d", n, GM_RECORD_MAX_LIST);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING ||
          strlen (json_node_get_string (node)) > GM_RECORD_MAX_TEXT)
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "entry %u is not a text or too long", i);
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

static gboolean
units_from_text (const char *text, gint64 *out, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.32s” is not a number of units", text);

  *out = (gint64) value;
  return TRUE;
}

static GType
json_type (GmFieldType type)
{
  switch (type)
    {
    case GM_FIELD_INT: return G_TYPE_INT64;
    case GM_FIELD_BOOL: return G_TYPE_BOOLEAN;
    case GM_FIELD_LIST: return JSON_TYPE_ARRAY;
    case GM_FIELD_TEXT:
    case GM_FIELD_UNITS:
    case GM_FIELD_BYTES:
    default: return G_TYPE_STRING;
    }
}

static gboolean
set_from_node (const GmField *field, gpointer p, JsonNode *node, GError **error)
{
  const char *text = NULL;

  if (json_node_get_value_type (node) != json_type (field->type))
    return gm_fail (error, GM_ERROR_BAD_DATA, "of another type");
  if (json_type (field->type) == G_TYPE_STRING)
    text = json_node_get_string (node);

  switch (field->type)
    {
    case GM_FIELD_INT: *(gint64 *) p = json_node_get_int (node); return TRUE;
    case GM_FIELD_BOOL: *(gboolean *) p = json_node_get_boolean (node); return TRUE;
    case GM_FIELD_UNITS: return units_from_text (text, p, error);
    case GM_FIELD_LIST:
      *(char ***) p = list_from_json (json_node_get_array (node), error);
      return *(char ***) p != NULL;
    case GM_FIELD_BYTES:
      *(GBytes **) p = gm_hex_decode_bytes (text, MAX_BYTES, error);
      return *(GBytes **) p != NULL;
    case GM_FIELD_TEXT:
    default:
      if (strlen (text) > GM_RECORD_MAX_TEXT)
        return gm_fail (error, GM_ERROR_BAD_DATA, "longer than %d bytes", GM_RECORD_MAX_TEXT);
      *(char **) p = g_strdup (text);
      return TRUE;
    }
}

gpointer
gm_record_from_json (const GmRecordType *type, JsonObject *object, GError **error)
{
  gpointer record = g_malloc0 (type->size);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];
      JsonNode *node;
      gboolean absent;

      if (field->flags & GM_FIELD_NO_JSON)
        continue;
      node = json_object_get_member (object, field->json);
      absent = node == NULL || JSON_NODE_HOLDS_NULL (node);
      if (absent && field->flags & GM_FIELD_OPTIONAL)
        continue;
      if (absent ? !gm_fail (error, GM_ERROR_BAD_DATA, "missing")
                 : !set_from_node (field, member (record, field), node, error))
        {
          g_prefix_error (error, "%s: member “%s”: ", type->name, field->json);
          gm_record_free (type, record);
          return NULL;
        }
    }

  return record;
}

static JsonNode *
list_to_json (char **list)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  json_node_set_array (node, array);
  return node;
}

static JsonNode *
text_node (char *text) /* takes @text */
{
  JsonNode *node = json_node_init_string (json_node_alloc (), text);

  g_free (text);
  return node;
}

static JsonNode *
bytes_node (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return text_node (gm_hex_encode_0x (data, length));
}

static JsonNode *
node_from_field (const GmField *field, gpointer p)
{
  switch (field->type)
    {
    case GM_FIELD_INT: return json_node_init_int (json_node_alloc (), *(gint64 *) p);
    case GM_FIELD_BOOL: return json_node_init_boolean (json_node_alloc (), *(gboolean *) p);
    case GM_FIELD_UNITS: return text_node (g_strdup_printf ("%" G_GINT64_FORMAT, *(gint64 *) p));
    case GM_FIELD_LIST: return list_to_json (*(char ***) p);
    case GM_FIELD_BYTES: return *(GBytes **) p != NULL ? bytes_node (*(GBytes **) p) : NULL;
    case GM_FIELD_TEXT:
    default: return *(char **) p != NULL ? text_node (g_strdup (*(char **) p)) : NULL;
    }
}

JsonObject *
gm_record_to_json (const GmRecordType *type, gconstpointer record)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];
      JsonNode *node;

      if (field->flags & GM_FIELD_NO_JSON)
        continue;
      node = node_from_field (field, member (record, field));
      if (node != NULL)
        json_object_set_member (object, field->json, node);
    }

  return object;
}

static gboolean
list_from_column (const GmValue *value, char ***out)
{
  g_autoptr (JsonNode) node = NULL;

  if (value->kind == GM_VALUE_NULL)
    {
      *out = g_new0 (char *, 1);
      return TRUE;
    }

  node = json_from_string (value->data, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  *out = list_from_json (json_node_get_array (node), NULL);
  return *out != NULL;
}

static gboolean
set_from_column (const GmField *field, gpointer p, const GmValue *value)
{
  gboolean text = value->kind == GM_VALUE_TEXT;
  gboolean null = value->kind == GM_VALUE_NULL;

  switch (field->type)
    {
    case GM_FIELD_INT:
    case GM_FIELD_UNITS: *(gint64 *) p = value->integer; return null || value->kind == GM_VALUE_INT;
    case GM_FIELD_BOOL:
      *(gboolean *) p = value->integer != 0;
      return null || value->kind == GM_VALUE_INT;
    case GM_FIELD_LIST: return (null || text) && list_from_column (value, p);
    case GM_FIELD_BYTES:
      if (value->kind == GM_VALUE_BYTES)
        *(GBytes **) p = g_bytes_new (value->data, value->length);
      return null || value->kind == GM_VALUE_BYTES;
    case GM_FIELD_TEXT:
    default:
      if (text)
        *(char **) p = g_strndup (value->data, value->length);
      return null || text;
    }
}

gpointer
gm_record_from_row (const GmRecordType *type, GmColumnReader read, gpointer row, GError **error)
{
  gpointer record = g_malloc0 (type->size);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];
      GmValue value;

      if (field->flags & GM_FIELD_NO_ROW)
        continue;
      if (!read (row, field->column, &value) ||
          (value.kind == GM_VALUE_NULL && !(field->flags & GM_FIELD_OPTIONAL) &&
           field->type == GM_FIELD_TEXT) ||
          !set_from_column (field, member (record, field), &value))
        {
          gm_record_free (type, record);
          return gm_fail_null (error, GM_ERROR_BAD_DATA,
                               "%s: column “%s” is missing or of another type", type->name,
                               field->column);
        }
    }

  return record;
}

static GmValue
value_of (const GmField *field, gpointer p, GPtrArray *keep)
{
  switch (field->type)
    {
    case GM_FIELD_INT:
    case GM_FIELD_UNITS: return gm_value_int (*(gint64 *) p);
    case GM_FIELD_BOOL: return gm_value_int (*(gboolean *) p != FALSE);
    case GM_FIELD_BYTES: return gm_value_gbytes (*(GBytes **) p);
    case GM_FIELD_LIST:
      {
        g_autoptr (JsonNode) node = list_to_json (*(char ***) p);
        char *text = json_to_string (node, FALSE);

        g_ptr_array_add (keep, text);
        return gm_value_text (text);
      }
    case GM_FIELD_TEXT:
    default: return gm_value_text (*(char **) p);
    }
}

guint
gm_record_values (const GmRecordType *type,
                  gconstpointer record,
                  GmValue *values,
                  guint n_values,
                  GPtrArray *keep)
{
  guint n = 0;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];

      if (field->flags & GM_FIELD_NO_ROW)
        continue;
      g_assert (n < n_values);
      values[n++] = value_of (field, member (record, field), keep);
    }

  return n;
}

char *
gm_record_columns (const GmRecordType *type)
{
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint i = 0; i < type->n_fields; i++)
    if (!(type->fields[i].flags & GM_FIELD_NO_ROW))
      g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "",
                              type->fields[i].column);

  return g_string_free (g_steal_pointer (&columns), FALSE);
}

/* Never REPLACE: it deletes the row, and its children with it. */
char *
gm_record_upsert (const GmRecordType *type)
{
  g_autofree char *columns = gm_record_columns (type);
  g_autoptr (GString) holes = g_string_new (NULL);
  g_autoptr (GString) sets = g_string_new (NULL);
  const char *key = NULL;
  guint n = 0;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const char *column = type->fields[i].column;

      if (type->fields[i].flags & GM_FIELD_NO_ROW)
        continue;
      g_string_append_printf (holes, "%s?%u", n > 0 ? ", " : "", n + 1);
      if (n == 0)
        key = column;
      else
        g_string_append_printf (sets, "%s%s = excluded.%s", n > 1 ? ", " : "", column, column);
      n++;
    }

  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s",
                          type->name, columns, holes->str, key, sets->str);
}

gpointer
gm_record_copy (const GmRecordType *type, gconstpointer record)
{
  gpointer copy = g_malloc0 (type->size);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];
      gpointer from = member (record, field);
      gpointer to = member (copy, field);

      switch (field->type)
        {
        case GM_FIELD_INT:
        case GM_FIELD_UNITS: *(gint64 *) to = *(gint64 *) from; break;
        case GM_FIELD_BOOL: *(gboolean *) to = *(gboolean *) from; break;
        case GM_FIELD_LIST: *(char ***) to = g_strdupv (*(char ***) from); break;
        case GM_FIELD_BYTES:
          *(GBytes **) to = *(GBytes **) from != NULL ? g_bytes_ref (*(GBytes **) from) : NULL;
          break;
        case GM_FIELD_TEXT:
        default: *(char **) to = g_strdup (*(char **) from); break;
        }
    }

  return copy;
}

static gboolean
lists_equal (char **a, char **b)
{
  static char *none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none),
                       (const char *const *) (b != NULL ? b : none));
}

static gboolean
bytes_equal (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

gboolean
gm_record_equal (const GmRecordType *type, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const GmField *field = &type->fields[i];
      gpointer p = member (a, field);
      gpointer q = member (b, field);
      gboolean equal;

      switch (field->type)
        {
        case GM_FIELD_INT:
        case GM_FIELD_UNITS: equal = *(gint64 *) p == *(gint64 *) q; break;
        case GM_FIELD_BOOL: equal = !*(gboolean *) p == !*(gboolean *) q; break;
        case GM_FIELD_LIST: equal = lists_equal (*(char ***) p, *(char ***) q); break;
        case GM_FIELD_BYTES: equal = bytes_equal (*(GBytes **) p, *(GBytes **) q); break;
        case GM_FIELD_TEXT:
        default: equal = g_strcmp0 (*(char **) p, *(char **) q) == 0; break;
        }
      if (!equal)
        return FALSE;
    }

  return TRUE;
}

/* What a class bound to a record type has to remember. */
typedef struct
{
  const GmRecordType *type;
  gsize offset;
} Bound;

static GQuark
bound_quark (void)
{
  return g_quark_from_static_string ("gm-record");
}

void
gm_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const Bound *bound = g_type_get_qdata (pspec->owner_type, bound_quark ());
  gconstpointer record = G_STRUCT_MEMBER (gpointer, object, bound->offset);
  const GmField *field = &bound->type->fields[id - 1];
  gpointer p;

  if (record == NULL)
    return;

  p = member (record, field);
  switch (field->type)
    {
    case GM_FIELD_INT:
    case GM_FIELD_UNITS: g_value_set_int64 (value, *(gint64 *) p); break;
    case GM_FIELD_BOOL: g_value_set_boolean (value, *(gboolean *) p); break;
    case GM_FIELD_LIST: g_value_set_boxed (value, *(char ***) p); break;
    case GM_FIELD_BYTES: g_value_set_boxed (value, *(GBytes **) p); break;
    case GM_FIELD_TEXT:
    default: g_value_set_string (value, *(char **) p); break;
    }
}

static GParamSpec *
pspec_for (const GmField *field)
{
  const GParamFlags flags = G_PARAM_READABLE; /* names not static: GLib turns _ into - */
  const char *name = field->column;

  switch (field->type)
    {
    case GM_FIELD_INT:
    case GM_FIELD_UNITS:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case GM_FIELD_BOOL: return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case GM_FIELD_LIST: return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
    case GM_FIELD_BYTES: return g_param_spec_boxed (name, NULL, NULL, G_TYPE_BYTES, flags);
    case GM_FIELD_TEXT:
    default: return g_param_spec_string (name, NULL, NULL, NULL, flags);
    }
}

void
gm_record_install_properties (const GmRecordType *type, GObjectClass *klass, gsize offset)
{
  Bound *bound = g_new (Bound, 1); /* lives as long as the class */

  bound->type = type;
  bound->offset = offset;
  g_type_set_qdata (G_OBJECT_CLASS_TYPE (klass), bound_quark (), bound);

  klass->get_property = gm_record_get_property;
  for (guint i = 0; i < type->n_fields; i++)
    g_object_class_install_property (klass, i + 1, pspec_for (&type->fields[i]));
}
