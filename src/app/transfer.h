/* transfer.h - money from one account to another, before it is a transaction. Pure.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/money.h"
#include "chain/network.h"
#include "evm/tx.h"

G_BEGIN_DECLS

typedef struct
{
  const GmNetwork *network;
  const GmToken *token; /* NULL is ETH */
  GmAddress from;
  GmAddress to;
  GmU256 units;
  gboolean all; /* of ETH: what the fee leaves; @units is a guess until then */
} GmTransfer;

/* Whole but for nonce, gas and fees. */
GmTx *gm_transfer_build (const GmTransfer *self);
const GmCurrency *gm_transfer_currency (const GmToken *token); /* of ETH when it is NULL */
/* "Send 2.00 USDC to 0x1234…abcd" */
char *gm_transfer_dup_sentence (const GmTransfer *self);
char *gm_transfer_group_address (const char *address); /* "0x 1234 5678 …", to compare */
char *gm_transfer_format_fee (const GmU256 *wei); /* "0.000107 ETH": rounded up, for "at most" */

G_END_DECLS
