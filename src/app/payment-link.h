/* payment-link.h - what a payment link (EIP-681) asks for, in terms of the wallet's networks.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint network; /* of the list */
  guint token;   /* 0 is ETH */
  char *to;
  char *amount; /* (nullable) as a person would type it */
} GmPaymentLink;

gboolean gm_payment_link_is (const char *text); /* it wants to be one */
/* @networks is of GmNetworkMoney. BAD_DATA with a sentence: no payment, or one we cannot make. */
gboolean
gm_payment_link_read (const char *text, GListModel *networks, GmPaymentLink *out, GError **error);
void gm_payment_link_clear (GmPaymentLink *self);

G_END_DECLS
