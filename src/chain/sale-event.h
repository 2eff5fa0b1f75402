/* sale-event.h - what the contracts logged of listings, sales, money, layaways and licenses.
 *
 * Logs say where to look; what is true is read from the contract (tx-log.h). One shape for all of
 * them, of which an event fills what the table in sale-event.c says; the rest is 0.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"

G_BEGIN_DECLS

typedef enum
{
  /* of Marketplace */
  GM_SALE_LISTED, /* listing, asset, account: the seller, number: the version */
  GM_SALE_CLOSED,
  GM_SALE_ENVELOPE_SET, /* asset, digest */
  GM_SALE_PURCHASE_RECORDED,
  GM_SALE_DISTRIBUTED, /* listing, number: the version, token, amount, rest: the store's fee */
  GM_SALE_TAKEN_DOWN,  /* asset, flag: 1 down, 0 back */
  /* of a purse: Marketplace and LayawayEscrow */
  GM_SALE_CREDITED,
  GM_SALE_CLAIMED, /* account, token, other: who got it, amount */
  /* of LayawayEscrow */
  GM_SALE_RESERVED,
  GM_SALE_PAYMENT_RECEIVED, /* layaway, amount, rest: paid until now; step */
  GM_SALE_COMPLETED,
  GM_SALE_CANCELLED,
  GM_SALE_DEFAULTED,
  GM_SALE_VOIDED, /* layaway, account: by whom */
  GM_SALE_REFUNDED,
  /* of LicenseIssuer */
  GM_SALE_LICENSE_ISSUED, /* order, asset, account, digest: the uid */
  GM_SALE_LICENSE_REVOKED,
  GM_SALE_N_EVENTS,
} GmSaleEventKind;

typedef struct
{
  GmHash order_id;
  GmHash asset_id;
  GmHash layaway_id;
  GmHash digest; /* of the manifest or envelope; the uid */
  GmAddress account, other, token;
  guint64 listing_id;
  guint64 number; /* of the sale, or the listing's version */
  guint flag;     /* how it was paid: Path of Types.sol */
  GmU256 amount, rest, step;
  char *reason; /* (nullable) why a license was revoked; a stranger's words */
} GmSaleEvent;

void gm_sale_event_clear (GmSaleEvent *self);

/* NOT_FOUND: @log is no such event of @contract; BAD_DATA: not as it writes them. */
gboolean gm_sale_event_decode (GmSaleEventKind kind,
                               const GmAddress *contract,
                               const GmTxLog *log,
                               GmSaleEvent *out,
                               GError **error);

G_END_DECLS
