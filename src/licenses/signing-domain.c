/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/signing-domain.h"

#include <string.h>

#include "evm/keccak.h"
#include "evm/signable.h"
#include "licenses/wire.h"

static const char domain_type[] =
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

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
  g_autoptr (GmAbi) fields = gm_signing_domain_struct (domain_type);
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

/* "Name(type name,…)" as the member Name: [ { name, type }, … ] of "types". */
static void
add_type (JsonObject *types, const char *type)
{
  gsize length = strcspn (type, "(");
  g_autofree char *name = g_strndup (type, length);
  g_autofree char *list = g_strndup (type + length + 1, strlen (type) - length - 2);
  g_auto (GStrv) members = g_strsplit (list, ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; members[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (members[i], " ", 2);
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", words[1]);
      json_object_set_string_member (member, "type", words[0]);
      json_array_add_object_element (array, member);
    }
  json_object_set_array_member (types, name, array);
}

JsonObject *
gm_signing_domain_typed_data (const GmSigningDomain *domain, const char *type, JsonObject *message)
{
  g_autofree char *primary = g_strndup (type, strcspn (type, "("));
  JsonObject *typed_data = json_object_new ();
  JsonObject *types = json_object_new ();
  JsonObject *values = json_object_new ();

  add_type (types, domain_type);
  add_type (types, type);
  json_object_set_string_member (values, "name", domain->name);
  json_object_set_string_member (values, "version", domain->version);
  gm_wire_set_uint (values, "chainId", domain->chain_id);
  gm_wire_set_address (values, "verifyingContract", &domain->contract);

  json_object_set_object_member (typed_data, "types", types);
  json_object_set_string_member (typed_data, "primaryType", primary);
  json_object_set_object_member (typed_data, "domain", values);
  json_object_set_object_member (typed_data, "message", message);
  return typed_data;
}

gboolean
gm_signing_domain_sign (const GmSigningDomain *domain,
                        const char *type,
                        JsonObject *message,
                        const GmSigner *signer,
                        GmSignature *out,
                        GError **error)
{
  g_autoptr (JsonObject) typed_data = gm_signing_domain_typed_data (domain, type, message);
  const GmSignable what = { GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data };

  return signer->sign (signer, &what, out, error);
}
