/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/payment-uri.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read asks for the same when it is written. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  GmPaymentUri uri;

  if (!gm_payment_uri_parse (text, &uri, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }

  first = gm_payment_uri_dup_text (&uri);
  g_assert_true (gm_payment_uri_parse (first, &uri, &error));
  second = gm_payment_uri_dup_text (&uri);
  g_assert_cmpstr (first, ==, second);
  return 0;
}
