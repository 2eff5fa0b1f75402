/* license-issuer.h - the licenses LicenseIssuer wrote, and having one written or revoked.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 seq; /* of the sale */
  GmHash order_id;
  GmHash asset_id;
  GmHash uid; /* of its attestation now: a reorganization may give it another */
  gboolean revoked;
} GmLicenseIssuerLicense;

/* By anyone, for a sale that has none. */
GBytes *gm_license_issuer_issue (guint64 seq);
/* By the issuer role. */
GBytes *gm_license_issuer_revoke (const GmHash *order_id, const char *reason);

gboolean gm_license_issuer_is_licensed (const GmContract *self,
                                        const GmBlock *block,
                                        const GmAddress *buyer,
                                        const GmHash *asset_id,
                                        gboolean *out,
                                        GCancellable *cancellable,
                                        GError **error);
/* The attestation of an order now; 0 when there is none. */
gboolean gm_license_issuer_receipt_of (const GmContract *self,
                                       const GmBlock *block,
                                       const GmHash *order_id,
                                       GmHash *uid,
                                       GCancellable *cancellable,
                                       GError **error);
/* Up to @n of a buyer from number @from on, oldest first: a GArray of GmLicenseIssuerLicense. */
GArray *gm_license_issuer_licenses_of (const GmContract *self,
                                       const GmBlock *block,
                                       const GmAddress *buyer,
                                       guint64 from,
                                       guint64 n,
                                       GCancellable *cancellable,
                                       GError **error);
/* The UID of the schema its receipts have. */
gboolean gm_license_issuer_schema (const GmContract *self,
                                   const GmBlock *block,
                                   GmHash *out,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
