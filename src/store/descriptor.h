/* descriptor.h - who a store is and whom it trusts, signed by its owner: GET /api/store.
 *
 *   { "v": 1, "apiVersion": 1, "name": "…", "owner": "0x…", "issuedAt": seconds,
 *     "chainId": n, "marketplace": "0x…", "issuer": "0x…", "licenseSchema": "0x…",
 *     "eas": { "version": "1.0.1", "contract": "0x…" }, "threshold": 2,
 *     "holders": [ { "id", "url", "hpkeKey", "signKey" } ], "recoveryKey": "0x…",
 *     "gateways": [ "http://…" ], "signature": "0x…" }
 *
 * Signed as EIP-712 StoreDescriptor(address owner,uint64 issuedAt,bytes32 content) in the domain
 * { "GotMusic Store", "1", chainId, marketplace }, where content is the SHA-256 of the JCS of all
 * members but the signature, also of those this program does not know. The application pins the
 * owner when a store is added; trust comes from the pinned descriptor only.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-envelope.h"

G_BEGIN_DECLS

#define GM_DESCRIPTOR_MAX_BYTES    65536
#define GM_DESCRIPTOR_MAX_GATEWAYS 16
#define GM_DESCRIPTOR_API_VERSION  1

typedef struct
{
  gint64 api_version;
  char *name;
  GmAddress owner;
  gint64 issued_at; /* seconds since 1970 */
  guint64 chain_id; /* ≥ 2^32: a local store with test money */
  GmAddress marketplace;
  GmAddress issuer; /* signs or is the attester of licenses */
  GmHash license_schema;
  char *eas_version;
  GmAddress eas_contract;
  guint threshold;
  GPtrArray *holders; /* of GmKeyHolder with URLs */
  GmHash recovery_key;
  char **gateways; /* base URLs that serve /ipfs/<cid> */
} GmDescriptor;

/* The signed JSON text. */
GBytes *gm_descriptor_sign (const GmDescriptor *self, const GmSigner *owner, GError **error);

/* Strict and verified. With @pinned (nullable) another owner is DENIED. */
GmDescriptor *gm_descriptor_parse (GBytes *json, const GmAddress *pinned, GError **error);
void gm_descriptor_free (GmDescriptor *self);

/* May @answer take the place of @kept, which a person trusts? CONFLICT: other contracts, issuer,
 * key holders, threshold or recovery key, so ask. BAD_DATA: it is older. Names and addresses of
 * servers may change. */
gboolean gm_descriptor_check_change (const GmDescriptor *kept,
                                     const GmDescriptor *answer,
                                     GError **error);
gboolean gm_descriptor_is_local (const GmDescriptor *self);
/* 16 hex digits of owner and chain id: names cache-<id>.db and ledger rows. */
char *gm_descriptor_dup_id (const GmDescriptor *self);
/* What a person compares when adding a store: "4F2A 91C0 …", eight groups. */
char *gm_descriptor_dup_fingerprint (const GmDescriptor *self);
/* By id; NULL when there is no such holder. */
const GmKeyHolder *gm_descriptor_find_holder (const GmDescriptor *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDescriptor, gm_descriptor_free)

G_END_DECLS
