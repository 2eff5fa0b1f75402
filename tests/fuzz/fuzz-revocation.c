/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/revocation.h"
#include "licenses/wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read can be written and is read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GmRevocationList) parsed = gm_revocation_list_parse (json, NULL);
  g_autoptr (GBytes) again = parsed != NULL
                                 ? gm_wire_encode (gm_revocation_list_to_json (parsed), NULL)
                                 : NULL;
  g_autoptr (GmRevocationList) same = again != NULL ? gm_revocation_list_parse (again, NULL) : NULL;

  g_assert ((parsed != NULL) == (same != NULL));
  return 0;
}
