/* license-receipt.h - what a license attestation says: who bought which version of which asset, for
 * how much, under which terms.
 *
 * EAS schema (ours), revocable, resolver 0 in the embedded form:
 *   bytes32 orderId,bytes32 assetId,uint64 assetVersion,bytes32 manifestHash,bytes32 licenseHash,
 *   address payer,address token,uint256 amount
 * recipient = buyer, expirationTime 0, refUID 0. The salt is the order id, so an issuer that signs
 * the same order twice at the same second makes the same attestation.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/attestation.h"

G_BEGIN_DECLS

typedef struct
{
  GmHash order_id;
  GmHash asset_id;
  guint64 asset_version;
  GmHash manifest_hash;
  GmHash license_hash;
  GmAddress payer;
  GmAddress token;
  gint64 amount_units;
} GmLicenseReceipt;

extern const char gm_license_receipt_schema[];

/* Of the embedded form: resolver 0. */
void gm_license_receipt_schema_uid (GmHash *out);

/* The embedded store's issuer signs: @issued_at is seconds since 1970. */
GmAttestation *gm_license_receipt_issue (const GmLicenseReceipt *receipt,
                                         const GmAddress *buyer,
                                         guint64 chain_id,
                                         guint64 issued_at,
                                         const GmSigner *issuer,
                                         GError **error);

gboolean gm_license_receipt_read (const GmAttestation *attestation,
                                  GmLicenseReceipt *out,
                                  GError **error);

G_END_DECLS
