/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/value.h"

#include <string.h>

GmValue
gm_value_null (void)
{
  return (GmValue){ .kind = GM_VALUE_NULL };
}

GmValue
gm_value_int (gint64 integer)
{
  return (GmValue){ .kind = GM_VALUE_INT, .integer = integer };
}

GmValue
gm_value_text (const char *text)
{
  if (text == NULL)
    return gm_value_null ();
  return (GmValue){ .kind = GM_VALUE_TEXT, .data = text, .length = strlen (text) };
}

GmValue
gm_value_bytes (const void *data, gsize length)
{
  return (GmValue){ .kind = GM_VALUE_BYTES, .data = data, .length = length };
}

GmValue
gm_value_gbytes (GBytes *bytes)
{
  gsize length;
  const void *data;

  if (bytes == NULL)
    return gm_value_null ();
  data = g_bytes_get_data (bytes, &length);
  return gm_value_bytes (data, length);
}
