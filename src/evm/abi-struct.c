/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-struct.h"

#include <string.h>

#include "base/error.h"

#define WORD_BYTES sizeof (GmHash)

static const struct
{
  GmAbiKind kind;
  guint64 most; /* of a number that has a smaller type in C */
} kinds[] = {
  [GM_ABI_FIELD_HASH] = { GM_ABI_FIXED_BYTES, 0 },
  [GM_ABI_FIELD_ADDRESS] = { GM_ABI_ADDRESS, 0 },
  [GM_ABI_FIELD_U256] = { GM_ABI_UINT, 0 },
  [GM_ABI_FIELD_U64] = { GM_ABI_UINT, G_MAXUINT64 },
  [GM_ABI_FIELD_UNITS] = { GM_ABI_UINT, G_MAXINT64 },
  [GM_ABI_FIELD_UINT] = { GM_ABI_UINT, G_MAXUINT },
  [GM_ABI_FIELD_BYTE] = { GM_ABI_UINT, G_MAXUINT8 },
  [GM_ABI_FIELD_BOOL] = { GM_ABI_BOOL, 0 },
  [GM_ABI_FIELD_TEXT] = { GM_ABI_STRING, 0 },
  [GM_ABI_FIELD_BYTES] = { GM_ABI_BYTES, 0 },
  [GM_ABI_FIELD_STRUCT] = { GM_ABI_TUPLE, 0 },
  [GM_ABI_FIELD_LIST] = { GM_ABI_ARRAY, 0 },
};

/* The field of member @i, NULL when the table has none. */
static const GmAbiField *
find_field (const GmAbiType *tuple, guint i, const GmAbiField *fields)
{
  const char *name = gm_abi_type_part (tuple, i)->name;

  for (guint j = 0; fields[j].name != NULL; j++)
    if (*fields[j].name != '\0' ? g_strcmp0 (fields[j].name, name) == 0 : j == i)
      return &fields[j];
  return NULL;
}

static gboolean
is_of_kind (const GmAbiType *type, const GmAbiField *field)
{
  if (field->kind == GM_ABI_FIELD_HASH)
    return (type->kind == GM_ABI_FIXED_BYTES && type->size == WORD_BYTES) ||
           (type->kind == GM_ABI_UINT && type->size == 8 * WORD_BYTES);
  if (type->kind != kinds[field->kind].kind)
    return FALSE;
  if (field->kind == GM_ABI_FIELD_STRUCT)
    return gm_abi_struct_fits (type, field->members);
  if (field->kind == GM_ABI_FIELD_LIST)
    return type->size == 0 && gm_abi_type_part (type, 0)->kind == GM_ABI_TUPLE &&
           gm_abi_struct_fits (gm_abi_type_part (type, 0), field->members);
  return TRUE;
}

gboolean
gm_abi_struct_fits (const GmAbiType *tuple, const GmAbiField *fields)
{
  guint n = 0;

  while (fields[n].name != NULL)
    n++;
  if (n != tuple->parts->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const GmAbiField *field = find_field (tuple, i, fields);

      if (field == NULL || !is_of_kind (gm_abi_type_part (tuple, i), field))
        return FALSE;
    }
  return TRUE;
}

static GmU256
get_number (const GmAbiField *field, gconstpointer at)
{
  if (field->kind == GM_ABI_FIELD_U256)
    return *(const GmU256 *) at;
  if (field->kind == GM_ABI_FIELD_UINT)
    return gm_u256_from_u64 (*(const guint *) at);
  if (field->kind == GM_ABI_FIELD_BYTE)
    return gm_u256_from_u64 (*(const guint8 *) at);
  return gm_u256_from_u64 (*(const guint64 *) at);
}

static GmAbiValue *
encode_number (const GmAbiType *type, const GmAbiField *field, gconstpointer at, GError **error)
{
  const GmU256 number = get_number (field, at);
  gsize above = WORD_BYTES - type->size / 8;
  GmHash word;

  gm_u256_to_be (&number, &word);
  for (gsize i = 0; i < above; i++)
    if (word.b[i] != 0)
      return gm_fail_null (error, GM_ERROR_BAD_DATA, "it is too large");
  if (field->kind == GM_ABI_FIELD_UNITS && *(const gint64 *) at < 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "it is less than nothing");
  return gm_abi_value_new_word (&word);
}

static GmAbiValue *
encode_list (const GmAbiType *type, const GmAbiField *field, const GArray *list, GError **error)
{
  g_autoptr (GmAbiValue) values = gm_abi_value_new_list ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      GmAbiValue *value = gm_abi_struct_encode (gm_abi_type_part (type, 0), field->members,
                                                list->data + i * field->size, error);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values->parts, value);
    }
  return g_steal_pointer (&values);
}

static GmAbiValue *
encode_bytes (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return gm_abi_value_new_bytes (data, length);
}

static GmAbiValue *
encode_field (const GmAbiType *type, const GmAbiField *field, gconstpointer at, GError **error)
{
  const char *text;
  GmHash word = { 0 };

  switch (field->kind)
    {
    case GM_ABI_FIELD_HASH: return gm_abi_value_new_word (at);
    case GM_ABI_FIELD_ADDRESS:
      memcpy (word.b + WORD_BYTES - sizeof (GmAddress), at, sizeof (GmAddress));
      return gm_abi_value_new_word (&word);
    case GM_ABI_FIELD_BOOL:
      word.b[WORD_BYTES - 1] = *(const gboolean *) at ? 1 : 0;
      return gm_abi_value_new_word (&word);
    case GM_ABI_FIELD_TEXT:
      text = *(char *const *) at != NULL ? *(char *const *) at : "";
      return gm_abi_value_new_bytes ((const guint8 *) text, strlen (text));
    case GM_ABI_FIELD_BYTES: return encode_bytes (*(GBytes *const *) at);
    case GM_ABI_FIELD_STRUCT: return gm_abi_struct_encode (type, field->members, at, error);
    case GM_ABI_FIELD_LIST: return encode_list (type, field, *(GArray *const *) at, error);
    case GM_ABI_FIELD_U256:
    case GM_ABI_FIELD_U64:
    case GM_ABI_FIELD_UNITS:
    case GM_ABI_FIELD_UINT:
    case GM_ABI_FIELD_BYTE:
    default: return encode_number (type, field, at, error);
    }
}

GmAbiValue *
gm_abi_struct_encode (const GmAbiType *tuple,
                      const GmAbiField *fields,
                      gconstpointer self,
                      GError **error)
{
  g_autoptr (GmAbiValue) values = gm_abi_value_new_list ();

  for (guint i = 0; i < tuple->parts->len; i++)
    {
      const GmAbiField *field = find_field (tuple, i, fields);
      GmAbiValue *value = encode_field (gm_abi_type_part (tuple, i), field,
                                        (const char *) self + field->offset, error);

      if (value == NULL)
        {
          g_prefix_error (error, "%s: ", field->name);
          return NULL;
        }
      g_ptr_array_add (values->parts, value);
    }
  return g_steal_pointer (&values);
}

static gboolean
decode_number (const GmAbiField *field, const GmHash *word, gpointer at, GError **error)
{
  const GmU256 number = gm_u256_from_be (word);
  guint64 small;

  if (field->kind == GM_ABI_FIELD_U256)
    {
      *(GmU256 *) at = number;
      return TRUE;
    }
  if (!gm_u256_to_u64 (&number, &small, error))
    return FALSE;
  if (small > kinds[field->kind].most)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%" G_GUINT64_FORMAT " is too large", small);
  if (field->kind == GM_ABI_FIELD_UINT)
    *(guint *) at = (guint) small;
  else if (field->kind == GM_ABI_FIELD_BYTE)
    *(guint8 *) at = (guint8) small;
  else
    *(guint64 *) at = small;
  return TRUE;
}

static gboolean
decode_list (const GmAbiType *type,
             const GmAbiField *field,
             const GmAbiValue *value,
             GArray **out,
             GError **error)
{
  GArray *list = g_array_sized_new (FALSE, TRUE, (guint) field->size, value->parts->len);

  *out = list; /* it is freed with the struct, whatever comes */
  for (guint i = 0; i < value->parts->len; i++)
    {
      g_array_set_size (list, i + 1);
      if (!gm_abi_struct_decode (gm_abi_type_part (type, 0), field->members, value->parts->pdata[i],
                                 list->data + i * field->size, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
decode_field (const GmAbiType *type,
              const GmAbiField *field,
              const GmAbiValue *value,
              gpointer at,
              GError **error)
{
  gsize length;
  const char *text;

  switch (field->kind)
    {
    case GM_ABI_FIELD_HASH: *(GmHash *) at = value->word; return TRUE;
    case GM_ABI_FIELD_ADDRESS:
      memcpy (at, value->word.b + WORD_BYTES - sizeof (GmAddress), sizeof (GmAddress));
      return TRUE;
    case GM_ABI_FIELD_BOOL: *(gboolean *) at = value->word.b[WORD_BYTES - 1] == 1; return TRUE;
    case GM_ABI_FIELD_TEXT:
      text = g_bytes_get_data (value->bytes, &length);
      if (length > 0 && memchr (text, '\0', length) != NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA, "text with NUL in it");
      *(char **) at = length > 0 ? g_strndup (text, length) : g_strdup ("");
      return TRUE;
    case GM_ABI_FIELD_BYTES: *(GBytes **) at = g_bytes_ref (value->bytes); return TRUE;
    case GM_ABI_FIELD_STRUCT: return gm_abi_struct_decode (type, field->members, value, at, error);
    case GM_ABI_FIELD_LIST: return decode_list (type, field, value, at, error);
    case GM_ABI_FIELD_U256:
    case GM_ABI_FIELD_U64:
    case GM_ABI_FIELD_UNITS:
    case GM_ABI_FIELD_UINT:
    case GM_ABI_FIELD_BYTE:
    default: return decode_number (field, &value->word, at, error);
    }
}

gboolean
gm_abi_struct_decode (const GmAbiType *tuple,
                      const GmAbiField *fields,
                      const GmAbiValue *value,
                      gpointer out,
                      GError **error)
{
  for (guint i = 0; i < tuple->parts->len; i++)
    {
      const GmAbiField *field = find_field (tuple, i, fields);

      if (!decode_field (gm_abi_type_part (tuple, i), field, value->parts->pdata[i],
                         (char *) out + field->offset, error))
        {
          g_prefix_error (error, "%s: ", field->name);
          return FALSE;
        }
    }
  return TRUE;
}

void
gm_abi_struct_clear (const GmAbiField *fields, gpointer self)
{
  for (; fields->name != NULL; fields++)
    {
      gpointer at = (char *) self + fields->offset;

      if (fields->kind == GM_ABI_FIELD_TEXT)
        g_clear_pointer ((char **) at, g_free);
      else if (fields->kind == GM_ABI_FIELD_BYTES)
        g_clear_pointer ((GBytes **) at, g_bytes_unref);
      else if (fields->kind == GM_ABI_FIELD_STRUCT)
        gm_abi_struct_clear (fields->members, at);
      else if (fields->kind == GM_ABI_FIELD_LIST && *(GArray **) at != NULL)
        {
          GArray *list = *(GArray **) at;

          for (guint i = 0; i < list->len; i++)
            gm_abi_struct_clear (fields->members, list->data + i * fields->size);
          g_clear_pointer ((GArray **) at, g_array_unref);
        }
    }
}
