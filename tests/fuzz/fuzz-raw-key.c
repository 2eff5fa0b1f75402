/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/raw-key.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is a key is written, and read again the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GmSecret) typed = gm_secret_new_copy (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSecret) key = gm_raw_key_parse (typed, &error);
  g_autoptr (GmSecret) text = NULL, again = NULL;

  g_assert ((key != NULL) == (error == NULL));
  if (key == NULL)
    return 0;
  text = gm_raw_key_format (key);
  again = gm_raw_key_parse (text, NULL);
  g_assert (again != NULL && gm_secret_equal (again, key));
  return 0;
}
