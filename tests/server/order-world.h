/* order-world.h - something to buy, and signed orders for it, right or wrong in one way.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server-world.h"

G_BEGIN_DECLS

typedef enum
{
  ORDER_RIGHT,
  ORDER_OTHER_STORE,
  ORDER_OTHER_PRICE,
  ORDER_OTHER_VERSION,
  ORDER_OTHER_MANIFEST,
  ORDER_OTHER_ASSET,
  ORDER_OTHER_PAYER,
  ORDER_OTHER_SIGNER,
} OrderTwist;

/* A published asset as the pipeline leaves it; there can be one of it. */
char *order_world_put_offer (ServerWorld *world, gboolean exclusive);

/* JSON of a signed order; @id (nullable) gets its id. */
char *
order_world_body (ServerWorld *world, GmSigner *buyer, guint salt, OrderTwist twist, char **id);

G_END_DECLS
