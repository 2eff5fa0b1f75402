/* contract-order.h - an order as the contracts take it, and the signatures that pay for it.

 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"
#include "chain/order-terms.h"
#include "evm/signature.h"

G_BEGIN_DECLS

typedef struct
{
  GmOrderTerms terms; /* its salt is that of @salt: gm_contract_order_seal () */
  GmOrderSalt salt;
} GmContractOrder;

/* An EIP-3009 authorization; its nonce is the id of what is paid. */
typedef struct
{
  guint64 valid_after_unix, valid_before_unix;
  GmSignature signature;
} GmContractAuthorization;

/* An EIP-2612 permit. */
typedef struct
{
  guint64 deadline_unix;
  GmSignature signature;
} GmContractPermit;

extern const GmAbiField gm_contract_order_fields[];
extern const GmAbiField gm_contract_order_authorization[];
extern const GmAbiField gm_contract_order_permit[];

/* Sets the salt of the terms; @id (nullable) is the order's then. */
void gm_contract_order_seal (GmContractOrder *self, GmHash *id);

/* Calldata of a function whose only argument is an order. */
GBytes *gm_contract_order_encode (const char *const *abi,
                                  const char *function,
                                  const GmContractOrder *order,
                                  GError **error);

G_END_DECLS
