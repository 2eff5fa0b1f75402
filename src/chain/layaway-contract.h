/* layaway-contract.h - what is called of LayawayEscrow, and how a layaway stands.
 *
 * Step 0 is the deposit and reserves, then come the installments, in order; GM_LAYAWAY_REST pays
 * all that is left from a step on. Each step is paid as an order is (marketplace-contract.h), and
 * the nonce of its authorization, also what makes its settle address, is its payment id.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract-order.h"
#include "chain/listing-contract.h"

G_BEGIN_DECLS

/* A step of it is GM_LAYAWAY_REST + the step from which on all is paid. */
#define GM_LAYAWAY_REST 256u

typedef enum
{
  GM_LAYAWAY_NONE,
  GM_LAYAWAY_ACTIVE,
  GM_LAYAWAY_COMPLETED,
  GM_LAYAWAY_CANCELLED,
  GM_LAYAWAY_DEFAULTED,
  GM_LAYAWAY_VOIDED,
} GmLayawayState;

typedef enum
{
  GM_LAYAWAY_CANCEL,         /* by the buyer: the deposit stays with the seller */
  GM_LAYAWAY_MARK_DEFAULTED, /* by anyone after the deadline: the same */
  GM_LAYAWAY_VOID_BY_SELLER, /* everything back */
  GM_LAYAWAY_VOID_BY_ADMIN,  /* by a moderator: the same */
} GmLayawayEnd;

typedef struct
{
  GmAddress buyer;
  GmAddress seller;
  guint state; /* GmLayawayState */
  guint next;  /* the step to be paid next */
  guint64 start_unix;
  guint64 paused_before; /* seconds the marketplace had been paused until then */
  GmListingPlan plan;
  GmAddress token;
  gint64 price_units;
  gint64 paid_units;
  GmHash asset_id;
} GmLayaway;

void gm_layaway_contract_id (const GmContractOrder *order, const GmAddress *escrow, GmHash *out);
void gm_layaway_contract_payment_id (const GmHash *layaway, guint step, GmHash *out);

/* By anyone. */
GBytes *gm_layaway_contract_pay_with_authorization (const GmContractOrder *order,
                                                    guint step,
                                                    const GmAddress *payer,
                                                    const GmContractAuthorization *paid,
                                                    GError **error);
/* By who pays, by allowance; @permit (nullable) allows it first. */
GBytes *gm_layaway_contract_pay (const GmContractOrder *order,
                                 guint step,
                                 const GmContractPermit *permit,
                                 GError **error);
/* By anyone. */
GBytes *gm_layaway_contract_settle (const GmContractOrder *order, guint step, GError **error);
GBytes *gm_layaway_contract_recover (const GmContractOrder *order,
                                     guint step,
                                     const GmAddress *token,
                                     GError **error);
GBytes *gm_layaway_contract_end (GmLayawayEnd how, const GmHash *layaway);

/* Of one that was never reserved the state is NONE. */
gboolean gm_layaway_contract_read (const GmContract *self,
                                   const GmBlock *block,
                                   const GmHash *layaway,
                                   GmLayaway *out,
                                   GCancellable *cancellable,
                                   GError **error);
/* Until when the next step can be paid; unix s. */
gboolean gm_layaway_contract_deadline (const GmContract *self,
                                       const GmBlock *block,
                                       const GmHash *layaway,
                                       guint64 *out,
                                       GCancellable *cancellable,
                                       GError **error);
gboolean gm_layaway_contract_amount (const GmContract *self,
                                     const GmBlock *block,
                                     const GmContractOrder *order,
                                     guint step,
                                     gint64 *units,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
