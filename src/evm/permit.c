/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/permit.h"

#include "evm/address.h"

typedef struct
{
  const char *name, *type;
} Member;

static const Member domain[] = {
  { "name", "string" },     { "version", "string" },
  { "chainId", "uint256" }, { "verifyingContract", "address" },
  { NULL, NULL },
};
static const Member allowance_type[] = {
  { "owner", "address" }, { "spender", "address" },  { "value", "uint256" },
  { "nonce", "uint256" }, { "deadline", "uint256" }, { NULL, NULL },
};
static const Member transfer_type[] = {
  { "from", "address" },
  { "to", "address" },
  { "value", "uint256" },
  { "validAfter", "uint256" },
  { "validBefore", "uint256" },
  { "nonce", "bytes32" },
  { NULL, NULL },
};
static const Member cancel_type[] = {
  { "authorizer", "address" },
  { "nonce", "bytes32" },
  { NULL, NULL },
};

static void
set_address (JsonObject *object, const char *member, const GmAddress *address)
{
  g_autofree char *text = gm_address_dup_text (address);

  json_object_set_string_member (object, member, text);
}

static void
set_u256 (JsonObject *object, const char *member, const GmU256 *number)
{
  g_autofree char *text = gm_u256_format (number);

  json_object_set_string_member (object, member, text);
}

static void
set_u64 (JsonObject *object, const char *member, guint64 number)
{
  GmU256 wide = gm_u256_from_u64 (number);

  set_u256 (object, member, &wide);
}

static void
set_hash (JsonObject *object, const char *member, const GmHash *hash)
{
  g_autofree char *text = gm_hash_dup_hex (hash);

  json_object_set_string_member (object, member, text);
}

static JsonArray *
list_members (const Member *members)
{
  JsonArray *list = json_array_new ();

  for (; members->name != NULL; members++)
    {
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", members->name);
      json_object_set_string_member (member, "type", members->type);
      json_array_add_object_element (list, member);
    }
  return list;
}

/* Takes @message. */
static JsonObject *
compose (const GmPermitToken *token, const char *type, const Member *members, JsonObject *message)
{
  JsonObject *typed_data = json_object_new ();
  JsonObject *types = json_object_new ();
  JsonObject *values = json_object_new ();

  json_object_set_array_member (types, "EIP712Domain", list_members (domain));
  json_object_set_array_member (types, type, list_members (members));
  json_object_set_string_member (values, "name", token->name);
  json_object_set_string_member (values, "version", token->version);
  set_u64 (values, "chainId", token->chain_id);
  set_address (values, "verifyingContract", &token->address);

  json_object_set_object_member (typed_data, "types", types);
  json_object_set_string_member (typed_data, "primaryType", type);
  json_object_set_object_member (typed_data, "domain", values);
  json_object_set_object_member (typed_data, "message", message);
  return typed_data;
}

JsonObject *
gm_permit_compose_allowance (const GmPermitToken *token, const GmPermitAllowance *allowance)
{
  JsonObject *message = json_object_new ();

  set_address (message, "owner", &allowance->owner);
  set_address (message, "spender", &allowance->spender);
  set_u256 (message, "value", &allowance->value);
  set_u256 (message, "nonce", &allowance->nonce);
  set_u64 (message, "deadline", allowance->deadline_unix);
  return compose (token, "Permit", allowance_type, message);
}

static JsonObject *
compose_move (const GmPermitToken *token, const char *type, const GmPermitTransfer *transfer)
{
  JsonObject *message = json_object_new ();

  set_address (message, "from", &transfer->from);
  set_address (message, "to", &transfer->to);
  set_u256 (message, "value", &transfer->value);
  set_u64 (message, "validAfter", transfer->valid_after_unix);
  set_u64 (message, "validBefore", transfer->valid_before_unix);
  set_hash (message, "nonce", &transfer->nonce);
  return compose (token, type, transfer_type, message);
}

JsonObject *
gm_permit_compose_transfer (const GmPermitToken *token, const GmPermitTransfer *transfer)
{
  return compose_move (token, "TransferWithAuthorization", transfer);
}

JsonObject *
gm_permit_compose_receive (const GmPermitToken *token, const GmPermitTransfer *transfer)
{
  return compose_move (token, "ReceiveWithAuthorization", transfer);
}

JsonObject *
gm_permit_compose_cancel (const GmPermitToken *token,
                          const GmAddress *authorizer,
                          const GmHash *nonce)
{
  JsonObject *message = json_object_new ();

  set_address (message, "authorizer", authorizer);
  set_hash (message, "nonce", nonce);
  return compose (token, "CancelAuthorization", cancel_type, message);
}
