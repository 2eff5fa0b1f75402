/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/policy.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GmPolicy) parsed = gm_policy_parse (json, "/", NULL);

  g_assert (parsed == NULL || parsed->served->len <= GM_POLICY_MAX_CONDITIONS);
  return 0;
}
