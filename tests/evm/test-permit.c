/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/permit.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/address.h"
#include "evm/typed-data.h"

static GmAddress
address_of (const char *text)
{
  GmAddress address;

  g_assert_true (gm_address_parse (text, &address, NULL));
  return address;
}

static void
assert_digest (JsonObject *typed_data, JsonObject *vector)
{
  g_autoptr (GError) error = NULL;
  GmHash digest;

  g_assert_true (gm_typed_data_digest (typed_data, &digest, &error));
  evm_vectors_assert_hash (&digest, json_object_get_string_member (vector, "digest"));
  json_object_unref (typed_data);
}

/* evm-signing.json, made by ethers and viem: two transfers of EIP-3009 and a permit. */
static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = evm_vectors_load ("evm-signing.json");
  JsonArray *typed = json_object_get_array_member (vectors, "typed");
  const GmAddress owner = address_of (json_object_get_string_member (vectors, "address"));
  const GmAddress other = address_of ("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  const GmPermitToken pyusd = { "PayPal USD", "1", 1,
                                address_of ("0x6c3ea9036406852006290770BEdFcAbA0e23A0e8") };
  const GmPermitToken usdc = { "USD Coin", "2", 8453,
                               address_of ("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913") };
  const GmPermitAllowance allowance = {
    .owner = owner, .spender = other, .value = gm_u256_from_u64 (1), .deadline_unix = 1900000000
  };
  GmPermitTransfer transfer = {
    .from = owner, .to = other, .value = gm_u256_from_u64 (1990000), .valid_before_unix = 1900000000
  };

  memset (transfer.nonce.b, 0x11, sizeof transfer.nonce.b);
  assert_digest (gm_permit_compose_transfer (&pyusd, &transfer),
                 json_array_get_object_element (typed, 0));
  memset (transfer.nonce.b, 0x22, sizeof transfer.nonce.b);
  assert_digest (gm_permit_compose_receive (&usdc, &transfer),
                 json_array_get_object_element (typed, 1));
  assert_digest (gm_permit_compose_allowance (&pyusd, &allowance),
                 json_array_get_object_element (typed, 2));
}

/* The type hashes that EIP-2612 and EIP-3009 print. */
static void
test_types (void)
{
  static const char *const encoded[] = {
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
    "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
    "uint256 validBefore,bytes32 nonce)",
    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
    "uint256 validBefore,bytes32 nonce)",
    "CancelAuthorization(address authorizer,bytes32 nonce)",
  };
  const GmPermitToken token = { .name = "“T” \"\\", .version = "", .chain_id = G_MAXUINT64 };
  const GmPermitAllowance allowance = { 0 };
  const GmPermitTransfer transfer = { 0 };
  JsonObject *composed[] = {
    gm_permit_compose_allowance (&token, &allowance),
    gm_permit_compose_transfer (&token, &transfer),
    gm_permit_compose_receive (&token, &transfer),
    gm_permit_compose_cancel (&token, &transfer.from, &transfer.nonce),
  };

  for (guint i = 0; i < G_N_ELEMENTS (composed); i++)
    {
      JsonObject *types = json_object_get_object_member (composed[i], "types");
      g_autoptr (GError) error = NULL;
      g_autofree char *text = gm_typed_data_encode_type (
          types, json_object_get_string_member (composed[i], "primaryType"), &error);
      GmHash digest;

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, encoded[i]);
      g_assert_true (gm_typed_data_digest (composed[i], &digest, &error));
      json_object_unref (composed[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permit/digests-are-those-others-sign", test_vectors);
  g_test_add_func ("/permit/types-are-as-published", test_types);
  return g_test_run ();
}
