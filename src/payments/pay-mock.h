/* pay-mock.h - pays with test money at an embedded store; outcomes follow from a seed.
 *
 * submit sends POST /api/orders and PUT /api/orders/:id/payment { "provider": "mock", "seed" };
 * track reads GET /api/orders/:id. Client and store compute the outcome alike from (seed, order
 * id); seed 0 always pays.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "payments/provider.h"
#include "store/store-client.h"

G_BEGIN_DECLS

typedef enum
{
  GM_PAY_MOCK_PAID,
  GM_PAY_MOCK_FAILED,   /* the payment was refused: nothing was taken */
  GM_PAY_MOCK_EXPIRED,  /* it never arrived */
  GM_PAY_MOCK_REFUNDED, /* it arrived too late and came back */
} GmPayMockOutcome;

/* Of ten orders with a seed other than 0, seven are paid and each other outcome happens once. */
GmPayMockOutcome gm_pay_mock_outcome (gint64 seed, const GmHash *order_id);
/* What the store writes: "paid", "failed", … and the sentence of a failure (nullable). */
const char *gm_pay_mock_status (GmPayMockOutcome outcome, const char **failure);

GmProvider *gm_pay_mock_new (GmStoreClient *store, gint64 seed);

G_END_DECLS
