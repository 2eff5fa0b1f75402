/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/asset-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BPM_LEAST 20
#define BPM_MOST  400
#define TAGS_MOST 32
#define TAG_MOST  40 /* characters */

struct _GmAssetForm
{
  char *currency;
  char *kept[GM_ASSET_N_FIELDS];  /* as the row has it */
  char *typed[GM_ASSET_N_FIELDS]; /* as the person wants it */
};

static const char *const types[] = { "sample", "loop", "beat", "stems", "preset", "track", NULL };

static const struct
{
  const char *title;
  const char *json;
  glong most; /* characters */
  gboolean needed;
} fields[GM_ASSET_N_FIELDS] = {
  [GM_ASSET_FIELD_TITLE] = {
      N_ ("Title"), "title", 200, TRUE },
      [GM_ASSET_FIELD_ARTIST] = {
          N_ ("Artist"), "artist", 200, TRUE },
          [GM_ASSET_FIELD_TYPE] = {
              N_ ("Kind"), "type", 10, TRUE },
              [GM_ASSET_FIELD_GENRE] = {
                  N_ ("Genre"), "genre", 60, FALSE },
                  [GM_ASSET_FIELD_MOOD] = {
                      N_ ("Mood"), "mood", 60, FALSE },
                      [GM_ASSET_FIELD_BPM] = {
                          N_ ("Tempo in BPM"), "bpm", 3, FALSE },
                          [GM_ASSET_FIELD_KEY] = {
                              N_ ("Key"), "keySig", 5, FALSE },
                              [GM_ASSET_FIELD_PRICE] = {
                                  N_ ("Price"), "priceUnits", 40, FALSE },
                                  [GM_ASSET_FIELD_DESCRIPTION] = {
                                      N_ ("Description"), "description", 4000, FALSE },
                                      [GM_ASSET_FIELD_TAGS] = {
                                          N_ ("Tags"), "tags", 2000, FALSE },
                                          [GM_ASSET_FIELD_EXCLUSIVE] = { N_ ("Exclusive license"),
                                                                             "isExclusive",
                                                                             3,
                                                                             FALSE },
                                          };

const char *
gm_asset_field_title (GmAssetField field)
{
  return _ (fields[field].title);
}

const char *const *
gm_asset_form_types (void)
{
  return types;
}

static char *
price_text (const GmAsset *asset)
{
  GmMoney price;

  if (asset->price_units == 0)
    return g_strdup ("");
  gm_asset_price (asset, &price);
  return gm_money_format_plain (&price);
}

static char *
tags_text (const GmAsset *asset)
{
  return asset->tags != NULL ? g_strjoinv (", ", asset->tags) : g_strdup ("");
}

static char *
dup_field (const GmAsset *asset, GmAssetField field)
{
  const char *text = NULL;

  switch (field)
    {
    case GM_ASSET_FIELD_TITLE: text = asset->title; break;
    case GM_ASSET_FIELD_ARTIST: text = asset->artist; break;
    case GM_ASSET_FIELD_TYPE: text = asset->type; break;
    case GM_ASSET_FIELD_GENRE: text = asset->genre; break;
    case GM_ASSET_FIELD_MOOD: text = asset->mood; break;
    case GM_ASSET_FIELD_KEY: text = asset->key_sig; break;
    case GM_ASSET_FIELD_DESCRIPTION: text = asset->description; break;
    case GM_ASSET_FIELD_EXCLUSIVE: text = asset->is_exclusive ? "yes" : NULL; break;
    case GM_ASSET_FIELD_PRICE: return price_text (asset);
    case GM_ASSET_FIELD_TAGS: return tags_text (asset);
    case GM_ASSET_FIELD_BPM:
      return asset->bpm > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, asset->bpm) : g_strdup ("");
    case GM_ASSET_N_FIELDS: break;
    }
  return g_strdup (text != NULL ? text : "");
}

GmAssetForm *
gm_asset_form_new (const GmAsset *asset)
{
  GmAssetForm *self = g_new0 (GmAssetForm, 1);

  self->currency = g_strdup (asset->price_currency);
  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      self->kept[i] = dup_field (asset, i);
      self->typed[i] = g_strdup (self->kept[i]);
    }
  return self;
}

void
gm_asset_form_free (GmAssetForm *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      g_free (self->kept[i]);
      g_free (self->typed[i]);
    }
  g_free (self->currency);
  g_free (self);
}

const char *
gm_asset_form_get (const GmAssetForm *self, GmAssetField field)
{
  return self->typed[field];
}

void
gm_asset_form_set (GmAssetForm *self, GmAssetField field, const char *text)
{
  g_autofree char *before = g_steal_pointer (&self->typed[field]);

  self->typed[field] = g_strstrip (g_strdup (text != NULL ? text : ""));
}

static gboolean
is_changed (const GmAssetForm *self, GmAssetField field)
{
  return strcmp (self->kept[field], self->typed[field]) != 0;
}

gboolean
gm_asset_form_is_changed (const GmAssetForm *self)
{
  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    if (is_changed (self, i))
      return TRUE;
  return FALSE;
}

static gboolean
parse_price (const GmAssetForm *self, GmMoney *out)
{
  const char *text = self->typed[GM_ASSET_FIELD_PRICE];

  return gm_money_parse_local (*text != '\0' ? text : "0", self->currency, out, NULL);
}

static gboolean
parse_bpm (const char *text, guint64 *out)
{
  return g_ascii_string_to_unsigned (text, 10, BPM_LEAST, BPM_MOST, out, NULL);
}

/* Words between commas, without empty ones. */
static char **
split_tags (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (tags, parts[i]);
  return g_strv_builder_end (tags);
}

static const char *
tags_problem (const char *text)
{
  g_auto (GStrv) tags = split_tags (text);

  if (g_strv_length (tags) > TAGS_MOST)
    return _ ("At most 32 tags");
  for (guint i = 0; tags[i] != NULL; i++)
    if (g_utf8_strlen (tags[i], -1) > TAG_MOST)
      return _ ("A tag has at most 40 characters");
  return NULL;
}

/* What no limit of length says. */
static const char *
own_problem (const GmAssetForm *self, GmAssetField field)
{
  const char *text = self->typed[field];
  GmMoney price;
  guint64 bpm;

  if (field == GM_ASSET_FIELD_PRICE)
    return parse_price (self, &price) ? NULL : _ ("Write an amount such as 12.50, or 0 for free");
  if (field == GM_ASSET_FIELD_TAGS)
    return tags_problem (text);
  if (*text == '\0')
    return NULL;
  if (field == GM_ASSET_FIELD_BPM)
    return parse_bpm (text, &bpm) ? NULL : _ ("A whole number from 20 to 400");
  if (field == GM_ASSET_FIELD_KEY)
    return gm_asset_key_is_valid (text) ? NULL : _ ("A key such as Am, F# or Bbmaj");
  if (field == GM_ASSET_FIELD_TYPE && !g_strv_contains (types, text))
    return _ ("Choose what kind of asset this is");
  return NULL;
}

char *
gm_asset_form_dup_problem (const GmAssetForm *self, GmAssetField field)
{
  const char *text = self->typed[field];
  const char *own = own_problem (self, field);

  if (fields[field].needed && *text == '\0')
    return g_strdup (_ ("This must not be empty"));
  if (own != NULL)
    return g_strdup (own);
  if (g_utf8_strlen (text, -1) > fields[field].most)
    return g_strdup_printf (_ ("At most %ld characters"), fields[field].most);
  return NULL;
}

gboolean
gm_asset_form_is_valid (const GmAssetForm *self)
{
  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      g_autofree char *problem = gm_asset_form_dup_problem (self, i);

      if (problem != NULL)
        return FALSE;
    }
  return TRUE;
}

static void
add_price (const GmAssetForm *self, JsonObject *edits)
{
  g_autofree char *units = NULL;
  GmMoney price;

  if (!parse_price (self, &price))
    return;
  units = g_strdup_printf ("%" G_GINT64_FORMAT, price.units);
  json_object_set_string_member (edits, fields[GM_ASSET_FIELD_PRICE].json, units);
}

static void
add_tags (const GmAssetForm *self, JsonObject *edits)
{
  g_auto (GStrv) tags = split_tags (self->typed[GM_ASSET_FIELD_TAGS]);
  JsonArray *array = json_array_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  json_object_set_array_member (edits, fields[GM_ASSET_FIELD_TAGS].json, array);
}

static void
add_edit (const GmAssetForm *self, GmAssetField field, JsonObject *edits)
{
  const char *json = fields[field].json;
  const char *text = self->typed[field];
  guint64 bpm;

  if (field == GM_ASSET_FIELD_PRICE)
    add_price (self, edits);
  else if (field == GM_ASSET_FIELD_TAGS)
    add_tags (self, edits);
  else if (field == GM_ASSET_FIELD_EXCLUSIVE)
    json_object_set_boolean_member (edits, json, *text != '\0');
  else if (*text == '\0')
    json_object_set_null_member (edits, json);
  else if (field == GM_ASSET_FIELD_BPM && parse_bpm (text, &bpm))
    json_object_set_int_member (edits, json, (gint64) bpm);
  else
    json_object_set_string_member (edits, json, text);
}

JsonObject *
gm_asset_form_dup_edits (const GmAssetForm *self)
{
  JsonObject *edits = json_object_new ();

  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    if (is_changed (self, i))
      add_edit (self, i, edits);
  return edits;
}

char *
gm_asset_form_rebase (GmAssetForm *self, const GmAsset *asset)
{
  g_autoptr (GString) both = g_string_new (NULL);

  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      g_autofree char *theirs = dup_field (asset, i);
      gboolean mine_changed = is_changed (self, i);

      if (mine_changed && strcmp (theirs, self->kept[i]) != 0 &&
          strcmp (theirs, self->typed[i]) != 0)
        g_string_append_printf (both, "%s%s: %s", both->len > 0 ? "\n" : "",
                                gm_asset_field_title (i), *theirs != '\0' ? theirs : "–");
      if (!mine_changed)
        {
          g_free (self->typed[i]);
          self->typed[i] = g_strdup (theirs);
        }
      g_free (self->kept[i]);
      self->kept[i] = g_steal_pointer (&theirs);
    }
  return both->len > 0 ? g_string_free (g_steal_pointer (&both), FALSE) : NULL;
}
