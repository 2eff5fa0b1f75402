/* condition.h - what must be true before a holder releases its share (PROTOCOLS A3, A9).
 *
 *   { "kind": "offchain", "chainId": n ≥ 2^32,
 *     "eas": { "version": "1.0.1", "contract": "0x0…" }, "schema": "0x…", "attester": "0x…",
 *     "assetId": "0x…", "revocations": { "signer": attester, "maxAge": 86400 } }
 *   { "kind": "onchain", "chainId": n < 2^32, "eas", "schema", "attester", "assetId",
 *     "marketplace": "0x…" }
 *
 * The condition is authenticated by each share's HPKE info: changing it makes the share unopenable.
 * Pure; the on-chain kind is read and hashed here, and evaluated where a chain is at hand.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "licenses/attestation.h"
#include "licenses/revocation.h"

G_BEGIN_DECLS

#define GM_CONDITION_LOCAL_CHAIN (G_GUINT64_CONSTANT (1) << 32) /* local chain ids start here */

typedef enum
{
  GM_CONDITION_OFFCHAIN,
  GM_CONDITION_ONCHAIN,
} GmConditionKind;

typedef struct
{
  GmConditionKind kind;
  guint64 chain_id;
  char *eas_version;
  GmAddress eas_contract;
  GmHash schema;
  GmAddress attester; /* on-chain: LicenseIssuer */
  GmHash asset_id;
  GmAddress marketplace; /* on-chain only */
} GmCondition;

/* What a buyer claims; @revocations is the holder's own copy of the list. */
typedef struct
{
  const GmAttestation *attestation;
  GmHash uid;
  GmHash order_id;
  GmAddress buyer;
  const GmRevocationList *revocations; /* (nullable): refused */
  gint64 now_unix;
} GmClaim;

/* Of the embedded form. */
GmCondition *gm_condition_new_offchain (guint64 chain_id,
                                        const GmAddress *attester,
                                        const GmHash *asset_id);
GmCondition *gm_condition_from_json (JsonObject *object, GError **error);
JsonObject *gm_condition_to_json (const GmCondition *self);
gboolean gm_condition_equal (const GmCondition *a, const GmCondition *b);
GmCondition *gm_condition_copy (const GmCondition *self);
void gm_condition_free (GmCondition *self);

/* Off-chain kind. DENIED, and the message is the reason: each check has its own. */
gboolean gm_condition_check (const GmCondition *self, const GmClaim *claim, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmCondition, gm_condition_free)

G_END_DECLS
