/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/tx-receipt.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "chain/rpc-value.h"

#define BOTH 2

static gboolean
read_u256 (JsonObject *object, const char *member, GmU256 *out, GError **error)
{
  return gm_rpc_value_u256 (json_object_get_member (object, member), out, error);
}

/* What Ethereum took is named by nodes of the OP Stack only. */
static gboolean
read_cost (JsonObject *receipt, GmU256 *out, GError **error)
{
  GmU256 gas;
  GmU256 price;
  GmU256 own;
  GmU256 l1_fee = gm_u256_from_u64 (0);
  JsonNode *l1 = json_object_get_member (receipt, "l1Fee");

  if (!read_u256 (receipt, "gasUsed", &gas, error) ||
      !read_u256 (receipt, "effectiveGasPrice", &price, error) ||
      !gm_u256_multiply (&gas, &price, &own, error))
    return FALSE;
  if (l1 != NULL && !JSON_NODE_HOLDS_NULL (l1) && !gm_rpc_value_u256 (l1, &l1_fee, error))
    return FALSE;
  return gm_u256_add (&own, &l1_fee, out, error);
}

/* A receipt of a block that is not sealed yet (Flashblocks) has no block hash. */
static gboolean
read_receipt (JsonNode *node, const GmHash *hash, GmTxReceipt *out, GError **error)
{
  JsonObject *receipt;
  guint64 status;
  GmHash of;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the receipt is no object");
  receipt = json_node_get_object (node);
  if (!gm_rpc_value_hash (json_object_get_member (receipt, "transactionHash"), &of, error) ||
      !gm_rpc_value_hash (json_object_get_member (receipt, "blockHash"), &out->block_hash, error) ||
      !gm_rpc_value_u64 (json_object_get_member (receipt, "blockNumber"), &out->block, error) ||
      !gm_rpc_value_u64 (json_object_get_member (receipt, "status"), &status, error) ||
      !read_cost (receipt, &out->cost, error))
    return FALSE;
  if (!gm_hash_equal (&of, hash))
    return gm_fail (error, GM_ERROR_REMOTE, _ ("the node answers with another transaction"));
  if (gm_hash_is_zero (&out->block_hash))
    out->state = GM_TX_PENDING;
  else
    out->state = status == 1 ? GM_TX_DONE : GM_TX_REVERTED;
  return TRUE;
}

static gboolean
read_from (GmRpc *node,
           const GmHash *hash,
           GmTxReceipt *out,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *id = gm_hash_dup_hex (hash);
  GmRpcCall calls[BOTH] = { { .method = "eth_getTransactionByHash", .params = json_array_new () },
                            { .method = "eth_getTransactionReceipt",
                              .params = json_array_new () } };
  gboolean ok;

  *out = (GmTxReceipt){ .state = GM_TX_UNKNOWN };
  for (guint i = 0; i < BOTH; i++)
    json_array_add_string_element (calls[i].params, id);
  ok = gm_rpc_batch (node, calls, BOTH, cancellable, error);
  for (guint i = 0; ok && i < BOTH; i++)
    if (calls[i].error != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&calls[i].error));
        ok = FALSE;
      }
  if (ok && !JSON_NODE_HOLDS_NULL (calls[1].result))
    ok = read_receipt (calls[1].result, hash, out, error);
  else if (ok && !JSON_NODE_HOLDS_NULL (calls[0].result))
    out->state = GM_TX_PENDING;
  gm_rpc_calls_clear (calls, BOTH);
  return ok;
}

static gboolean
is_mined (const GmTxReceipt *receipt)
{
  return receipt->state == GM_TX_DONE || receipt->state == GM_TX_REVERTED;
}

gboolean
gm_tx_receipt_read (GmChain *chain,
                    const GmHash *hash,
                    GmTxReceipt *out,
                    GCancellable *cancellable,
                    GError **error)
{
  GmTxReceipt first = { .state = GM_TX_UNKNOWN };
  GmRpc *node;

  for (guint i = 0; (node = gm_chain_get_node (chain, i)) != NULL; i++)
    {
      GmTxReceipt receipt;

      if (!read_from (node, hash, &receipt, cancellable, error))
        return FALSE;
      if (i == 0)
        first = receipt;
      else if (receipt.state != first.state ||
               (is_mined (&first) && !gm_hash_equal (&receipt.block_hash, &first.block_hash)))
        first = (GmTxReceipt){ .state = GM_TX_PENDING };
    }
  *out = first;
  return TRUE;
}
