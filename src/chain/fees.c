/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/fees.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/money.h"
#include "chain/rpc-value.h"
#include "evm/abi-reader.h"
#include "evm/abi.h"
#include "evm/address.h"

#define ORACLE         "0x420000000000000000000000000000000000000F"
#define ORACLE_BYTES   1024
#define ETH_DECIMALS   18
#define HISTORY_BLOCKS 5
#define SIZE_SLACK     48 /* bytes that nonce, gas and fees may take more than now */
#define GAS_MARGIN     5  /* a fifth more than estimated: the state may change until then */

typedef enum
{
  ESTIMATE,
  HISTORY,
  BALANCE,
  ORACLE_FEE,
  N_CALLS,
} Call;

static char *
dup_data (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return gm_hex_encode_0x (data, length);
}

static JsonArray *
make_estimate (const GmAddress *from, const GmTx *tx)
{
  JsonArray *params = json_array_new ();
  JsonObject *call = json_object_new ();
  g_autofree char *sender = gm_address_dup_text (from);
  g_autofree char *value = gm_rpc_value_dup_quantity (&tx->value);
  g_autofree char *data = dup_data (tx->data);

  json_object_set_string_member (call, "from", sender);
  if (!tx->creates)
    {
      g_autofree char *to = gm_address_dup_text (&tx->to);

      json_object_set_string_member (call, "to", to);
    }
  json_object_set_string_member (call, "value", value);
  json_object_set_string_member (call, "data", data);
  json_array_add_object_element (params, call);
  return params;
}

static JsonArray *
make_history (void)
{
  JsonArray *params = json_array_new ();
  JsonArray *percentiles = json_array_new ();
  const GmU256 blocks = gm_u256_from_u64 (HISTORY_BLOCKS);
  g_autofree char *count = gm_rpc_value_dup_quantity (&blocks);

  json_array_add_int_element (percentiles, 50);
  json_array_add_string_element (params, count);
  json_array_add_string_element (params, "latest");
  json_array_add_array_element (params, percentiles);
  return params;
}

static JsonArray *
make_balance (const GmAddress *from)
{
  JsonArray *params = json_array_new ();
  g_autofree char *sender = gm_address_dup_text (from);

  json_array_add_string_element (params, sender);
  json_array_add_string_element (params, "latest");
  return params;
}

static JsonArray *
make_oracle_fee (const GmTx *tx)
{
  JsonArray *params = json_array_new ();
  JsonObject *call = json_object_new ();
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) unsigned_tx = gm_tx_encode (tx, NULL);
  g_autoptr (GBytes) input = NULL;
  g_autofree char *data = NULL;

  gm_abi_add_uint (abi, 64, g_bytes_get_size (unsigned_tx) + SIZE_SLACK);
  input = gm_abi_encode_call (abi, "getL1FeeUpperBound(uint256)");
  data = dup_data (input);
  json_object_set_string_member (call, "to", ORACLE);
  json_object_set_string_member (call, "data", data);
  json_array_add_object_element (params, call);
  json_array_add_string_element (params, "latest");
  return params;
}

static GmU256
get_middle (GmU256 *values, guint n)
{
  for (guint i = 1; i < n; i++)
    for (guint j = i; j > 0 && gm_u256_compare (&values[j - 1], &values[j]) > 0; j--)
      {
        GmU256 swap = values[j];

        values[j] = values[j - 1];
        values[j - 1] = swap;
      }
  return n > 0 ? values[n / 2] : gm_u256_from_u64 (0);
}

static GmU256
at_most (const GmU256 *value, guint64 limit)
{
  const GmU256 wide = gm_u256_from_u64 (limit);

  return gm_u256_compare (value, &wide) > 0 ? wide : *value;
}

static JsonArray *
find_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Rewards of blocks without transactions are 0; a node that keeps none gives no list. */
static gboolean
read_tip (JsonObject *history, GmU256 *out, GError **error)
{
  JsonArray *rewards = find_array (history, "reward");
  GmU256 tips[HISTORY_BLOCKS];
  GmU256 middle;
  guint n = 0;

  for (guint i = 0; rewards != NULL && i < json_array_get_length (rewards) && n < HISTORY_BLOCKS;
       i++)
    {
      JsonNode *row = json_array_get_element (rewards, i);

      if (!JSON_NODE_HOLDS_ARRAY (row) || json_array_get_length (json_node_get_array (row)) != 1)
        return gm_fail (error, GM_ERROR_BAD_DATA, "the node's history of fees is no list");
      if (!gm_rpc_value_u256 (json_array_get_element (json_node_get_array (row), 0), &tips[n++],
                              error))
        return FALSE;
    }
  middle = get_middle (tips, n);
  *out = at_most (&middle, GM_FEES_MAX_TIP_WEI);
  return TRUE;
}

/* The last of the list is the base fee of the next block. */
static gboolean
read_history (JsonNode *node, GmFees *out, GError **error)
{
  JsonObject *history = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *bases = history != NULL ? find_array (history, "baseFeePerGas") : NULL;
  guint n = bases != NULL ? json_array_get_length (bases) : 0;
  const GmU256 most = gm_u256_from_u64 (GM_FEES_MAX_BASE_WEI);
  GmU256 base;
  GmU256 twice;

  if (n == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the node gives no history of fees");
  if (!gm_rpc_value_u256 (json_array_get_element (bases, n - 1), &base, error) ||
      !read_tip (history, &out->tip, error))
    return FALSE;
  if (gm_u256_compare (&base, &most) > 0)
    return gm_fail (error, GM_ERROR_REMOTE, _ ("the node names a fee beyond belief"));
  return gm_u256_add (&base, &base, &twice, error) &&
         gm_u256_add (&twice, &out->tip, &out->fee, error);
}

static gboolean
read_gas (JsonNode *node, GmFees *out, GError **error)
{
  guint64 gas;

  if (!gm_rpc_value_u64 (node, &gas, error))
    return FALSE;
  if (gas > GM_FEES_MAX_GAS)
    return gm_fail (error, GM_ERROR_REMOTE, _ ("it would take more work than fits into a block"));
  out->gas = MIN (gas + gas / GAS_MARGIN, GM_FEES_MAX_GAS);
  return TRUE;
}

/* No contract answers with nothing, which is right on a devnet only. */
static gboolean
read_oracle (const GmNetwork *network, JsonNode *node, GmFees *out, GError **error)
{
  g_autoptr (GBytes) bytes = gm_rpc_value_bytes (node, ORACLE_BYTES, error);
  GmAbiReader reader;

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) == 0 && network->test_money)
    return TRUE;
  reader = gm_abi_reader (bytes);
  return gm_abi_read_u256 (&reader, &out->l1_fee, error);
}

static gboolean
add_up (GmFees *fees, GError **error)
{
  const GmU256 gas = gm_u256_from_u64 (fees->gas);
  GmU256 own;

  return gm_u256_multiply (&gas, &fees->fee, &own, error) &&
         gm_u256_add (&own, &fees->l1_fee, &fees->total, error);
}

/* Some nodes estimate for who has nothing as well. */
gboolean
gm_fees_check (const GmFees *fees, const GmTx *tx, GError **error)
{
  g_autofree char *needs = NULL;
  g_autofree char *has = NULL;
  GmU256 needed;

  if (!gm_u256_add (&fees->total, &tx->value, &needed, error))
    return FALSE;
  if (gm_u256_compare (&needed, &fees->balance) <= 0)
    return TRUE;
  needs = gm_u256_format_units (&needed, ETH_DECIMALS);
  has = gm_u256_format_units (&fees->balance, ETH_DECIMALS);
  return gm_fail (error, GM_ERROR_FUNDS,
                  _ ("this needs up to %s ETH, the account has %s"), needs, has);
}

gboolean
gm_fees_estimate (GmChain *chain,
                  const GmAddress *from,
                  const GmTx *tx,
                  GmFees *out,
                  GCancellable *cancellable,
                  GError **error)
{
  const GmNetwork *network = gm_chain_get_network (chain);
  guint n = network->op_stack ? N_CALLS : ORACLE_FEE;
  GmRpcCall calls[N_CALLS] = { [ESTIMATE] = { .method = "eth_estimateGas" },
                               [HISTORY] = { .method = "eth_feeHistory" },
                               [BALANCE] = { .method = "eth_getBalance" },
                               [ORACLE_FEE] = { .method = "eth_call" } };
  GmFees fees = { 0 };
  gboolean ok;

  calls[ESTIMATE].params = make_estimate (from, tx);
  calls[HISTORY].params = make_history ();
  calls[BALANCE].params = make_balance (from);
  calls[ORACLE_FEE].params = make_oracle_fee (tx);
  ok = gm_chain_ask (chain, calls, n, cancellable, error);
  for (guint i = 0; ok && i < n; i++)
    if (calls[i].error != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&calls[i].error));
        ok = FALSE;
      }
  ok = ok && read_gas (calls[ESTIMATE].result, &fees, error) &&
       read_history (calls[HISTORY].result, &fees, error) &&
       (n < N_CALLS || read_oracle (network, calls[ORACLE_FEE].result, &fees, error)) &&
       gm_rpc_value_u256 (calls[BALANCE].result, &fees.balance, error) && add_up (&fees, error) &&
       gm_fees_check (&fees, tx, error);
  gm_rpc_calls_clear (calls, N_CALLS);
  if (ok)
    *out = fees;
  return ok;
}

void
gm_fees_apply (const GmFees *fees, GmTx *tx)
{
  tx->gas = fees->gas;
  tx->tip = fees->tip;
  tx->fee = fees->fee;
}

static gboolean
raise_one (const GmU256 *from, const GmU256 *now, GmU256 *out, GError **error)
{
  const GmU256 ten = gm_u256_from_u64 (10);
  const GmU256 one = gm_u256_from_u64 (1);
  GmU256 tenth;
  GmU256 raised;

  if (!gm_u256_divide (from, &ten, &tenth, NULL, error) ||
      !gm_u256_add (&tenth, &one, &tenth, error) || !gm_u256_add (from, &tenth, &raised, error))
    return FALSE;
  *out = gm_u256_compare (&raised, now) > 0 ? raised : *now;
  return TRUE;
}

gboolean
gm_fees_raise (const GmTx *replaced, const GmFees *now, GmFees *out, GError **error)
{
  GmFees fees = *now;

  fees.gas = MAX (now->gas, replaced->gas);
  if (!raise_one (&replaced->tip, &now->tip, &fees.tip, error) ||
      !raise_one (&replaced->fee, &now->fee, &fees.fee, error) || !add_up (&fees, error))
    return FALSE;
  *out = fees;
  return TRUE;
}
