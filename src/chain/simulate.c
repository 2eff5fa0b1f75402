/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/simulate.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/money.h"
#include "chain/contract-error.h"
#include "chain/rpc-value.h"
#include "evm/abi-reader.h"
#include "evm/abi.h"
#include "evm/address.h"

/* A contract that exists in the simulation only and answers balanceOf(address) with the account's
 * ETH: PUSH1 4, CALLDATALOAD, BALANCE, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN. Its address
 * spells "gotmusic.balanceOf()". */
#define ETH_BALANCE      "0x676f746d757369632e62616c616e63654f662829"
#define ETH_BALANCE_CODE "0x6004353160005260206000f3"

#define MAX_LOOK_BYTES 1024

void
gm_simulation_free (GmSimulation *self)
{
  if (self == NULL)
    return;

  g_free (self->failure);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

static void
set_data (JsonObject *call, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = gm_hex_encode_0x (data, length);

  json_object_set_string_member (call, "input", text);
}

static JsonObject *
make_look (const char *contract, const GmAddress *account)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) data = NULL;
  JsonObject *call = json_object_new ();

  gm_abi_add_address (abi, account);
  data = gm_abi_encode_call (abi, "balanceOf(address)");
  json_object_set_string_member (call, "to", contract);
  set_data (call, data);
  return call;
}

/* Without a price of gas, so that nothing is taken for it: what it may cost is ours to say. */
static JsonObject *
make_call (const GmAddress *account, const GmTx *tx)
{
  JsonObject *call = json_object_new ();
  const GmU256 gas = gm_u256_from_u64 (tx->gas);
  g_autofree char *from = gm_address_dup_text (account);
  g_autofree char *to = gm_address_dup_text (&tx->to);
  g_autofree char *value = gm_rpc_value_dup_quantity (&tx->value);
  g_autofree char *limit = gm_rpc_value_dup_quantity (&gas);

  json_object_set_string_member (call, "from", from);
  if (!tx->creates)
    json_object_set_string_member (call, "to", to);
  json_object_set_string_member (call, "value", value);
  json_object_set_string_member (call, "gas", limit);
  set_data (call, tx->data);
  return call;
}

static void
add_looks (JsonArray *calls, const GmNetwork *network, const GmAddress *account)
{
  json_array_add_object_element (calls, make_look (ETH_BALANCE, account));
  for (guint i = 0; i < GM_NETWORK_MAX_TOKENS && network->tokens[i].code != NULL; i++)
    json_array_add_object_element (calls, make_look (network->tokens[i].address, account));
}

/* { "blockStateCalls": [ { "stateOverrides": …, "calls": [ looks, the transaction, looks ] } ] } */
static JsonArray *
make_simulation (const GmNetwork *network, const GmAddress *account, const GmTx *tx)
{
  JsonArray *params = json_array_new ();
  JsonObject *options = json_object_new ();
  JsonArray *blocks = json_array_new ();
  JsonObject *block = json_object_new ();
  JsonObject *overrides = json_object_new ();
  JsonObject *override = json_object_new ();
  JsonArray *calls = json_array_new ();

  json_object_set_string_member (override, "code", ETH_BALANCE_CODE);
  json_object_set_object_member (overrides, ETH_BALANCE, override);
  add_looks (calls, network, account);
  json_array_add_object_element (calls, make_call (account, tx));
  add_looks (calls, network, account);
  json_object_set_object_member (block, "stateOverrides", overrides);
  json_object_set_array_member (block, "calls", calls);
  json_array_add_object_element (blocks, block);
  json_object_set_array_member (options, "blockStateCalls", blocks);
  json_array_add_object_element (params, options);
  json_array_add_string_element (params, "latest");
  return params;
}

static JsonArray *
make_plain_call (const GmAddress *account, const GmTx *tx)
{
  JsonArray *params = json_array_new ();

  json_array_add_object_element (params, make_call (account, tx));
  json_array_add_string_element (params, "latest");
  return params;
}

static JsonObject *
get_object (JsonArray *array, guint i)
{
  JsonNode *node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
find_results (JsonNode *answer)
{
  JsonObject *block = JSON_NODE_HOLDS_ARRAY (answer) ? get_object (json_node_get_array (answer), 0)
                                                     : NULL;
  JsonNode *calls = block != NULL ? json_object_get_member (block, "calls") : NULL;

  return calls != NULL && JSON_NODE_HOLDS_ARRAY (calls) ? json_node_get_array (calls) : NULL;
}

static gboolean
went_through (JsonObject *result, gboolean *out, GError **error)
{
  guint64 status;

  if (result == NULL ||
      !gm_rpc_value_u64 (json_object_get_member (result, "status"), &status, error))
    return FALSE;
  *out = status == 1;
  return TRUE;
}

/* Nothing for a token that is not on this chain, or does not answer. */
static gboolean
read_look (JsonObject *result, GmU256 *out)
{
  g_autoptr (GBytes) bytes = NULL;
  GmAbiReader reader;
  gboolean ok;

  if (result == NULL || !went_through (result, &ok, NULL) || !ok)
    return FALSE;
  bytes = gm_rpc_value_bytes (json_object_get_member (result, "returnData"), MAX_LOOK_BYTES, NULL);
  if (bytes == NULL)
    return FALSE;
  reader = gm_abi_reader (bytes);
  return gm_abi_read_u256 (&reader, out, NULL);
}

static char *
dup_failure (JsonObject *result, const char *host)
{
  JsonNode *refusal = json_object_get_member (result, "error");
  g_autoptr (GBytes) data = gm_rpc_value_bytes (json_object_get_member (result, "returnData"),
                                                GM_CHAIN_MAX_RETURN, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  if (data != NULL && g_bytes_get_size (data) > 0)
    {
      reason = gm_contract_error_dup_sentence (data);
      return g_strdup_printf (_ ("the contract refuses: %s"), reason);
    }
  if (refusal == NULL)
    return g_strdup (_ ("the contract refuses without a reason"));
  gm_rpc_value_set_refusal (refusal, host, &error);
  return g_strdup (error->message);
}

/* @after − @before − @cost */
static gboolean
make_change (const GmU256 *before,
             const GmU256 *after,
             const GmU256 *cost,
             GmSimulationChange *out,
             GError **error)
{
  GmU256 spent;

  if (!gm_u256_add (before, cost, &spent, error))
    return FALSE;
  out->is_loss = gm_u256_compare (after, &spent) < 0;
  return out->is_loss ? gm_u256_subtract (&spent, after, &out->units, error)
                      : gm_u256_subtract (after, &spent, &out->units, error);
}

static gboolean
read_cost (JsonObject *result, const GmTx *tx, GmU256 *out, GError **error)
{
  guint64 used;
  GmU256 gas;

  if (!gm_rpc_value_u64 (json_object_get_member (result, "gasUsed"), &used, error))
    return FALSE;
  gas = gm_u256_from_u64 (used);
  return gm_u256_multiply (&gas, &tx->fee, out, error);
}

static gboolean
read_changes (GmSimulation *self,
              const GmNetwork *network,
              JsonArray *results,
              const GmU256 *cost,
              GError **error)
{
  const GmU256 nothing = gm_u256_from_u64 (0);
  guint n = json_array_get_length (results) / 2; /* looks on either side */

  self->changes = g_array_new (FALSE, TRUE, sizeof (GmSimulationChange));
  for (guint i = 0; i < n; i++)
    {
      GmSimulationChange change = { .token = i > 0 ? &network->tokens[i - 1] : NULL };
      GmU256 before, after;

      if (!read_look (get_object (results, i), &before) ||
          !read_look (get_object (results, n + 1 + i), &after))
        continue;
      if (!make_change (&before, &after, i == 0 ? cost : &nothing, &change, error))
        return FALSE;
      if (!gm_u256_is_zero (&change.units))
        g_array_append_val (self->changes, change);
    }
  return TRUE;
}

static gboolean
is_complete (JsonArray *results, const GmNetwork *network)
{
  guint looks = 1;

  for (guint i = 0; i < GM_NETWORK_MAX_TOKENS && network->tokens[i].code != NULL; i++)
    looks++;
  return results != NULL && json_array_get_length (results) == 2 * looks + 1;
}

static GmSimulation *
read_simulation (GmChain *chain, JsonNode *answer, const GmTx *tx, GError **error)
{
  g_autoptr (GmSimulation) self = g_new0 (GmSimulation, 1);
  const GmNetwork *network = gm_chain_get_network (chain);
  JsonArray *results = find_results (answer);
  JsonObject *result;
  gboolean ok;
  GmU256 cost;

  if (!is_complete (results, network))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the node's simulation is not what was asked");
  result = get_object (results, json_array_get_length (results) / 2);
  if (result == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the node's simulation has no result");
  if (!went_through (result, &ok, error) || !read_cost (result, tx, &cost, error) ||
      !read_changes (self, network, results, &cost, error))
    return NULL;
  if (!ok)
    self->failure = dup_failure (result, gm_rpc_get_host (gm_chain_get_node (chain, 0)));
  return g_steal_pointer (&self);
}

/* A refusal is an answer here, unless the node was only busy. */
static GmSimulation *
try_plain_call (GmChain *chain,
                const GmAddress *account,
                const GmTx *tx,
                GCancellable *cancellable,
                GError **error)
{
  GmRpcCall call = { .method = "eth_call", .params = make_plain_call (account, tx) };
  g_autoptr (GmSimulation) self = g_new0 (GmSimulation, 1);
  gboolean asked = gm_chain_ask (chain, &call, 1, cancellable, error);

  if (asked && gm_error_is (call.error, GM_ERROR_OFFLINE))
    {
      g_propagate_error (error, g_steal_pointer (&call.error));
      asked = FALSE;
    }
  if (asked && call.error != NULL)
    self->failure = g_strdup (call.error->message);
  gm_rpc_calls_clear (&call, 1);
  return asked ? g_steal_pointer (&self) : NULL;
}

GmSimulation *
gm_simulate_run (GmChain *chain,
                 const GmAddress *account,
                 const GmTx *tx,
                 GCancellable *cancellable,
                 GError **error)
{
  GmRpcCall call = { .method = "eth_simulateV1" };
  GmSimulation *self = NULL;
  gboolean asked;

  if (tx->type == GM_TX_SET_CODE)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND,
                         _ ("what an account with new code would do cannot be tried out"));

  call.params = make_simulation (gm_chain_get_network (chain), account, tx);
  asked = gm_chain_ask (chain, &call, 1, cancellable, error);
  if (asked && call.error == NULL)
    self = read_simulation (chain, call.result, tx, error);
  else if (asked)
    self = try_plain_call (chain, account, tx, cancellable, error);
  gm_rpc_calls_clear (&call, 1);
  return self;
}

char *
gm_simulate_format_change (const GmSimulationChange *change)
{
  const char *code = change->token != NULL ? change->token->code : "ETH";
  g_autofree char *amount = gm_u256_format_local (&change->units, gm_currency_find (code));

  return g_strconcat (change->is_loss ? "−" : "+", amount, NULL);
}
