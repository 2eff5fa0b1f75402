/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/deployment.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read is of a chain we know and can be asked. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmDeployment) deployment = gm_deployment_parse (json, &error);

  g_assert_true ((deployment == NULL) == (error != NULL));
  if (deployment == NULL)
    return 0;
  g_assert_nonnull (gm_network_find (deployment->network.chain_id));
  g_assert_nonnull (deployment->network.nodes[0]);
  g_assert_false (gm_address_is_zero (&deployment->marketplace));
  return 0;
}
