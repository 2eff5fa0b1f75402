/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/signing-domain.h"

#include "base/json.h"
#include "base/u256.h"
#include "evm/address.h"
#include "evm/typed-data.h"
#include "license-world.h"
#include "licenses/wire.h"

/* Our struct hash of a vector: its members in order, as the JSON form types them. */
static void
add_member (GmAbi *fields, const char *type, JsonNode *value)
{
  const char *text = json_node_get_string (value);
  GmAddress address;
  GmHash hash;
  GmU256 number;

  if (g_str_equal (type, "bytes32"))
    {
      g_assert_true (gm_hash_parse (text, &hash, NULL));
      gm_abi_add_hash (fields, &hash);
    }
  else if (g_str_equal (type, "address"))
    {
      g_assert_true (gm_address_parse (text, &address, NULL));
      gm_abi_add_address (fields, &address);
    }
  else
    {
      g_assert_true (gm_u256_parse (text, &number, NULL));
      gm_abi_add_u256 (fields, &number);
    }
}

static GmAbi *
build_fields (JsonObject *typed_data, const char *primary)
{
  JsonObject *types = json_object_get_object_member (typed_data, "types");
  JsonObject *message = json_object_get_object_member (typed_data, "message");
  JsonArray *members = json_object_get_array_member (types, primary);
  g_autofree char *type = gm_typed_data_encode_type (types, primary, NULL);
  GmAbi *fields = gm_signing_domain_struct (type);

  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonObject *member = json_array_get_object_element (members, i);

      add_member (fields, json_object_get_string_member (member, "type"),
                  json_object_get_member (message, json_object_get_string_member (member, "name")));
    }
  return fields;
}

/* What a signer is shown is what ethers was: the same text, whatever way numbers are written. */
static void
assert_shown (const GmSigningDomain *domain, JsonObject *typed_data, const GmHash *digest)
{
  JsonObject *types = json_object_get_object_member (typed_data, "types");
  const char *primary = json_object_get_string_member (typed_data, "primaryType");
  g_autofree char *type = gm_typed_data_encode_type (types, primary, NULL);
  g_autoptr (JsonObject) shown = gm_signing_domain_typed_data (
      domain, type, json_object_ref (json_object_get_object_member (typed_data, "message")));
  g_autofree char *again = gm_typed_data_encode_type (
      json_object_get_object_member (shown, "types"), primary, NULL);
  GmHash shown_digest;

  g_assert_cmpstr (again, ==, type);
  g_assert_true (gm_typed_data_digest (shown, &shown_digest, NULL));
  g_assert_true (gm_hash_equal (&shown_digest, digest));
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = gm_world_vectors ("license-structs.json");
  JsonArray *structs = json_object_get_array_member (vectors, "structs");

  g_assert_cmpuint (json_array_get_length (structs), >, 5);
  for (guint i = 0; i < json_array_get_length (structs); i++)
    {
      JsonObject *vector = json_array_get_object_element (structs, i);
      JsonObject *typed_data = json_object_get_object_member (vector, "typedData");
      const char *primary = json_object_get_string_member (typed_data, "primaryType");
      JsonObject *json_domain = json_object_get_object_member (vector, "domain");
      g_autoptr (GmAbi) fields = NULL;
      g_autoptr (GError) error = NULL;
      GmSigningDomain domain;
      GmHash expected, digest;

      g_assert_true (gm_json_hash_member (vector, "digest", &expected, &error));
      g_assert_true (gm_typed_data_digest (typed_data, &digest, &error));
      g_assert_no_error (error);
      g_assert_true (gm_hash_equal (&digest, &expected));

      domain.name = json_object_get_string_member (json_domain, "name");
      domain.version = json_object_get_string_member (json_domain, "version");
      g_assert_true (gm_wire_uint (json_domain, "chainId", &domain.chain_id, NULL));
      g_assert_true (gm_wire_address (json_domain, "verifyingContract", &domain.contract, NULL));
      assert_shown (&domain, typed_data, &expected);
      if (g_str_equal (primary,
                       "RevocationList")) /* has an array: tests/licenses/test-revocation */
        continue;
      fields = build_fields (typed_data, primary);
      gm_signing_domain_digest (&domain, fields, &digest);
      g_assert_true (gm_hash_equal (&digest, &expected));

      domain.chain_id++;
      gm_signing_domain_digest (&domain, fields, &digest);
      g_assert_false (gm_hash_equal (&digest, &expected));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signing-domain/digests-are-those-of-ethers", test_vectors);
  return g_test_run ();
}
