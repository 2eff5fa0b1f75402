/* listing-contract.h - what is called of Marketplace to offer an asset, and what is offered.
 *
 * Every change of a listing is a new version, and what a version said stays readable. An asset's id
 * contains its seller (licenses/manifest.h), so nobody else can list it. The seller calls; or an
 * operator whom the seller signed for, one listing at a time (listing-consent.h).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"
#include "evm/signature.h"

G_BEGIN_DECLS

typedef struct
{
  GmAddress token;
  gint64 units; /* of the token */
} GmListingPrice;

typedef struct
{
  GmAddress account;
  guint share; /* basis points; of all 10,000 */
} GmListingPayee;

/* How an exclusive one may be paid over time. */
typedef struct
{
  guint deposit; /* basis points, 1,000 to 5,000; 0: not over time */
  guint installments;
  guint interval_days;
} GmListingPlan;

typedef struct
{
  GmHash asset_salt;
  gboolean exclusive;
  gboolean accept_external;
  GmHash manifest_hash;
  GmHash license_hash;
  GmListingPlan plan;
  GArray *prices; /* of GmListingPrice */
  GArray *payees; /* of GmListingPayee, 1 to 8 */
  guint fee;      /* basis points the store takes; told, not asked */
} GmListingTerms;

typedef struct
{
  GmAddress seller; /* 0: there is no such listing */
  guint64 version;
  gboolean open;
  gboolean exclusive;
} GmListingHead;

/* What the seller lets an operator do, once. */
typedef struct
{
  guint64 listing_id; /* 0: a new one */
  guint64 version;    /* the listing's now; 0 of a new one */
  GmAddress agent;    /* the operator */
  GmAddress seller;
  guint64 nonce;
  guint64 deadline_unix;
} GmListingConsent;

void gm_listing_contract_clear (GmListingTerms *self);

/* BAD_DATA: a number does not fit. @listing_id 0: a new one. */
GBytes *gm_listing_contract_offer (guint64 listing_id, const GmListingTerms *terms, GError **error);
GBytes *gm_listing_contract_close (guint64 listing_id);
/* By the operator: @signature is of gm_listing_consent_offer () or close (). */
GBytes *gm_listing_contract_offer_for (const GmListingConsent *consent,
                                       const GmListingTerms *terms,
                                       const GmSignature *signature,
                                       GError **error);
GBytes *gm_listing_contract_close_for (const GmListingConsent *consent,
                                       const GmSignature *signature);
/* Announces the SHA-256, hence the CID, of the asset's envelope (PROTOCOLS A5). By the seller. */
GBytes *gm_listing_contract_set_envelope (const GmHash *asset_salt, const GmHash *digest);

gboolean gm_listing_contract_head (const GmContract *self,
                                   const GmBlock *block,
                                   guint64 listing_id,
                                   GmListingHead *out,
                                   GCancellable *cancellable,
                                   GError **error);
/* What a version said; NOT_FOUND if there is none. */
gboolean gm_listing_contract_read (const GmContract *self,
                                   const GmBlock *block,
                                   guint64 listing_id,
                                   guint64 version,
                                   GmListingTerms *out,
                                   GCancellable *cancellable,
                                   GError **error);
/* The number the seller's next consent has. */
gboolean gm_listing_contract_nonce (const GmContract *self,
                                    const GmBlock *block,
                                    const GmAddress *seller,
                                    guint64 *out,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
