/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/route.h"

#include <string.h>

#include "base/error.h"
#include "web/web-limits.h"

/* The path as decoded segments, without the empty one in front of the first slash. */
static GPtrArray *
split_path (const char *path, GError **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = NULL;

  if (*path != '/')
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the address does not start with a slash");
  parts = g_strsplit (path + 1, "/", GM_LIMIT_SEGMENTS + 1);
  if (g_strv_length (parts) > GM_LIMIT_SEGMENTS)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the address has more than %d parts",
                         GM_LIMIT_SEGMENTS);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = gm_request_decode (parts[i], strlen (parts[i]), FALSE, error);

      if (text == NULL)
        return NULL;
      if (g_str_equal (text, ".") || g_str_equal (text, "..") || strpbrk (text, "/\\") != NULL)
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "the address leaves its folder");
      g_ptr_array_add (segments, g_steal_pointer (&text));
    }
  return g_steal_pointer (&segments);
}

static gboolean
path_fits (const char *pattern, GPtrArray *segments, GHashTable *params)
{
  g_auto (GStrv) parts = g_strsplit (pattern + 1, "/", GM_LIMIT_SEGMENTS);

  if (g_strv_length (parts) != segments->len)
    return FALSE;
  for (guint i = 0; i < segments->len; i++)
    {
      const char *segment = segments->pdata[i];

      if (*parts[i] == ':' && *segment != '\0')
        g_hash_table_insert (params, g_strdup (parts[i] + 1), g_strdup (segment));
      else if (!g_str_equal (parts[i], segment))
        return FALSE;
    }
  return TRUE;
}

gboolean
gm_route_find (const GmRoute *routes,
               guint n_routes,
               const char *method,
               const char *path,
               GmRouteMatch *match,
               GError **error)
{
  g_autoptr (GPtrArray) segments = split_path (path, error);
  g_autoptr (GString) allowed = g_string_new (NULL);

  if (segments == NULL)
    return FALSE;

  for (guint i = 0; i < n_routes; i++)
    {
      g_autoptr (GHashTable) params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                             g_free);

      if (!path_fits (routes[i].path, segments, params))
        continue;
      if (g_str_equal (routes[i].method, method) && match->route == NULL)
        {
          match->route = &routes[i];
          match->params = g_steal_pointer (&params);
        }
      g_string_append_printf (allowed, "%s, %s", routes[i].method,
                              g_str_equal (routes[i].method, "GET") ? "HEAD, " : "");
    }
  if (allowed->len > 0)
    match->allowed = g_strdup_printf ("%sOPTIONS", allowed->str);
  return TRUE;
}

void
gm_route_match_clear (GmRouteMatch *match)
{
  match->route = NULL;
  g_clear_pointer (&match->params, g_hash_table_unref);
  g_clear_pointer (&match->allowed, g_free);
}
