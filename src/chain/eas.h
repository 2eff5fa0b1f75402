/* eas.h - attestations on chain: what EAS knows of one, the receipt in it, and timestamps.
 *
 * Source: Ethereum Attestation Service, EAS.sol and Common.sol (MIT). Base has version 1.0.1 at a
 * predeploy address; what is called here is the same in all versions. A receipt is a license only
 * when its schema is the store's and its attester the LicenseIssuer: gm_eas_check_receipt ().
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"

G_BEGIN_DECLS

typedef struct
{
  GmHash uid;
  GmHash schema;
  guint64 time_unix;
  guint64 expires_unix; /* 0: never */
  guint64 revoked_unix; /* 0: it is valid */
  GmHash ref_uid;
  GmAddress recipient;
  GmAddress attester;
  gboolean revocable;
  GBytes *data; /* by its schema */
} GmEasAttestation;

/* "bytes32 orderId,bytes32 assetId,bytes32 manifestHash,address token,uint256 amount" */
typedef struct
{
  GmHash order_id;
  GmHash asset_id;
  GmHash manifest_hash;
  GmAddress token;
  gint64 amount_units;
} GmEasReceipt;

void gm_eas_attestation_clear (GmEasAttestation *self);

/* "1.0.1" */
char *gm_eas_dup_version (const GmContract *self,
                          const GmBlock *block,
                          GCancellable *cancellable,
                          GError **error);

/* NOT_FOUND: there is no such attestation. */
gboolean gm_eas_attestation (const GmContract *self,
                             const GmBlock *block,
                             const GmHash *uid,
                             GmEasAttestation *out,
                             GCancellable *cancellable,
                             GError **error);

/* Reads what a license receipt says. DENIED: of another schema or attester, or revoked. */
gboolean gm_eas_check_receipt (const GmEasAttestation *attestation,
                               const GmHash *schema,
                               const GmAddress *issuer,
                               GmEasReceipt *out,
                               GError **error);

/* By anyone, once: proves that @data was there then. */
GBytes *gm_eas_timestamp (const GmHash *data);
/* When it was; 0: never. Unix s. */
gboolean gm_eas_read_timestamp (const GmContract *self,
                                const GmBlock *block,
                                const GmHash *data,
                                guint64 *out,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
