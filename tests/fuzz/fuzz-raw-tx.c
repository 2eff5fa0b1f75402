/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/raw-tx.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A transaction has one form: what is read is written the same way. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) raw = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  GmSignature signature;
  g_autoptr (GmTx) tx = gm_raw_tx_parse (raw, &signature, &error);
  g_autoptr (GBytes) again = NULL;
  GmAddress sender;

  if (tx == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }

  again = gm_tx_encode (tx, &signature);
  g_assert_true (g_bytes_equal (again, raw));
  g_assert_true (gm_raw_tx_recover (raw, &sender, &error) == (error == NULL));
  return 0;
}
