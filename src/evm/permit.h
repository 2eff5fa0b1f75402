/* permit.h - messages that let a token be moved without its owner sending a transaction.
 *
 * Sources: EIP-2612 (permit) and EIP-3009 (transfer, receive and cancel authorization), as typed
 * data of EIP-712. What is composed is shown in words and then signed: its digest is
 * gm_typed_data_digest ().
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The domain a token signs for, as its contract tells it. */
typedef struct
{
  const char *name, *version; /* "USD Coin", "2" */
  guint64 chain_id;
  GmAddress address;
} GmPermitToken;

typedef struct
{
  GmAddress owner, spender;
  GmU256 value; /* the token's units */
  GmU256 nonce; /* the contract counts them */
  guint64 deadline_unix;
} GmPermitAllowance;

typedef struct
{
  GmAddress from, to;
  GmU256 value; /* the token's units */
  guint64 valid_after_unix, valid_before_unix;
  GmHash nonce; /* used once, any value: ours is the order id */
} GmPermitTransfer;

JsonObject *gm_permit_compose_allowance (const GmPermitToken *token,
                                         const GmPermitAllowance *allowance);
/* Anyone may carry it to the contract. */
JsonObject *gm_permit_compose_transfer (const GmPermitToken *token,
                                        const GmPermitTransfer *transfer);
/* Only the receiver may. */
JsonObject *gm_permit_compose_receive (const GmPermitToken *token,
                                       const GmPermitTransfer *transfer);
/* The nonce cannot be used any more. */
JsonObject *gm_permit_compose_cancel (const GmPermitToken *token,
                                      const GmAddress *authorizer,
                                      const GmHash *nonce);

G_END_DECLS
