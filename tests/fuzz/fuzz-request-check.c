/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/request-check.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A start line, then "name: value" lines. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 80);
  g_auto (GStrv) start = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 3);
  g_autoptr (GError) error = NULL;
  GmHeaderLine headers[80];
  GmRequestHead head = { 0 };
  GmFraming framing = { 0 };
  guint status = 0;

  if (g_strv_length (start) < 3)
    return 0;
  head = (GmRequestHead){ start[0], start[1], start[2], headers, 0 };
  for (guint i = 1; lines[i] != NULL; i++)
    {
      const char *colon = strstr (lines[i], ": ");
      gsize name_length = colon != NULL ? (gsize) (colon - lines[i]) : strlen (lines[i]);
      const char *value = colon != NULL ? colon + 2 : "";

      headers[head.n_lines++] = (GmHeaderLine){ lines[i], value, name_length, strlen (value) };
    }
  if (gm_request_check (&head, &framing, &status, &error))
    {
      g_assert (status == 0 && error == NULL);
      g_assert (!framing.chunked || framing.length == 0);
    }
  else
    g_assert (status >= 400 && error != NULL);
  return 0;
}
