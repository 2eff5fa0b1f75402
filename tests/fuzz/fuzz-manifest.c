/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/manifest.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read can be written and is read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GmManifest) parsed = gm_manifest_parse (json, NULL);
  g_autoptr (GBytes) again = parsed != NULL ? gm_manifest_encode (parsed, NULL) : NULL;
  g_autoptr (GmManifest) same = again != NULL ? gm_manifest_parse (again, NULL) : NULL;

  g_assert ((parsed != NULL) == (same != NULL));
  return 0;
}
