/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/http-words.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Words of somebody else: one short line of valid text, or none. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new_static (data, size);
  g_autofree char *words = gm_http_words_problem ("application/problem+json", body);

  if (words != NULL)
    {
      g_assert_cmpuint (strlen (words), <=, 300);
      g_assert_true (g_utf8_validate (words, -1, NULL));
      g_assert_null (strpbrk (words, "\n\r\x1b\x07"));
    }

  return 0;
}
