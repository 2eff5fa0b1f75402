/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/attestation.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read can be written and is read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GmAttestation) parsed = gm_attestation_parse (text, NULL);
  g_autofree char *encoded = parsed != NULL ? gm_attestation_dup_text (parsed) : NULL;
  g_autoptr (GmAttestation) same = encoded != NULL ? gm_attestation_parse (encoded, NULL) : NULL;

  g_assert ((parsed != NULL) == (same != NULL));
  return 0;
}
