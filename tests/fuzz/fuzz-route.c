/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/range.h"
#include "web/route.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const GmRoute routes[] = {
  { "GET", "/api/assets/:id", GM_ROLE_ANYONE },
  { "GET", "/media/:kind/:name", GM_ROLE_ANYONE },
};

/* A path, a query and a Range header, one per line. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  guint n_lines = g_strv_length (lines);
  GmRouteMatch match = { 0 };
  guint64 first = 0, count = 0;

  if (n_lines > 0 && gm_route_find (routes, 2, "GET", lines[0], &match, NULL) &&
      match.params != NULL)
    {
      const char *name = g_hash_table_lookup (match.params, "name");

      g_assert (name == NULL || (strchr (name, '/') == NULL && strcmp (name, "..") != 0));
    }
  gm_route_match_clear (&match);
  if (n_lines > 1)
    {
      g_autoptr (GHashTable) query = gm_request_parse_query (lines[1], NULL);

      g_assert (query == NULL || g_hash_table_size (query) <= 32);
    }
  if (n_lines > 2 && gm_range_parse (lines[2], 1000, &first, &count) == GM_RANGE_PART)
    g_assert (count > 0 && first + count <= 1000);
  return 0;
}
