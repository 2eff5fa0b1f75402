/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/audit-diff.h"

#include <string.h>

#include "base/json.h"

#define MAX_JSON  (256 * 1024)
#define MAX_VALUE 80 /* characters */
#define NOTHING   "–"

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
value_text (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (NOTHING);
  text = json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node))
                                                          : json_to_string (node, FALSE);
  if (g_utf8_strlen (text, -1) > MAX_VALUE)
    {
      char *end = g_utf8_offset_to_pointer (text, MAX_VALUE);

      *end = '\0';
      return g_strconcat (text, "…", NULL);
    }
  return g_steal_pointer (&text);
}

char *
gm_audit_diff_text (const char *changed, const char *before, const char *after)
{
  g_auto (GStrv) names = g_strsplit (changed != NULL ? changed : "", ",", -1);
  g_autoptr (JsonObject) old = parse (before);
  g_autoptr (JsonObject) new = parse (after);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      g_autofree char *from = value_text (old, name);
      g_autofree char *to = value_text (new, name);

      if (strcmp (from, to) != 0)
        g_string_append_printf (lines, "%s%s: %s → %s", lines->len > 0 ? "\n" : "", name, from, to);
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}
