/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/audit-diff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/price.h"
#include "base/duration.h"
#include "base/json.h"

#define MAX_JSON  (256 * 1024)
#define MAX_VALUE 80 /* characters */
#define NOTHING   "–"

/* NULL when there is nothing. */
typedef char *(*DupValue) (JsonObject *object, const char *member);

static JsonObject *
parse (const char *json)
{
  g_autoptr (GBytes) text = NULL;

  if (json == NULL)
    return NULL;
  text = g_bytes_new_static (json, strlen (json));
  return gm_json_parse_object (text, MAX_JSON, NULL);
}

static char *
dup_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64 && json_node_get_int (node) == 0)
    return NULL;
  return json_to_string (node, FALSE);
}

static char *
dup_tags (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GString) tags = g_string_new (NULL);

  for (guint i = 0;
       JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *tag = json_array_get_element (json_node_get_array (node), i);

      if (json_node_get_value_type (tag) == G_TYPE_STRING)
        g_string_append_printf (tags, "%s%s", tags->len > 0 ? ", " : "",
                                json_node_get_string (tag));
    }
  return tags->len > 0 ? g_string_free (g_steal_pointer (&tags), FALSE) : NULL;
}

static char *
dup_flag (JsonObject *object, const char *member)
{
  return g_strdup (json_object_get_boolean_member_with_default (object, member, FALSE) ? _ ("yes")
                                                                                       : _ ("no"));
}

static char *
dup_length (JsonObject *object, const char *member)
{
  return gm_duration_format (json_object_get_int_member_with_default (object, member, 0));
}

/* Units are a string of digits on the wire. */
static char *
dup_price (JsonObject *object, const char *member)
{
  g_autofree char *units = dup_text (object, member);

  return gm_price_format (
      units != NULL ? g_ascii_strtoll (units, NULL, 10) : 0,
      json_object_get_string_member_with_default (object, "priceCurrency", "USDC"));
}

/* What people care about; the rest is counted. */
static const struct
{
  const char *member;
  const char *title;
  DupValue dup;
} known[] = {
  { "status", N_ ("Status"), dup_text },
    { "error", N_ ("Problem"), dup_text },
      { "title", N_ ("Title"), dup_text },
        { "artist", N_ ("Artist"), dup_text },
          { "type", N_ ("Kind"), dup_text },
            { "genre", N_ ("Genre"), dup_text },
              { "mood", N_ ("Mood"), dup_text },
                { "bpm", N_ ("Tempo in BPM"), dup_text },
                  { "keySig", N_ ("Key"), dup_text },
                    { "priceUnits", N_ ("Price"), dup_price },
                      { "description", N_ ("Description"), dup_text },
                        { "tags", N_ ("Tags"), dup_tags },
                          { "isExclusive", N_ ("Exclusive license"), dup_flag },
                            { "durationMs", N_ ("Length"), dup_length },
                              { "format", N_ ("Format"), dup_text },
                            };

static char *
value_text (JsonObject *object, guint at)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, known[at].member) : NULL;
  g_autofree char *text = NULL;

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    text = known[at].dup (object, known[at].member);
  if (text == NULL || *text == '\0')
    return g_strdup (NOTHING);
  if (g_utf8_strlen (text, -1) > MAX_VALUE)
    {
      *g_utf8_offset_to_pointer (text, MAX_VALUE) = '\0';
      return g_strconcat (text, "…", NULL);
    }
  return g_steal_pointer (&text);
}

static guint
count_changed (const char *changed)
{
  g_auto (GStrv) names = g_strsplit (changed, ",", -1);
  guint n = 0;

  for (guint i = 0; names[i] != NULL; i++)
    n += *g_strstrip (names[i]) != '\0';
  return n;
}

static gboolean
is_changed (const char *changed, const char *member)
{
  g_auto (GStrv) names = g_strsplit (changed, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (g_strstrip (names[i]), member))
      return TRUE;
  return FALSE;
}

char *
gm_audit_diff_text (const char *changed, const char *before, const char *after)
{
  g_autoptr (JsonObject) old = parse (before);
  g_autoptr (JsonObject) new = parse (after);
  g_autoptr (GString) lines = g_string_new (NULL);
  guint others = changed != NULL && new != NULL ? count_changed (changed) : 0;

  for (guint i = 0; others > 0 && i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      if (!is_changed (changed, known[i].member))
        continue;
      others--;
      from = value_text (old, i);
      to = value_text (new, i);
      if (strcmp (from, to) != 0)
        g_string_append_printf (lines, "%s%s: %s → %s", lines->len > 0 ? "\n" : "",
                                _ (known[i].title), from, to);
    }
  if (others > 0)
    g_string_append_printf (
        lines,
        g_dngettext (GETTEXT_PACKAGE, "%s%u technical detail", "%s%u technical details", others),
        lines->len > 0 ? "\n" : "", others);
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}
