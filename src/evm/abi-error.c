/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-error.h"

#include "base/hex.h"
#include "evm/abi-json.h"

static const struct
{
  guint64 code;
  const char *words;
} panics[] = {
  { 0x00, "compiler panic" },
  { 0x01, "assertion failed" },
  { 0x11, "arithmetic overflow" },
  { 0x12, "division by zero" },
  { 0x21, "a number is no value of the enumeration" },
  { 0x22, "broken storage array" },
  { 0x31, "nothing to pop from an empty array" },
  { 0x32, "array index out of bounds" },
  { 0x41, "out of memory" },
  { 0x51, "call of an unset function" },
};

static gboolean
is_harmless (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isprint (c) && type != G_UNICODE_LINE_SEPARATOR &&
         type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* The text of a stranger, harmless in a line of ours. */
static char *
tame (const char *text)
{
  GString *out = g_string_new (NULL);
  glong n = 0;

  for (const char *p = text; *p != '\0' && n < GM_ABI_ERROR_MAX_CHARS;
       p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, is_harmless (c) ? c : 0xfffd);
      if (n + 1 == GM_ABI_ERROR_MAX_CHARS)
        g_string_append (out, "…");
    }
  return g_string_free (out, FALSE);
}

static char *
name_panic (const GmAbiValue *code)
{
  GmU256 number = gm_u256_from_be (&code->word);
  g_autofree char *digits = gm_u256_format (&number);
  guint64 small = G_MAXUINT64;

  gm_u256_to_u64 (&number, &small, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (panics); i++)
    if (panics[i].code == small)
      return g_strdup_printf ("%s (panic 0x%02x)", panics[i].words, (guint) small);

  return g_strdup_printf ("panic %s", digits);
}

static void
append_value (GString *out, const GmAbiType *type, const GmAbiValue *value)
{
  g_autofree char *text = NULL;
  g_autofree char *tamed = NULL;

  if (type->parts == NULL)
    {
      text = gm_abi_json_dup_text (type, value);
      tamed = tame (text);
      g_string_append (out, tamed);
      return;
    }

  for (guint i = 0; i < value->parts->len; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, i);

      g_string_append (out, i == 0 ? "(" : ", ");
      if (part->name != NULL)
        g_string_append_printf (out, "%s: ", part->name);
      append_value (out, part, value->parts->pdata[i]);
    }
  g_string_append (out, value->parts->len == 0 ? "()" : ")");
}

/* (nullable) when the data is another error, or broken */
static GmAbiValue *
decode (const char *text, GBytes *data)
{
  g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (text, NULL);

  return gm_abi_signature_decode_call (signature, data, NULL);
}

static char *
describe_known (GBytes *data, const GmAbiSignature *const *known)
{
  for (; known != NULL && *known != NULL; known++)
    {
      g_autoptr (GmAbiValue) inputs = gm_abi_signature_decode_call (*known, data, NULL);

      if (inputs != NULL)
        {
          GString *out = g_string_new ((*known)->name);

          append_value (out, (*known)->inputs, inputs);
          return g_string_free (out, FALSE);
        }
    }

  return NULL;
}

char *
gm_abi_error_dup_sentence (GBytes *data, const GmAbiSignature *const *known)
{
  g_autoptr (GmAbiValue) reason = decode ("Error(string)", data);
  g_autoptr (GmAbiValue) panic = decode ("Panic(uint256)", data);
  g_autofree char *selector = NULL;
  g_autofree char *text = NULL;
  char *described;

  if (g_bytes_get_size (data) == 0)
    return g_strdup ("no reason given");
  if (panic != NULL)
    return name_panic (panic->parts->pdata[0]);
  if (reason != NULL)
    {
      static const GmAbiType string = { .kind = GM_ABI_STRING };

      text = gm_abi_json_dup_text (&string, reason->parts->pdata[0]);
      return *text == '\0' ? g_strdup ("no reason given") : tame (text);
    }

  described = describe_known (data, known);
  if (described != NULL)
    return described;

  selector = gm_hex_encode_0x (g_bytes_get_data (data, NULL),
                               MIN (g_bytes_get_size (data), GM_ABI_SELECTOR_BYTES));
  return g_strdup_printf ("unknown error %s", selector);
}
