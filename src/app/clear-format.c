/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/clear-format.h"

#include <gio/gio.h>
#include <string.h>

#include "app/clear-words.h"
#include "base/error.h"
#include "base/json.h"

#define FOLDER    GM_APP_PATH GM_CLEAR_FORMAT_FOLDER
#define ENUM_ROOT "$.metadata.enums."

static const struct
{
  const char *name;
  const char *param; /* (nullable) that it must have */
} kinds[] = {
  [GM_CLEAR_RAW] = { "raw", NULL },
  [GM_CLEAR_AMOUNT] = { "amount", NULL },
  [GM_CLEAR_TOKEN_AMOUNT] = { "tokenAmount", "tokenPath" },
  [GM_CLEAR_DATE] = { "date", "encoding" },
  [GM_CLEAR_ADDRESS] = { "addressName", NULL },
  [GM_CLEAR_ASSET] = { "nftName", "collectionPath" },
  [GM_CLEAR_ENUM] = { "enum", "$ref" },
};

static void
field_free (gpointer data)
{
  GmClearField *field = data;

  g_free (field->path);
  g_free (field->label);
  g_clear_pointer (&field->choices, g_hash_table_unref);
  g_free (field);
}

void
gm_clear_format_free (GmClearFormat *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_clear_pointer (&self->type, gm_abi_signature_free);
  g_free (self->domain_name);
  g_free (self->domain_version);
  g_free (self->intent);
  g_free (self->sentence);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static void
format_free (gpointer data)
{
  gm_clear_format_free (data);
}

/* What is not understood may change the meaning of the rest. */
static gboolean
has_only (JsonObject *object, const char *const *known, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      return gm_fail (error, GM_ERROR_BAD_DATA, "a descriptor has no member “%s”", name);
  return TRUE;
}

/* NULL without an error when it is absent. */
static gboolean
read_optional (JsonObject *object, const char *member, char **out, GError **error)
{
  const char *text;

  if (!json_object_has_member (object, member))
    return TRUE;
  text = gm_json_text (object, member, error);
  g_free (*out);
  *out = g_strdup (text);
  return text != NULL;
}

static char *
read_words (JsonObject *object, const char *member, GError **error)
{
  const char *text = gm_json_text (object, member, error);

  if (text == NULL)
    return NULL;
  if (gm_clear_words_find (text) == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%s” is in no language", text);
  return g_strdup (text);
}

static const GmAbiType *
type_at (const GmClearFormat *self, int place)
{
  return place >= 0 ? gm_abi_type_part (self->type->inputs, (guint) place) : NULL;
}

static gboolean
find_place (const GmClearFormat *self, const char *path, int *out, GError **error)
{
  GPtrArray *members = self->type->inputs->parts;

  if (g_str_equal (path, "@.to"))
    {
      *out = GM_CLEAR_AT_TO;
      return TRUE;
    }
  if (self->is_call && g_str_equal (path, "@.value"))
    {
      *out = GM_CLEAR_AT_VALUE;
      return TRUE;
    }
  for (guint i = 0; i < members->len; i++)
    if (g_strcmp0 (gm_abi_type_part (self->type->inputs, i)->name, path) == 0)
      {
        *out = (int) i;
        return TRUE;
      }
  return gm_fail (error, GM_ERROR_BAD_DATA, "%s has no “%s”", self->type->name, path);
}

static GmAbiKind
kind_at (const GmClearFormat *self, int place)
{
  const GmAbiType *type = type_at (self, place);

  if (type == NULL)
    return place == GM_CLEAR_AT_TO ? GM_ABI_ADDRESS : GM_ABI_UINT;
  return type->kind;
}

static gboolean
fits (const GmClearFormat *self, const GmClearField *field)
{
  GmAbiKind kind = kind_at (self, field->place);

  switch (field->kind)
    {
    case GM_CLEAR_AMOUNT:
    case GM_CLEAR_TOKEN_AMOUNT:
    case GM_CLEAR_DATE: return kind == GM_ABI_UINT;
    case GM_CLEAR_ADDRESS: return kind == GM_ABI_ADDRESS;
    case GM_CLEAR_ASSET: return kind == GM_ABI_FIXED_BYTES;
    case GM_CLEAR_RAW:
    case GM_CLEAR_ENUM:
    default: return kind != GM_ABI_ARRAY && kind != GM_ABI_TUPLE && field->place >= 0;
    }
}

static gboolean
read_address_place (const GmClearFormat *self, const char *path, int *out, GError **error)
{
  if (!find_place (self, path, out, error))
    return FALSE;
  return kind_at (self, *out) == GM_ABI_ADDRESS ||
         gm_fail (error, GM_ERROR_BAD_DATA, "“%s” of %s is no address", path, self->type->name);
}

static gboolean
read_limit (GmClearField *field, JsonObject *params, GError **error)
{
  g_autofree char *words = NULL;
  const char *text;

  if (!json_object_has_member (params, "threshold"))
    return TRUE;
  text = gm_json_text (params, "threshold", error);
  words = text != NULL ? read_words (params, "message", error) : NULL;
  return words != NULL && gm_u256_parse (text, &field->limit, error);
}

/* "types": what kind of address it must be; one of two that we hold to. */
static gboolean
read_who (GmClearField *field, JsonObject *params, GError **error)
{
  JsonArray *types = gm_json_array (params, "types", error);
  const char *type;

  if (types == NULL)
    return FALSE;
  if (json_array_get_length (types) != 1 ||
      json_node_get_value_type (json_array_get_element (types, 0)) != G_TYPE_STRING)
    return gm_fail (error, GM_ERROR_BAD_DATA, "“types” is a list of one name");

  type = json_array_get_string_element (types, 0);
  field->who = g_str_equal (type, "wallet") ? GM_CLEAR_WALLET : GM_CLEAR_CONTRACT;
  return field->who == GM_CLEAR_WALLET || g_str_equal (type, "contract") ||
         gm_fail (error, GM_ERROR_BAD_DATA, "no address is a “%s”", type);
}

static gboolean
read_choices (GmClearField *field, JsonObject *metadata, const char *ref, GError **error)
{
  JsonObject *enums = metadata != NULL ? gm_json_object (metadata, "enums", error) : NULL;
  JsonObject *choices;
  JsonObjectIter iter;
  const char *value;

  if (metadata == NULL || !g_str_has_prefix (ref, ENUM_ROOT))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is not here", ref);
  choices = enums != NULL ? gm_json_object (enums, ref + strlen (ENUM_ROOT), error) : NULL;
  if (choices == NULL)
    return FALSE;

  field->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, choices);
  while (json_object_iter_next (&iter, &value, NULL))
    {
      char *words = read_words (choices, value, error);

      if (words == NULL)
        return FALSE;
      g_hash_table_insert (field->choices, g_strdup (value), words);
    }
  return TRUE;
}

static gboolean
read_params (const GmClearFormat *self,
             GmClearField *field,
             JsonObject *params,
             JsonObject *metadata,
             GError **error)
{
  static const char *const known[] = { "tokenPath", "threshold",      "message", "encoding",
                                       "types",     "collectionPath", "$ref",    NULL };
  const char *needed = kinds[field->kind].param;
  const char *text = needed != NULL ? gm_json_text (params, needed, error) : NULL;
  int place;

  if ((needed != NULL && text == NULL) || !has_only (params, known, error))
    return FALSE;

  switch (field->kind)
    {
    case GM_CLEAR_TOKEN_AMOUNT:
      return read_address_place (self, text, &field->token, error) &&
             read_limit (field, params, error);
    case GM_CLEAR_DATE:
      return g_str_equal (text, "timestamp") ||
             gm_fail (error, GM_ERROR_BAD_DATA, "a date is no “%s”", text);
    case GM_CLEAR_ASSET: return read_address_place (self, text, &place, error);
    case GM_CLEAR_ENUM: return read_choices (field, metadata, text, error);
    case GM_CLEAR_ADDRESS:
      return !json_object_has_member (params, "types") || read_who (field, params, error);
    case GM_CLEAR_RAW:
    case GM_CLEAR_AMOUNT:
    default: return TRUE;
    }
}

static gboolean
read_kind (GmClearField *field, JsonObject *object, GError **error)
{
  const char *name = gm_json_text (object, "format", error);

  if (name == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        field->kind = (GmClearKind) i;
        return TRUE;
      }
  return gm_fail (error, GM_ERROR_BAD_DATA, "no format is called “%s”", name);
}

static gboolean
read_shown (const GmClearFormat *self,
            GmClearField *field,
            JsonObject *object,
            JsonObject *metadata,
            GError **error)
{
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *params = none;

  field->label = read_words (object, "label", error);
  if (field->label == NULL || !read_kind (field, object, error))
    return FALSE;
  if (json_object_has_member (object, "params"))
    params = gm_json_object (object, "params", error);
  if (params == NULL || !read_params (self, field, params, metadata, error))
    return FALSE;
  return fits (self, field) || gm_fail (error, GM_ERROR_BAD_DATA, "“%s” cannot be shown as %s",
                                        field->path, kinds[field->kind].name);
}

static gboolean
read_field (GmClearFormat *self, JsonNode *node, JsonObject *metadata, GError **error)
{
  static const char *const known[] = { "path", "label", "format", "params", "visible", NULL };
  GmClearField *field = g_new0 (GmClearField, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path;

  g_ptr_array_add (self->fields, field);
  if (object == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a field is no object");
  path = gm_json_text (object, "path", error);
  if (path == NULL || !has_only (object, known, error) ||
      !find_place (self, path, &field->place, error))
    return FALSE;

  field->path = g_strdup (path);
  if (!json_object_has_member (object, "visible"))
    return read_shown (self, field, object, metadata, error);
  return g_strcmp0 (gm_json_text (object, "visible", NULL), "never") == 0 ||
         gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is visible or it never is", path);
}

static gboolean
check_all_named (const GmClearFormat *self, GError **error)
{
  for (guint member = 0; member < self->type->inputs->parts->len; member++)
    {
      gboolean named = FALSE;

      for (guint i = 0; i < self->fields->len; i++)
        named = named || ((const GmClearField *) self->fields->pdata[i])->place == (int) member;
      if (!named)
        return gm_fail (error, GM_ERROR_BAD_DATA, "member %u of %s has no field", member + 1,
                        self->type->name);
    }
  return TRUE;
}

/* Each {path} is a visible field. */
static gboolean
check_sentence (const GmClearFormat *self, GError **error)
{
  const char *at = self->sentence;

  while (at != NULL && (at = strchr (at, '{')) != NULL)
    {
      g_autofree char *path = g_strndup (at + 1, strcspn (at + 1, "}"));

      if (gm_clear_format_find_field (self, path) == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA, "a sentence with “%s”, which is no field", path);
      at++;
    }
  return TRUE;
}

static gboolean
read_format (GmClearFormat *self, JsonObject *object, JsonObject *metadata, GError **error)
{
  static const char *const known[] = { "intent", "interpolatedIntent", "fields", NULL };
  JsonArray *fields = gm_json_array (object, "fields", error);

  if (fields == NULL || !has_only (object, known, error))
    return FALSE;
  self->intent = read_words (object, "intent", error);
  if (self->intent == NULL)
    return FALSE;
  if (json_object_has_member (object, "interpolatedIntent"))
    {
      self->sentence = read_words (object, "interpolatedIntent", error);
      if (self->sentence == NULL)
        return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (fields); i++)
    if (!read_field (self, json_array_get_element (fields, i), metadata, error))
      return FALSE;
  return check_all_named (self, error) && check_sentence (self, error);
}

static gboolean
read_domain (GmClearFormat *self, JsonObject *eip712, GError **error)
{
  static const char *const known[] = { "domain", NULL };
  static const char *const parts[] = { "name", "version", NULL };
  JsonObject *domain;

  if (eip712 == NULL || !has_only (eip712, known, error))
    return FALSE;
  if (!json_object_has_member (eip712, "domain"))
    return TRUE;
  domain = gm_json_object (eip712, "domain", error);
  return domain != NULL && has_only (domain, parts, error) &&
         read_optional (domain, "name", &self->domain_name, error) &&
         read_optional (domain, "version", &self->domain_version, error);
}

static gboolean
read_context (GmClearFormat *self, JsonObject *context, GError **error)
{
  static const char *const known[] = { "$id", "eip712", "contract", NULL };
  static const char *const nothing[] = { NULL };
  JsonObject *contract;

  if (!has_only (context, known, error))
    return FALSE;
  self->is_call = json_object_has_member (context, "contract");
  if (self->is_call == json_object_has_member (context, "eip712"))
    return gm_fail (error, GM_ERROR_BAD_DATA, "a descriptor is of messages or of calls");
  if (!self->is_call)
    return read_domain (self, gm_json_object (context, "eip712", error), error);
  contract = gm_json_object (context, "contract", error);
  return contract != NULL && has_only (contract, nothing, error);
}

typedef struct
{
  JsonObject *context, *metadata; /* the second may be NULL */
  JsonObject *formats;
} Parts;

static gboolean
find_parts (JsonObject *root, Parts *out, GError **error)
{
  static const char *const known[] = { "$schema", "context", "metadata", "display", NULL };
  static const char *const told[] = { "owner", "enums", NULL };
  static const char *const shown[] = { "formats", NULL };
  JsonObject *display = gm_json_object (root, "display", error);

  if (display == NULL || !has_only (root, known, error) || !has_only (display, shown, error))
    return FALSE;
  if (json_object_has_member (root, "metadata"))
    {
      out->metadata = gm_json_object (root, "metadata", error);
      if (out->metadata == NULL || !has_only (out->metadata, told, error))
        return FALSE;
    }
  out->context = gm_json_object (root, "context", error);
  out->formats = out->context != NULL ? gm_json_object (display, "formats", error) : NULL;
  return out->formats != NULL;
}

static GmClearFormat *
parse_format (const Parts *parts, const char *key, GError **error)
{
  g_autoptr (GmClearFormat) self = g_new0 (GmClearFormat, 1);
  JsonObject *object = gm_json_object (parts->formats, key, error);

  if (object == NULL)
    return NULL;
  self->key = g_strdup (key);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->type = gm_abi_signature_parse (key, error);
  if (self->type == NULL || !read_context (self, parts->context, error) ||
      !read_format (self, object, parts->metadata, error))
    {
      g_prefix_error (error, "%s: ", key);
      return NULL;
    }
  return g_steal_pointer (&self);
}

GPtrArray *
gm_clear_format_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonObject) root = gm_json_parse_object (json, GM_CLEAR_FORMAT_MAX_BYTES, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (format_free);
  Parts parts = { 0 };
  JsonObjectIter iter;
  const char *key;

  if (root == NULL || !find_parts (root, &parts, error))
    return NULL;
  json_object_iter_init (&iter, parts.formats);
  while (json_object_iter_next (&iter, &key, NULL))
    {
      GmClearFormat *format = parse_format (&parts, key, error);

      if (format == NULL)
        return NULL;
      g_ptr_array_add (list, format);
    }
  return g_steal_pointer (&list);
}

/* What one of them cannot say is not known, and so a danger: nothing worse. The tests read all. */
static GPtrArray *
load_all (void)
{
  GPtrArray *all = g_ptr_array_new ();
  g_auto (GStrv) names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                         NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) json = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GPtrArray) formats = json != NULL ? gm_clear_format_parse (json, NULL) : NULL;

      if (formats != NULL)
        g_ptr_array_extend_and_steal (all, g_steal_pointer (&formats));
    }
  return all;
}

static const GPtrArray *
get_all (void)
{
  static gsize all;

  if (g_once_init_enter (&all))
    g_once_init_leave (&all, (gsize) load_all ());
  return (const GPtrArray *) all;
}

static gboolean
is_said (JsonObject *domain, const char *member, const char *expected)
{
  return expected == NULL || g_strcmp0 (gm_json_text (domain, member, NULL), expected) == 0;
}

const GmClearFormat *
gm_clear_format_find_message (const char *encode_type, JsonObject *domain)
{
  const GPtrArray *all = get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      const GmClearFormat *format = all->pdata[i];

      if (!format->is_call && g_str_equal (format->key, encode_type) &&
          is_said (domain, "name", format->domain_name) &&
          is_said (domain, "version", format->domain_version))
        return format;
    }
  return NULL;
}

const GmClearFormat *
gm_clear_format_find_call (GBytes *data)
{
  const GPtrArray *all = get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      const GmClearFormat *format = all->pdata[i];
      gboolean is_plain = g_str_equal (format->key, "receive()");

      if (format->is_call &&
          (is_plain ? g_bytes_get_size (data) == 0 : gm_abi_signature_is_call (format->type, data)))
        return format;
    }
  return NULL;
}

const GmClearField *
gm_clear_format_find_field (const GmClearFormat *self, const char *path)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const GmClearField *field = self->fields->pdata[i];

      if (field->label != NULL && g_strcmp0 (field->path, path) == 0)
        return field;
    }
  return NULL;
}
