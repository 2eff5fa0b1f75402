/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-signature.h"

#include <string.h>

#include "base/error.h"
#include "evm/abi-decoder.h"
#include "evm/keccak.h"

#define ANONYMOUS " anonymous"

void
gm_abi_signature_free (GmAbiSignature *self)
{
  if (self == NULL)
    return;

  gm_abi_type_free (self->inputs);
  g_free (self->name);
  g_free (self);
}

char *
gm_abi_signature_dup_text (const GmAbiSignature *self)
{
  g_autofree char *inputs = gm_abi_type_dup_text (self->inputs);

  return g_strconcat (self->name, inputs, NULL);
}

GmAbiSignature *
gm_abi_signature_parse (const char *text, GError **error)
{
  g_autoptr (GmAbiSignature) self = g_new0 (GmAbiSignature, 1);
  gsize length = strcspn (text, "(");
  g_autofree char *inputs = g_strdup (text + length);
  g_autofree char *canonical = NULL;

  if (!gm_abi_type_is_identifier (text, length))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI signature: no name in “%.40s”", text);
  if (g_str_has_suffix (inputs, ANONYMOUS))
    {
      self->anonymous = TRUE;
      inputs[strlen (inputs) - strlen (ANONYMOUS)] = '\0';
    }

  self->name = g_strndup (text, length);
  self->inputs = gm_abi_type_parse (inputs, error);
  if (self->inputs == NULL)
    return NULL;
  if (self->inputs->kind != GM_ABI_TUPLE)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI signature: no list in “%.40s”", text);

  canonical = gm_abi_signature_dup_text (self);
  gm_keccak256_text (canonical, &self->hash);
  return g_steal_pointer (&self);
}

GBytes *
gm_abi_signature_encode_call (const GmAbiSignature *self, const GmAbiValue *inputs)
{
  g_autoptr (GBytes) values = gm_abi_value_encode (self->inputs, inputs);
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, self->hash.b, GM_ABI_SELECTOR_BYTES);
  g_byte_array_append (out, g_bytes_get_data (values, NULL), (guint) g_bytes_get_size (values));
  return g_byte_array_free_to_bytes (out);
}

gboolean
gm_abi_signature_is_call (const GmAbiSignature *self, GBytes *data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);

  return length >= GM_ABI_SELECTOR_BYTES &&
         memcmp (bytes, self->hash.b, GM_ABI_SELECTOR_BYTES) == 0;
}

GmAbiValue *
gm_abi_signature_decode_call (const GmAbiSignature *self, GBytes *data, GError **error)
{
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GmAbiValue) inputs = NULL;

  if (!gm_abi_signature_is_call (self, data))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "the data is no call of %s", self->name);

  rest = g_bytes_new_from_bytes (data, GM_ABI_SELECTOR_BYTES,
                                 g_bytes_get_size (data) - GM_ABI_SELECTOR_BYTES);
  inputs = gm_abi_decode (self->inputs, rest, error);
  if (inputs == NULL)
    {
      g_prefix_error (error, "%s: ", self->name);
      return NULL;
    }

  again = gm_abi_signature_encode_call (self, inputs);
  if (!g_bytes_equal (again, data))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%s: the data has more than its arguments",
                         self->name);

  return g_steal_pointer (&inputs);
}

/* The type of what the log's data has: every member that is not indexed. */
static GmAbiType *
dup_data_type (const GmAbiSignature *self, GError **error)
{
  g_autoptr (GString) text = g_string_new ("(");

  for (guint i = 0; i < self->inputs->parts->len; i++)
    {
      const GmAbiType *part = self->inputs->parts->pdata[i];
      g_autofree char *name = gm_abi_type_dup_text (part);

      if (!part->indexed)
        g_string_append_printf (text, "%s%s", text->len > 1 ? "," : "", name);
    }
  g_string_append_c (text, ')');
  return gm_abi_type_parse (text->str, error);
}

static guint
count_indexed (const GmAbiSignature *self)
{
  guint n = 0;

  for (guint i = 0; i < self->inputs->parts->len; i++)
    n += ((const GmAbiType *) self->inputs->parts->pdata[i])->indexed ? 1 : 0;
  return n;
}

static GmAbiValue *
decode_topic (const GmAbiType *type, const GmHash *topic, GError **error)
{
  return gm_abi_value_is_hashed (type) ? gm_abi_value_new_word (topic)
                                       : gm_abi_decode_word (type, topic, error);
}

/* Topics and data in the order of the members; takes the values out of @unindexed. */
static GmAbiValue *
merge (const GmAbiSignature *self, const GmHash *topics, GmAbiValue *unindexed, GError **error)
{
  g_autoptr (GmAbiValue) values = gm_abi_value_new_list ();

  for (guint i = 0; i < self->inputs->parts->len; i++)
    {
      const GmAbiType *part = self->inputs->parts->pdata[i];
      GmAbiValue *value = part->indexed ? decode_topic (part, topics++, error)
                                        : g_ptr_array_steal_index (unindexed->parts, 0);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values->parts, value);
    }

  return g_steal_pointer (&values);
}

GmAbiValue *
gm_abi_signature_decode_log (const GmAbiSignature *self,
                             const GmHash *topics,
                             guint n_topics,
                             GBytes *data,
                             GError **error)
{
  guint first = self->anonymous ? 0 : 1;
  g_autoptr (GmAbiType) type = NULL;
  g_autoptr (GmAbiValue) unindexed = NULL;
  g_autoptr (GBytes) again = NULL;

  if (n_topics != first + count_indexed (self) ||
      (first == 1 && !gm_hash_equal (&topics[0], &self->hash)))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "the log is no %s", self->name);

  type = dup_data_type (self, error);
  unindexed = type != NULL ? gm_abi_decode (type, data, error) : NULL;
  if (unindexed == NULL)
    {
      g_prefix_error (error, "%s: ", self->name);
      return NULL;
    }

  again = gm_abi_value_encode (type, unindexed);
  if (!g_bytes_equal (again, data))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%s: the data has more than its values",
                         self->name);
  return merge (self, topics + first, unindexed, error);
}
