/* listing-consent.h - what a seller signs so that an operator may list or close for them, once.
 *
 *   List(address operator,uint256 listingId,uint64 version,Terms terms,uint256 nonce,uint256
 * deadline) Close(address operator,uint256 listingId,uint64 version,uint256 nonce,uint256 deadline)
 *
 * in the EIP-712 domain { "GotMusic", "1", chainId, marketplace }, as contracts/src/Listings.sol
 * has it. The version is the listing's now and the nonce the seller's next, so an old signature
 * never brings back an old price (PROTOCOLS D11). Shown in words before it is signed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/listing-contract.h"

G_BEGIN_DECLS

JsonObject *gm_listing_consent_offer (guint64 chain_id,
                                      const GmAddress *marketplace,
                                      const GmListingConsent *consent,
                                      const GmListingTerms *terms);
JsonObject *gm_listing_consent_close (guint64 chain_id,
                                      const GmAddress *marketplace,
                                      const GmListingConsent *consent);

G_END_DECLS
