/* attestation.h - EAS off-chain attestations, version 2: sign, verify, JSON.
 *
 * The same bytes as the EAS SDK's signOffchainAttestation(): EIP-712 domain { "EAS Attestation",
 * version, chainId, verifyingContract }, struct Attest with version and salt, and as uid the packed
 * keccak256 of the fields (the schema as its 66 characters). JSON is EAS's sharing form
 * { "signer", "sig": { version, uid, domain, primaryType, types, message, signature } }, 64-bit
 * numbers as strings. In the embedded form the domain has the store's chain id and contract 0.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "evm/signature.h"

G_BEGIN_DECLS

#define GM_ATTESTATION_MAX_BYTES      16384 /* of the JSON */
#define GM_ATTESTATION_MAX_DATA_BYTES 4096
#define GM_ATTESTATION_EAS_VERSION    "1.0.1" /* of the domain; Base runs this one */

typedef struct
{
  guint64 chain_id;
  GmAddress contract; /* EAS */
  char *eas_version;
  GmHash uid;
  GmHash schema;
  GmAddress attester;
  GmAddress recipient;
  guint64 time;            /* seconds since 1970 */
  guint64 expiration_time; /* 0: never */
  gboolean revocable;
  GmHash ref_uid;
  GBytes *data; /* ABI-encoded by the schema */
  GmHash salt;
  GmSignature signature;
} GmAttestation;

/* Signs what is filled in but attester, uid and signature, and sets those. */
gboolean gm_attestation_sign (GmAttestation *self, const GmSigner *signer, GError **error);

/* That uid is right and attester signed: parse() has done this already. */
gboolean gm_attestation_verify (const GmAttestation *self, GError **error);

/* Strict and verified: BAD_DATA, or DENIED for a wrong uid or signature. */
GmAttestation *gm_attestation_from_json (JsonObject *object, GError **error);
GmAttestation *gm_attestation_parse (const char *json, GError **error);
JsonObject *gm_attestation_to_json (const GmAttestation *self);
char *gm_attestation_dup_text (const GmAttestation *self); /* canonical JSON */

GmAttestation *gm_attestation_copy (const GmAttestation *self);
void gm_attestation_free (GmAttestation *self);

/* keccak256 (schema ‖ resolver ‖ revocable), packed */
void gm_attestation_schema_uid (const char *schema,
                                const GmAddress *resolver,
                                gboolean revocable,
                                GmHash *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAttestation, gm_attestation_free)

G_END_DECLS
