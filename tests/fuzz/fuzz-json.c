/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Canonical text is read again and is its own canonical text. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = gm_json_parse ((const char *) data, size, 64 * 1024, &error);
  g_autoptr (JsonNode) same = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_true ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;

  text = gm_json_canonical (node, NULL);
  if (text == NULL) /* a double, or too large an integer */
    return 0;
  same = gm_json_parse (text, strlen (text), G_MAXSIZE, &error);
  g_assert_no_error (error);
  again = gm_json_canonical (same, NULL);
  g_assert_cmpstr (again, ==, text);
  return 0;
}
