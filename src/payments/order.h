/* order.h - the terms of one sale, signed by the buyer (PROTOCOLS A1).
 *
 * What chain/order-terms.h hashes, the buyer signs in the EIP-712 domain { "GotMusic", "1",
 * chainId, marketplace }. So a signature says what is bought from whom for how much, and fits no
 * other sale.
 *
 * GmOrder is the store's row and its JSON. POST /api/orders takes the members up to "signature";
 * the store adds the rest:
 *
 *   open ─▶ paid ─▶ licensed        PUT /api/orders/:id/payment { "provider": "mock", "seed": n }
 *     └──▶ failed, expired   └─▶ refunded
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"
#include "chain/order-terms.h"
#include "evm/signature.h"

G_BEGIN_DECLS

#define GM_ORDER_MAX_BYTES 8192

typedef struct
{
  char *id; /* 0x and 64 digits: the hash of the terms */
  char *chain_id;
  char *marketplace;
  char *listing_id;
  gint64 listing_version;
  char *asset_id;
  char *buyer;
  char *payer;
  char *token;
  gint64 amount_units;
  char *currency;
  char *manifest_hash;
  char *license_hash;
  char *salt;
  char *signature;
  char *asset;       /* (nullable) ULID of the store's row */
  char *status;      /* (nullable) as above */
  char *provider;    /* (nullable) "mock" */
  char *failure;     /* (nullable) why it failed */
  char *license_uid; /* (nullable) */
  gint64 created_at; /* ms */
  gint64 updated_at;
} GmOrder;

extern const GmRecordType gm_order_type;

void gm_order_digest (const GmOrderTerms *terms, GmHash *out); /* what the buyer signs */

/* Signs; what the store adds stays empty. */
GmOrder *gm_order_new (const GmOrderTerms *terms,
                       const char *currency,
                       const GmSigner *buyer,
                       GError **error);

/* Reads the terms of a row and checks its id (absent: it is not checked) and the signature of
 * buyer. BAD_DATA or DENIED. What the terms say is up to the caller. */
gboolean gm_order_check (const GmOrder *order, GmOrderTerms *terms, GError **error);

void gm_order_free (GmOrder *order);
gboolean gm_order_status_may_go (const char *from, const char *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmOrder, gm_order_free)

G_END_DECLS
