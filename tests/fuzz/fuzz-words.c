/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/words.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is typed is refused, or has one form that is read again as itself. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GmSecret) typed = gm_secret_new_copy (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSecret) words = gm_words_parse (typed, &error);
  g_autoptr (GmSecret) entropy = NULL, again = NULL, same = NULL;

  g_assert ((words != NULL) == (error == NULL));
  if (words == NULL)
    return 0;
  entropy = gm_words_to_entropy (words, NULL);
  g_assert (entropy != NULL);
  again = gm_words_from_entropy (entropy, NULL);
  same = gm_words_parse (words, NULL);
  g_assert (gm_secret_equal (again, words) && gm_secret_equal (same, words));
  return 0;
}
