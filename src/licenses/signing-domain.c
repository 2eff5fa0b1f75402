/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/signing-domain.h"

#include "evm/keccak.h"

GmSigningDomain
gm_signing_domain_keys (guint64 chain_id, const GmAddress *issuer)
{
  return (GmSigningDomain){ "GotMusic Keys", "1", chain_id, *issuer };
}

GmAbi *
gm_signing_domain_struct (const char *type)
{
  GmAbi *fields = gm_abi_new ();
  GmHash type_hash;

  gm_keccak256_text (type, &type_hash);
  gm_abi_add_hash (fields, &type_hash);
  return fields;
}

static void
hash_domain (const GmSigningDomain *domain, GmHash *out)
{
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  GmHash hash;

  gm_keccak256_text (domain->name, &hash);
  gm_abi_add_hash (fields, &hash);
  gm_keccak256_text (domain->version, &hash);
  gm_abi_add_hash (fields, &hash);
  gm_abi_add_uint (fields, 64, domain->chain_id);
  gm_abi_add_address (fields, &domain->contract);
  gm_abi_hash (fields, out);
}

/* EIP-712: keccak256 (0x19 ‖ 0x01 ‖ domainSeparator ‖ hashStruct) */
void
gm_signing_domain_digest (const GmSigningDomain *domain, const GmAbi *fields, GmHash *out)
{
  g_autoptr (GmAbi) preimage = gm_abi_new ();
  GmHash hash;

  gm_abi_add_uint (preimage, 16, 0x1901);
  hash_domain (domain, &hash);
  gm_abi_add_hash (preimage, &hash);
  gm_abi_hash (fields, &hash);
  gm_abi_add_hash (preimage, &hash);
  gm_abi_hash_packed (preimage, out);
}
