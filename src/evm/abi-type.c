/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-type.h"

#include <string.h>

#include "base/error.h"

#define WORD_BYTES     32
#define FUNCTION_BYTES 24

typedef struct
{
  const char *at;
  guint depth, parts; /* around what is read, and read so far */
} Parser;

static const struct
{
  const char *name;
  GmAbiKind kind;
  guint step, most; /* of the number after the name; 0 when there is none */
  guint size;       /* without a number */
} atoms[] = {
  { "uint", GM_ABI_UINT, 8, 256, 256 },
  { "int", GM_ABI_INT, 8, 256, 256 },
  { "bool", GM_ABI_BOOL, 0, 0, 8 },
  { "address", GM_ABI_ADDRESS, 0, 0, 160 },
  { "bytes", GM_ABI_BYTES, 1, 32, 0 },
  { "string", GM_ABI_STRING, 0, 0, 0 },
  { "function", GM_ABI_FUNCTION, 0, 0, FUNCTION_BYTES },
};

void
gm_abi_type_free (GmAbiType *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

const GmAbiType *
gm_abi_type_part (const GmAbiType *self, guint i)
{
  return self->parts->pdata[self->kind == GM_ABI_ARRAY ? 0 : i];
}

static gsize
identifier_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]) || text[length] == '_' || text[length] == '$')
    length++;
  return g_ascii_isdigit (text[0]) ? 0 : length;
}

gboolean
gm_abi_type_is_identifier (const char *text, gsize length)
{
  return length > 0 && identifier_length (text) == length;
}

/* The number after an atom's name, which has @length digits. */
static gboolean
parse_size (const char *digits, gsize length, guint step, guint most, guint *size)
{
  g_autofree char *number = g_strndup (digits, length);
  guint64 value;

  if (step == 0 || digits[0] == '0' ||
      !g_ascii_string_to_unsigned (number, 10, 1, most, &value, NULL) || value % step != 0)
    return FALSE;

  *size = (guint) value;
  return TRUE;
}

static GmAbiType *
new_atom (GmAbiKind kind, guint size)
{
  GmAbiType *self = g_new0 (GmAbiType, 1);

  self->kind = kind;
  self->size = size;
  self->dynamic = kind == GM_ABI_BYTES || kind == GM_ABI_STRING;
  self->head_bytes = WORD_BYTES;
  return self;
}

static GmAbiType *
parse_atom (Parser *parser, GError **error)
{
  gsize length = identifier_length (parser->at);

  for (guint i = 0; i < G_N_ELEMENTS (atoms); i++)
    {
      gsize stem = strlen (atoms[i].name);
      guint size = atoms[i].size;
      GmAbiKind kind = atoms[i].kind;

      if (length < stem || strncmp (parser->at, atoms[i].name, stem) != 0)
        continue;
      if (length > stem &&
          !parse_size (parser->at + stem, length - stem, atoms[i].step, atoms[i].most, &size))
        continue;

      if (kind == GM_ABI_BYTES && length > stem)
        kind = GM_ABI_FIXED_BYTES;
      parser->at += length;
      return new_atom (kind, size);
    }

  return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI type: “%.40s” is no type", parser->at);
}

static gboolean
too_deep (GError **error)
{
  return gm_fail (error, GM_ERROR_BAD_DATA, "ABI type: deeper than %d levels",
                  GM_ABI_TYPE_MAX_DEPTH);
}

/* What an array or a tuple is and takes, from its parts. */
static gboolean
settle (GmAbiType *self, GError **error)
{
  gsize sum = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const GmAbiType *part = self->parts->pdata[i];

      self->dynamic |= part->dynamic;
      self->depth = MAX (self->depth, 1 + part->depth);
      sum += part->head_bytes;
    }
  if (self->depth > GM_ABI_TYPE_MAX_DEPTH)
    return too_deep (error);
  if (self->kind == GM_ABI_ARRAY)
    {
      self->dynamic |= self->size == 0;
      sum *= MAX (self->size, 1);
    }
  if (sum > GM_ABI_TYPE_MAX_HEAD)
    return gm_fail (error, GM_ERROR_BAD_DATA, "ABI type: larger than %d bytes",
                    GM_ABI_TYPE_MAX_HEAD);

  self->head_bytes = self->dynamic ? WORD_BYTES : sum;
  return TRUE;
}

static GmAbiType *
new_nest (GmAbiKind kind, guint size)
{
  GmAbiType *self = g_new0 (GmAbiType, 1);

  self->kind = kind;
  self->size = size;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_abi_type_free);
  return self;
}

/* "[]" or "[k]" after @element. */
static GmAbiType *
parse_array (Parser *parser, GmAbiType *element, GError **error)
{
  g_autoptr (GmAbiType) self = new_nest (GM_ABI_ARRAY, 0);
  const char *digits = parser->at + 1;
  gsize length = strspn (digits, "0123456789");

  g_ptr_array_add (self->parts, element);
  if (digits[length] != ']' ||
      (length > 0 &&
       !parse_size (digits, length, 1, GM_ABI_TYPE_MAX_HEAD / WORD_BYTES, &self->size)))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI type: “%.40s” is no array", parser->at);
  if (!settle (self, error))
    return NULL;

  parser->at = digits + length + 1;
  return g_steal_pointer (&self);
}

static GmAbiType *parse_type (Parser *parser, GError **error);

static void
skip_spaces (Parser *parser)
{
  while (*parser->at == ' ')
    parser->at++;
}

static char *
parse_word (Parser *parser)
{
  gsize length;
  const char *start;

  skip_spaces (parser);
  start = parser->at;
  length = identifier_length (start);
  parser->at += length;
  return length > 0 ? g_strndup (start, length) : NULL;
}

/* A type, then perhaps "indexed", then perhaps a name. */
static GmAbiType *
parse_member (Parser *parser, GError **error)
{
  g_autoptr (GmAbiType) member = NULL;

  skip_spaces (parser);
  member = parse_type (parser, error);
  if (member == NULL)
    return NULL;

  member->name = parse_word (parser);
  if (g_strcmp0 (member->name, "indexed") == 0)
    {
      g_free (member->name);
      member->indexed = TRUE;
      member->name = parse_word (parser);
    }

  skip_spaces (parser);
  if (*parser->at != ',' && *parser->at != ')')
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI type: “,” or “)” is expected at “%.40s”",
                         parser->at);

  return g_steal_pointer (&member);
}

static GmAbiType *
parse_tuple (Parser *parser, GError **error)
{
  g_autoptr (GmAbiType) self = new_nest (GM_ABI_TUPLE, 0);

  parser->at++;
  skip_spaces (parser);
  if (*parser->at == ')' && parser->depth == 1 && parser->at[1] == '\0')
    parser->at++; /* the list of no arguments */
  else
    do
      {
        GmAbiType *member = parse_member (parser, error);

        if (member == NULL)
          return NULL;
        g_ptr_array_add (self->parts, member);
      }
    while (*parser->at++ == ',');

  return settle (self, error) ? g_steal_pointer (&self) : NULL;
}

static GmAbiType *
parse_type (Parser *parser, GError **error)
{
  guint depth = parser->depth;
  g_autoptr (GmAbiType) type = NULL;

  if (++parser->parts > GM_ABI_TYPE_MAX_PARTS)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI type: more than %d parts",
                         GM_ABI_TYPE_MAX_PARTS);
  if (++parser->depth > GM_ABI_TYPE_MAX_DEPTH + 1)
    {
      too_deep (error);
      return NULL;
    }

  type = *parser->at == '(' ? parse_tuple (parser, error) : parse_atom (parser, error);
  while (type != NULL && *parser->at == '[')
    type = parse_array (parser, g_steal_pointer (&type), error);

  parser->depth = depth;
  return g_steal_pointer (&type);
}

GmAbiType *
gm_abi_type_parse (const char *text, GError **error)
{
  Parser parser = { .at = text };
  g_autoptr (GmAbiType) type = parse_type (&parser, error);

  if (type == NULL)
    return NULL;
  if (*parser.at != '\0')
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "ABI type: “%.40s” follows", parser.at);

  return g_steal_pointer (&type);
}

static void
append_text (const GmAbiType *self, GString *out)
{
  if (self->kind == GM_ABI_ARRAY)
    {
      append_text (self->parts->pdata[0], out);
      if (self->size == 0)
        g_string_append (out, "[]");
      else
        g_string_append_printf (out, "[%u]", self->size);
      return;
    }
  if (self->kind == GM_ABI_TUPLE)
    {
      for (guint i = 0; i < self->parts->len; i++)
        {
          g_string_append_c (out, i == 0 ? '(' : ',');
          append_text (self->parts->pdata[i], out);
        }
      g_string_append (out, self->parts->len == 0 ? "()" : ")");
      return;
    }
  if (self->kind == GM_ABI_FIXED_BYTES)
    {
      g_string_append_printf (out, "bytes%u", self->size);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (atoms); i++)
    if (atoms[i].kind == self->kind)
      {
        g_string_append (out, atoms[i].name);
        if (atoms[i].step > 0 && self->size > 0)
          g_string_append_printf (out, "%u", self->size);
      }
}

char *
gm_abi_type_dup_text (const GmAbiType *self)
{
  GString *text = g_string_new (NULL);

  append_text (self, text);
  return g_string_free (text, FALSE);
}
