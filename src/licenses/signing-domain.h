/* signing-domain.h - digests of our EIP-712 structs, from their fields instead of from JSON.
 *
 * Equal to gm_typed_data_digest() of the same data (the tests compare); for programs that sign and
 * check, where nobody reads the JSON form.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi.h"

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

G_END_DECLS
