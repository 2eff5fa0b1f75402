/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/tx-log.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "chain/rpc-value.h"

void
gm_tx_log_free (GmTxLog *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static gboolean
read_topics (JsonNode *node, GmTxLog *out, GError **error)
{
  JsonArray *topics = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                   : NULL;

  if (topics == NULL || json_array_get_length (topics) > GM_TX_LOG_MAX_TOPICS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a log has up to %u topics", GM_TX_LOG_MAX_TOPICS);
  out->n_topics = json_array_get_length (topics);
  for (guint i = 0; i < out->n_topics; i++)
    if (!gm_rpc_value_hash (json_array_get_element (topics, i), &out->topics[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
is_removed (JsonObject *log)
{
  JsonNode *removed = json_object_get_member (log, "removed");

  return removed != NULL && json_node_get_value_type (removed) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (removed);
}

GmTxLog *
gm_tx_log_parse (JsonNode *node, GError **error)
{
  g_autoptr (GmTxLog) self = g_new0 (GmTxLog, 1);
  JsonObject *log;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a log is no object");
  log = json_node_get_object (node);
  if (is_removed (log))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the log's block was replaced");
  self->data = gm_rpc_value_bytes (json_object_get_member (log, "data"), GM_TX_LOG_MAX_BYTES,
                                   error);
  if (self->data == NULL ||
      !gm_rpc_value_address (json_object_get_member (log, "address"), &self->contract, error) ||
      !read_topics (json_object_get_member (log, "topics"), self, error) ||
      !gm_rpc_value_hash (json_object_get_member (log, "transactionHash"), &self->tx, error) ||
      !gm_rpc_value_hash (json_object_get_member (log, "blockHash"), &self->block_hash, error) ||
      !gm_rpc_value_u64 (json_object_get_member (log, "blockNumber"), &self->block, error) ||
      !gm_rpc_value_u64 (json_object_get_member (log, "logIndex"), &self->index, error))
    {
      g_prefix_error (error, "log: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

static GPtrArray *
read_list (JsonNode *receipt, const GmHash *tx, GError **error)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_tx_log_free);
  JsonNode *node;
  JsonArray *list;

  if (!JSON_NODE_HOLDS_OBJECT (receipt))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("the transaction is not mined yet"));
  node = json_object_get_member (json_node_get_object (receipt), "logs");
  list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (list == NULL || json_array_get_length (list) > GM_TX_LOG_MAX)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the receipt has no list of logs");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      GmTxLog *log = gm_tx_log_parse (json_array_get_element (list, i), error);

      if (log == NULL)
        return NULL;
      g_ptr_array_add (logs, log);
      if (!gm_hash_equal (&log->tx, tx))
        return gm_fail_null (error, GM_ERROR_REMOTE,
                             _ ("the node answers with another transaction"));
    }
  return g_steal_pointer (&logs);
}

GPtrArray *
gm_tx_log_fetch (GmChain *chain, const GmHash *tx, GCancellable *cancellable, GError **error)
{
  g_autofree char *id = gm_hash_dup_hex (tx);
  GmRpcCall call = { .method = "eth_getTransactionReceipt", .params = json_array_new () };
  GPtrArray *logs = NULL;

  json_array_add_string_element (call.params, id);
  if (gm_chain_ask (chain, &call, 1, cancellable, error))
    {
      if (call.error != NULL)
        g_propagate_error (error, g_steal_pointer (&call.error));
      else
        logs = read_list (call.result, tx, error);
    }
  gm_rpc_calls_clear (&call, 1);
  return logs;
}
