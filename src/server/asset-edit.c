/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-edit.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

typedef enum
{
  TEXT,
  CHOICE,
  KEY,
  NUMBER,
  FLAG,
  WORDS,
} Kind;

typedef struct
{
  const char *json;
  Kind kind;
  gsize offset;
  gint64 least; /* characters or value */
  gint64 most;
  gboolean clearable;
} Rule;

#define AT(member) G_STRUCT_OFFSET (GmAsset, member)

static const Rule rules[] = {
  { "title", TEXT, AT (title), 1, 200, FALSE },
  { "artist", TEXT, AT (artist), 1, 200, FALSE },
  { "type", CHOICE, AT (type), 0, 0, FALSE },
  { "genre", TEXT, AT (genre), 1, 60, TRUE },
  { "mood", TEXT, AT (mood), 1, 60, TRUE },
  { "description", TEXT, AT (description), 0, 4000, TRUE },
  { "tags", WORDS, AT (tags), 1, 40, TRUE },
  { "bpm", NUMBER, AT (bpm), 20, 400, TRUE },
  { "keySig", KEY, AT (key_sig), 0, 0, TRUE },
  { "isNew", FLAG, AT (is_new), 0, 0, FALSE },
  { "isFeatured", FLAG, AT (is_featured), 0, 0, FALSE },
  { "isExclusive", FLAG, AT (is_exclusive), 0, 0, FALSE },
};

static const char *const types[] = { "sample", "loop", "beat", "stems", "preset", "track", NULL };
#define MOST_TAGS 32

void
gm_asset_edit_complain (JsonObject *wrong, const char *field, const char *sentence)
{
  JsonArray *list;

  if (!json_object_has_member (wrong, field))
    json_object_set_array_member (wrong, field, json_array_new ());
  list = json_object_get_array_member (wrong, field);
  json_array_add_string_element (list, sentence);
}

static void
set_text (gpointer field, const char *text)
{
  g_free (*(char **) field);
  *(char **) field = g_strdup (text);
}

static gboolean
text_is_printable (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character) && character != '\n' && character != '\t')
        return FALSE;
    }
  return TRUE;
}

static const char *
node_text (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static const char *
apply_text (const Rule *rule, JsonNode *node, gpointer field)
{
  const char *given = node_text (node);
  g_autofree char *text = g_strdup (given);
  glong length;

  if (given == NULL)
    return "must be text";
  g_strstrip (text);
  length = g_utf8_strlen (text, -1);
  if (length < rule->least)
    return "must not be empty";
  if (length > rule->most)
    return "is too long";
  if (!text_is_printable (text))
    return "has a control character";
  set_text (field, text);
  return NULL;
}

static const char *
apply_choice (const Rule *rule, JsonNode *node, gpointer field)
{
  const char *text = node_text (node);

  if (text == NULL || !g_strv_contains (types, text))
    return "must be sample, loop, beat, stems, preset or track";
  set_text (field, text);
  return NULL;
}

static const char *
apply_key (const Rule *rule, JsonNode *node, gpointer field)
{
  const char *text = node_text (node);

  if (text == NULL || !gm_asset_key_is_valid (text))
    return "must be a key such as Am, F# or Bbmaj";
  set_text (field, text);
  return NULL;
}

static const char *
apply_number (const Rule *rule, JsonNode *node, gpointer field)
{
  gint64 value;

  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return "must be a whole number";
  value = json_node_get_int (node);
  if (value < rule->least || value > rule->most)
    return "must be from 20 to 400";
  *(gint64 *) field = value;
  return NULL;
}

static const char *
apply_flag (const Rule *rule, JsonNode *node, gpointer field)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return "must be true or false";
  *(gboolean *) field = json_node_get_boolean (node);
  return NULL;
}

static const char *
apply_words (const Rule *rule, JsonNode *node, gpointer field)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return "must be a list of texts";
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MOST_TAGS)
    return "has more than 32 entries";
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *word = NULL;
      const char *problem = apply_text (rule, json_array_get_element (array, i), &word);

      if (problem != NULL)
        return problem;
      g_strv_builder_add (words, word);
    }
  g_strfreev (*(char ***) field);
  *(char ***) field = g_strv_builder_end (words);
  return NULL;
}

static const char *
clear (const Rule *rule, gpointer field)
{
  if (!rule->clearable)
    return "must not be null";
  if (rule->kind == NUMBER)
    *(gint64 *) field = 0;
  else if (rule->kind == WORDS)
    g_clear_pointer ((char ***) field, g_strfreev);
  else
    g_clear_pointer ((char **) field, g_free);
  return NULL;
}

static const char *
apply_rule (const Rule *rule, JsonNode *node, GmAsset *asset)
{
  static const char *(*const apply[]) (const Rule *, JsonNode *, gpointer) = {
    [TEXT] = apply_text,     [CHOICE] = apply_choice, [KEY] = apply_key,
    [NUMBER] = apply_number, [FLAG] = apply_flag,     [WORDS] = apply_words,
  };
  gpointer field = G_STRUCT_MEMBER_P (asset, rule->offset);

  return JSON_NODE_HOLDS_NULL (node) ? clear (rule, field) : apply[rule->kind](rule, node, field);
}

/* At most 15 significant digits are a decimal that a double carries unchanged (PROTOCOLS D2). */
static gboolean
amount_units (double amount, const char *currency, GmMoney *out, GError **error)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (amount) || amount < 0 || amount >= 1e12)
    return gm_fail (error, GM_ERROR_BAD_DATA, "must be an amount from 0");
  g_ascii_formatd (digits, sizeof digits, "%.15g", amount); /* a point in every locale */
  if (g_ascii_strtod (digits, NULL) != amount || strchr (digits, 'e') != NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "has more digits than a number carries; use priceUnits");
  return gm_money_parse (digits, currency, out, error);
}

static guint
apply_price (JsonObject *body, GmAsset *asset, JsonObject *wrong)
{
  JsonNode *units = json_object_get_member (body, "priceUnits");
  JsonNode *amount = json_object_get_member (body, "priceAmount");
  JsonNode *currency = json_object_get_member (body, "priceCurrency");
  GmMoney money = { 0 };
  guint64 value = 0;

  if (currency != NULL)
    {
      if (node_text (currency) == NULL || gm_currency_find (node_text (currency)) == NULL)
        gm_asset_edit_complain (wrong, "priceCurrency", "is not a currency of this store");
      else if (g_strcmp0 (asset->price_currency, node_text (currency)) != 0 && units == NULL &&
               amount == NULL && asset->price_units != 0)
        gm_asset_edit_complain (wrong, "priceCurrency", "changes only together with the price");
      else
        set_text (&asset->price_currency, node_text (currency));
    }
  if (units != NULL)
    {
      if (node_text (units) == NULL ||
          !g_ascii_string_to_unsigned (node_text (units), 10, 0, G_MAXINT64, &value, NULL))
        gm_asset_edit_complain (wrong, "priceUnits", "must be a text of digits");
      else
        asset->price_units = (gint64) value;
    }
  if (amount != NULL)
    {
      GType type = json_node_get_value_type (amount);
      g_autoptr (GError) error = NULL;

      if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
        gm_asset_edit_complain (wrong, "priceAmount", "must be a number");
      else if (!amount_units (json_node_get_double (amount), asset->price_currency, &money, &error))
        gm_asset_edit_complain (wrong, "priceAmount", error->message);
      else if (units != NULL && money.units != (gint64) value)
        gm_asset_edit_complain (wrong, "priceAmount", "disagrees with priceUnits");
      else
        asset->price_units = money.units;
    }
  return (units != NULL) + (amount != NULL) + (currency != NULL);
}

guint
gm_asset_edit_apply (JsonObject *body, GmAsset *asset, JsonObject *wrong)
{
  guint meant = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      JsonNode *node = json_object_get_member (body, rules[i].json);
      const char *problem;

      if (node == NULL)
        continue;
      meant++;
      problem = apply_rule (&rules[i], node, asset);
      if (problem != NULL)
        gm_asset_edit_complain (wrong, rules[i].json, problem);
    }
  return meant + apply_price (body, asset, wrong);
}
