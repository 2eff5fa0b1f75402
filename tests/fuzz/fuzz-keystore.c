/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/keystore-file.h"
#include "vault/sealed.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read can be written and is read again, the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const GmSealedCost cheap = { 8192, 1 };
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GmKeystoreFile) parsed = NULL, again = NULL;
  g_autoptr (GBytes) written = NULL, rewritten = NULL;
  g_autoptr (GError) error = NULL;

  gm_sealed_set_cost_for_test (&cheap);
  parsed = gm_keystore_file_parse (json, &error);
  g_assert ((parsed != NULL) == (error == NULL));
  if (parsed == NULL)
    return 0;
  written = gm_keystore_file_encode (parsed);
  again = gm_keystore_file_parse (written, NULL);
  g_assert (again != NULL);
  rewritten = gm_keystore_file_encode (again);
  g_assert (g_bytes_equal (written, rewritten));
  return 0;
}
