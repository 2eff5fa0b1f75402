/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-data.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "evm/keccak.h"
#include "evm/typed-value.h"

#define DOMAIN_TYPE "EIP712Domain"

/* Anything else could spell the text of another type. */
#define IDENTIFIER "\\A[A-Za-z_$][A-Za-z0-9_$]*+\\z"
#define BRACKETS   "\\A(?:\\[(?:[1-9][0-9]{0,8})?\\])*+\\z"

typedef struct
{
  JsonObject *types;
  GHashTable *type_hashes; /* name → GmHash of encodeType; a type in here was checked */
  guint depth;             /* of the value being encoded, 1 at the top */
} Encoder;

static gboolean
is_identifier (const char *text)
{
  return g_regex_match_simple (IDENTIFIER, text, G_REGEX_RAW, 0);
}

static JsonArray *
find_members (Encoder *self, const char *type, GError **error)
{
  guint size;

  if (!is_identifier (type) || gm_typed_value_find (type, &size) != NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%s” is no name of a struct", type);

  return gm_json_array (self->types, type, error);
}

static gboolean
read_member (JsonArray *members, guint i, const char **type, const char **name, GError **error)
{
  JsonNode *node = json_array_get_element (members, i);
  JsonObject *member = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (member == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a member of a type is {name, type}");

  *name = gm_json_text (member, "name", error);
  *type = *name != NULL ? gm_json_text (member, "type", error) : NULL;
  if (*type == NULL)
    return FALSE;
  if (!is_identifier (*name))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is no name of a member", *name);

  return g_regex_match_simple (BRACKETS, *type + strcspn (*type, "["), G_REGEX_RAW, 0) ||
         gm_fail (error, GM_ERROR_BAD_DATA, "“%s” is no array", *type);
}

/* Adds @type and the structs it is made of to the set @found. */
static gboolean
collect (Encoder *self, const char *type, GHashTable *found, GError **error)
{
  JsonArray *members = find_members (self, type, error);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (members == NULL)
    return FALSE;

  g_hash_table_add (found, g_strdup (type));
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      const char *member_type, *name;
      g_autofree char *base = NULL;
      guint size;

      if (!read_member (members, i, &member_type, &name, error))
        return FALSE;
      if (!g_hash_table_add (names, (gpointer) name))
        return gm_fail (error, GM_ERROR_BAD_DATA, "type %s has two members “%s”", type, name);

      base = g_strndup (member_type, strcspn (member_type, "["));
      if (gm_typed_value_find (base, &size) == NULL && !g_hash_table_contains (found, base) &&
          !collect (self, base, found, error))
        return FALSE;
    }

  return TRUE;
}

static void
append_type (Encoder *self, const char *type, GString *out)
{
  JsonArray *members = json_object_get_array_member (self->types, type);

  g_string_append_printf (out, "%s(", type);
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonObject *member = json_array_get_object_element (members, i);

      g_string_append_printf (out, "%s%s %s", i > 0 ? "," : "",
                              json_object_get_string_member (member, "type"),
                              json_object_get_string_member (member, "name"));
    }
  g_string_append_c (out, ')');
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* EIP-712, "Definition of encodeType": the type itself, then what it is made of by name. */
static char *
encode_type (Encoder *self, const char *type, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) others = NULL;
  GString *out;

  if (json_object_get_size (self->types) > GM_TYPED_DATA_MAX_TYPES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%u types, at most %d",
                         json_object_get_size (self->types), GM_TYPED_DATA_MAX_TYPES);
  if (!collect (self, type, found, error))
    return NULL;

  g_hash_table_remove (found, type);
  others = g_list_sort (g_hash_table_get_keys (found), by_name);

  out = g_string_new (NULL);
  append_type (self, type, out);
  for (GList *other = others; other != NULL; other = other->next)
    append_type (self, other->data, out);
  return g_string_free (out, FALSE);
}

static const GmHash *
find_type_hash (Encoder *self, const char *type, GError **error)
{
  GmHash *hash = g_hash_table_lookup (self->type_hashes, type);

  if (hash == NULL)
    {
      g_autofree char *text = encode_type (self, type, error);

      if (text == NULL)
        return NULL;
      hash = g_new (GmHash, 1);
      gm_keccak256_text (text, hash);
      g_hash_table_insert (self->type_hashes, g_strdup (type), hash);
    }

  return hash;
}

static gboolean
encode_struct (Encoder *self, const char *type, JsonObject *value, GmHash *out, GError **error);
static gboolean
encode_value (Encoder *self, const char *type, JsonNode *node, GmHash *word, GError **error);

/* keccak256 of the elements one after the other. */
static gboolean
encode_array (Encoder *self, const char *type, JsonNode *node, GmHash *word, GError **error)
{
  const char *brackets = strrchr (type, '['); /* the last ones are the outermost */
  g_autofree char *element_type = g_strndup (type, (gsize) (brackets - type));
  g_autoptr (GByteArray) words = g_byte_array_new ();
  guint64 expected = g_ascii_strtoull (brackets + 1, NULL, 10); /* 0: any number */
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "an array is expected");

  array = json_node_get_array (node);
  if (expected != 0 && json_array_get_length (array) != expected)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%u elements in %s", json_array_get_length (array),
                    type);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      GmHash element;

      if (!encode_value (self, element_type, json_array_get_element (array, i), &element, error))
        return FALSE;
      g_byte_array_append (words, element.b, sizeof element.b);
    }

  gm_keccak256 (words->data, words->len, word);
  return TRUE;
}

static gboolean
encode_nested (Encoder *self, const char *type, JsonNode *node, GmHash *word, GError **error)
{
  if (g_str_has_suffix (type, "]"))
    return encode_array (self, type, node, word, error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "an object is expected");

  return encode_struct (self, type, json_node_get_object (node), word, error);
}

static gboolean
encode_value (Encoder *self, const char *type, JsonNode *node, GmHash *word, GError **error)
{
  guint size;
  GmTypedValueEncode encode = gm_typed_value_find (type, &size);
  gboolean encoded;

  if (encode != NULL)
    return encode (node, size, word, error);
  if (self->depth == GM_TYPED_DATA_MAX_DEPTH)
    return gm_fail (error, GM_ERROR_BAD_DATA, "deeper than %d levels", GM_TYPED_DATA_MAX_DEPTH);

  self->depth++;
  encoded = encode_nested (self, type, node, word, error);
  self->depth--;
  return encoded;
}

static gboolean
has_member (JsonArray *members, const char *name)
{
  for (guint i = 0; i < json_array_get_length (members); i++)
    if (g_str_equal (
            json_object_get_string_member (json_array_get_object_element (members, i), "name"),
            name))
      return TRUE;

  return FALSE;
}

/* Nothing is signed unseen. */
static gboolean
check_no_more (const char *type, JsonArray *members, JsonObject *value, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  if (json_object_get_size (value) == json_array_get_length (members))
    return TRUE; /* all declared ones are there, and no two are the same */

  json_object_iter_init (&iter, value);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!has_member (members, name))
      break;
  return gm_fail (error, GM_ERROR_BAD_DATA, "type %s has no member “%s”", type, name);
}

/* hashStruct: keccak256 of the type's hash and one word for each member. */
static gboolean
encode_struct (Encoder *self, const char *type, JsonObject *value, GmHash *out, GError **error)
{
  const GmHash *type_hash = find_type_hash (self, type, error);
  g_autoptr (GByteArray) words = g_byte_array_new ();
  JsonArray *members;

  if (type_hash == NULL)
    return FALSE;

  g_byte_array_append (words, type_hash->b, sizeof type_hash->b);
  members = json_object_get_array_member (self->types, type);
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonObject *member = json_array_get_object_element (members, i);
      const char *name = json_object_get_string_member (member, "name");
      JsonNode *node = json_object_get_member (value, name);
      GmHash word;

      if (node == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA, "%s: member “%s” is missing", type, name);
      if (!encode_value (self, json_object_get_string_member (member, "type"), node, &word, error))
        {
          g_prefix_error (error, "%s.%s: ", type, name);
          return FALSE;
        }
      g_byte_array_append (words, word.b, sizeof word.b);
    }
  if (!check_no_more (type, members, value, error))
    return FALSE;

  gm_keccak256 (words->data, words->len, out);
  return TRUE;
}

gboolean
gm_typed_data_struct (JsonObject *types,
                      const char *type,
                      JsonObject *message,
                      GmHash *out,
                      GError **error)
{
  g_autoptr (GHashTable) type_hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                              g_free);
  Encoder self = { .types = types, .type_hashes = type_hashes, .depth = 1 };

  return encode_struct (&self, type, message, out, error);
}

char *
gm_typed_data_encode_type (JsonObject *types, const char *type, GError **error)
{
  Encoder self = { .types = types };

  return encode_type (&self, type, error);
}

gboolean
gm_typed_data_domain (JsonObject *typed_data, GmHash *separator, GError **error)
{
  JsonObject *types = gm_json_object (typed_data, "types", error);
  JsonObject *domain = types != NULL ? gm_json_object (typed_data, "domain", error) : NULL;

  return domain != NULL && gm_typed_data_struct (types, DOMAIN_TYPE, domain, separator, error);
}

gboolean
gm_typed_data_digest (JsonObject *typed_data, GmHash *out, GError **error)
{
  guint8 preimage[2 + 2 * sizeof out->b] = { 0x19, 0x01 };
  const char *type = gm_json_text (typed_data, "primaryType", error);
  JsonObject *message = type != NULL ? gm_json_object (typed_data, "message", error) : NULL;
  GmHash separator, hash;

  if (message == NULL)
    return FALSE;
  if (g_str_equal (type, DOMAIN_TYPE)) /* others sign the domain alone here, and no message */
    return gm_fail (error, GM_ERROR_BAD_DATA, "a domain is not a message");
  if (!gm_typed_data_domain (typed_data, &separator, error) ||
      !gm_typed_data_struct (gm_json_object (typed_data, "types", NULL), type, message, &hash,
                             error))
    return FALSE;

  memcpy (preimage + 2, separator.b, sizeof separator.b);
  memcpy (preimage + 2 + sizeof separator.b, hash.b, sizeof hash.b);
  gm_keccak256 (preimage, sizeof preimage, out);
  return TRUE;
}
