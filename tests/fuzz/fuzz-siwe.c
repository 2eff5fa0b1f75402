/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/siwe.h"

#include "base/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A text that is read is the one its fields compose to. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSiwe) siwe = gm_siwe_parse (text, &error);
  g_autofree char *again = NULL;

  if (siwe == NULL)
    {
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      return 0;
    }

  again = gm_siwe_compose (siwe, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, text);
  return 0;
}
