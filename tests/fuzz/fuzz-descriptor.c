/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/descriptor.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GmDescriptor) parsed = gm_descriptor_parse (json, NULL, NULL);

  g_assert (parsed == NULL || parsed->holders->len <= 16);
  return 0;
}
