/* signing-domain.h - our EIP-712 structs: their digests from fields, and their signing from JSON.
 *
 * Who verifies has the fields and takes the short way; who signs is shown the whole typed data.
 * Both have the same digest (the tests compare).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi.h"
#include "evm/signature.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *version;
  guint64 chain_id;
  GmAddress contract; /* verifyingContract */
} GmSigningDomain;

/* "GotMusic Keys" (PROTOCOLS A17): @issuer is LicenseIssuer, in the embedded form the attester. */
GmSigningDomain gm_signing_domain_keys (guint64 chain_id, const GmAddress *issuer);

/* A list that starts with keccak256 (@type); add the members, then digest it. */
GmAbi *gm_signing_domain_struct (const char *type);
void gm_signing_domain_digest (const GmSigningDomain *domain, const GmAbi *fields, GmHash *out);

/* @type names no other structs; @message has its members. Both take @message. */
JsonObject *gm_signing_domain_typed_data (const GmSigningDomain *domain,
                                          const char *type,
                                          JsonObject *message);
gboolean gm_signing_domain_sign (const GmSigningDomain *domain,
                                 const char *type,
                                 JsonObject *message,
                                 const GmSigner *signer,
                                 GmSignature *out,
                                 GError **error);

G_END_DECLS
