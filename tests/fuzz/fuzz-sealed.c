/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "vault/sealed.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The password of no corpus file but one; what costs little is really tried. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const GmSealedCost cheap = { 8192, 1 };
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (JsonObject) slot = gm_json_parse_object (json, 4096, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("fuzz");
  g_autoptr (GmSecret) master = NULL;
  g_autoptr (GError) error = NULL;

  gm_sealed_set_cost_for_test (&cheap);
  if (slot == NULL)
    return 0;
  if (!gm_sealed_slot_check (slot, &error))
    {
      g_assert (error != NULL);
      return 0;
    }
  if (json_object_get_int_member (slot, "memory") > 65536)
    return 0;
  master = gm_sealed_slot_open (slot, password, &error);
  g_assert ((master != NULL) == (error == NULL));
  return 0;
}
