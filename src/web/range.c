/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/range.h"

#include <string.h>

static gboolean
digits (const char *text, gsize length, guint64 *out)
{
  g_autofree char *copy = g_strndup (text, length);

  return length > 0 && g_ascii_string_to_unsigned (copy, 10, 0, G_MAXINT64, out, NULL);
}

GmRangeKind
gm_range_parse (const char *header, guint64 size, guint64 *first, guint64 *count)
{
  const char *from, *dash;
  guint64 start = 0, last = 0;

  if (header == NULL || !g_str_has_prefix (header, "bytes="))
    return GM_RANGE_NONE;
  from = header + strlen ("bytes=");
  dash = strchr (from, '-');
  if (dash == NULL || strchr (from, ',') != NULL)
    return GM_RANGE_NONE;

  if (dash == from) /* "-n": the last n bytes */
    {
      if (!digits (dash + 1, strlen (dash + 1), &last))
        return GM_RANGE_NONE;
      if (last == 0 || size == 0)
        return GM_RANGE_UNSATISFIABLE;
      *count = MIN (last, size);
      *first = size - *count;
      return GM_RANGE_PART;
    }

  if (!digits (from, (gsize) (dash - from), &start))
    return GM_RANGE_NONE;
  if (dash[1] == '\0')
    last = G_MAXUINT64;
  else if (!digits (dash + 1, strlen (dash + 1), &last) || last < start)
    return GM_RANGE_NONE;
  if (start >= size)
    return GM_RANGE_UNSATISFIABLE;

  *first = start;
  *count = MIN (last, size - 1) - start + 1;
  return GM_RANGE_PART;
}
