/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/v3-keystore.h"

#define CHEAP 4096 /* of work: the rest is only parsed */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is parsed is within the limits, and opens to a whole key or says why not. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL, problem = NULL;
  g_autoptr (GmV3Keystore) keystore = gm_v3_keystore_parse (json, &error);
  g_autoptr (GmSecret) password = NULL, key = NULL;
  const GmV3Derivation *derivation;

  g_assert ((keystore != NULL) == (error == NULL));
  if (keystore == NULL)
    return 0;
  derivation = &keystore->derivation;
  g_assert (derivation->n * derivation->r * 128 <= GM_V3_KEYSTORE_MAX_MEMORY);
  g_assert (derivation->n * derivation->r * derivation->p <= GM_V3_KEYSTORE_MAX_WORK);
  g_assert (derivation->rounds <= GM_V3_KEYSTORE_MAX_ROUNDS);
  if (derivation->n * derivation->r * derivation->p > CHEAP || derivation->rounds > CHEAP)
    return 0;
  password = gm_secret_new_text ("correct horse");
  key = gm_v3_keystore_open (keystore, password, &problem);
  g_assert ((key != NULL) == (problem == NULL));
  g_assert (key == NULL || gm_secret_length (key) == 32);
  return 0;
}
