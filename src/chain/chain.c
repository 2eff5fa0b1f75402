/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/chain.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/hex.h"
#include "chain/rpc-value.h"
#include "evm/address.h"

#define MAX_LAG 15 /* blocks one node may be behind the other and still be asked */

struct _GmChain
{
  const GmNetwork *network;
  GmRpc *nodes[GM_NETWORK_NODES];
  guint n_nodes;
};

GmChain *
gm_chain_new_for_nodes (GmHttp *http, const GmNetwork *network, const char *const *nodes)
{
  GmChain *self = g_new0 (GmChain, 1);

  self->network = network;
  while (self->n_nodes < GM_NETWORK_NODES && nodes[self->n_nodes] != NULL)
    {
      self->nodes[self->n_nodes] = gm_rpc_new (http, nodes[self->n_nodes], network->chain_id);
      self->n_nodes++;
    }
  return self;
}

GmChain *
gm_chain_new (GmHttp *http, const GmNetwork *network)
{
  return gm_chain_new_for_nodes (http, network, network->nodes);
}

void
gm_chain_free (GmChain *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_nodes; i++)
    gm_rpc_free (self->nodes[i]);
  g_free (self);
}

const GmNetwork *
gm_chain_get_network (GmChain *self)
{
  return self->network;
}

GmRpc *
gm_chain_get_node (GmChain *self, guint i)
{
  return i < self->n_nodes ? self->nodes[i] : NULL;
}

gboolean
gm_chain_ask (GmChain *self, GmRpcCall *calls, guint n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < self->n_nodes; i++)
    {
      GError *failure = NULL;

      if (gm_rpc_batch (self->nodes[i], calls, n, cancellable, &failure))
        return TRUE;
      if (first == NULL)
        first = failure;
      else
        g_error_free (failure);
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  if (first == NULL)
    return gm_fail (error, GM_ERROR_BUG, "%s has no node", self->network->name);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
need_two (GmChain *self, GError **error)
{
  if (self->n_nodes >= GM_NETWORK_NODES || (self->n_nodes == 1 && self->network->test_money))
    return TRUE;
  return gm_fail (error, GM_ERROR_DENIED,
                  _ ("%s needs two nodes before money is decided on what they say"),
                     self->network->name);
}

static gboolean
read_head (GmRpc *node, guint64 *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) result = gm_rpc_call (node, "eth_blockNumber", NULL, cancellable, error);

  return result != NULL && gm_rpc_value_u64 (result, out, error);
}

static gboolean
read_block (GmRpc *node, guint64 number, GmBlock *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) params = json_array_new ();
  const GmU256 wide = gm_u256_from_u64 (number);
  g_autofree char *quantity = gm_rpc_value_dup_quantity (&wide);
  g_autoptr (JsonNode) result = NULL;
  JsonObject *block;
  GmBlock read = { 0 };

  json_array_add_string_element (params, quantity);
  json_array_add_boolean_element (params, FALSE);
  result = gm_rpc_call (node, "eth_getBlockByNumber", params, cancellable, error);
  if (result == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (result))
    return gm_fail (error, GM_ERROR_OFFLINE,
                    _ ("%s does not have block %s yet"), gm_rpc_get_host (node), quantity);

  block = json_node_get_object (result);
  if (!gm_rpc_value_u64 (json_object_get_member (block, "number"), &read.number, error) ||
      !gm_rpc_value_u64 (json_object_get_member (block, "timestamp"), &read.time, error) ||
      !gm_rpc_value_hash (json_object_get_member (block, "hash"), &read.hash, error))
    return FALSE;
  /* A block before it is sealed has no hash yet (Flashblocks). */
  if (read.number != number || gm_hash_is_zero (&read.hash))
    return gm_fail (error, GM_ERROR_REMOTE,
                    _ ("%s answers with another block"), gm_rpc_get_host (node));
  *out = read;
  return TRUE;
}

static gboolean
do_not_agree (GmChain *self, GError **error)
{
  return gm_fail (error, GM_ERROR_OFFLINE,
                  _ ("two nodes of %s do not agree yet"), self->network->name);
}

gboolean
gm_chain_pin (GmChain *self, guint64 depth, GmBlock *out, GCancellable *cancellable, GError **error)
{
  GmBlock blocks[GM_NETWORK_NODES] = { 0 };
  guint64 lowest = G_MAXUINT64;
  guint64 highest = 0;

  if (!need_two (self, error))
    return FALSE;
  for (guint i = 0; i < self->n_nodes; i++)
    {
      guint64 head = 0;

      if (!read_head (self->nodes[i], &head, cancellable, error))
        return FALSE;
      lowest = MIN (lowest, head);
      highest = MAX (highest, head);
    }
  if (highest - lowest > MAX_LAG || lowest < depth)
    return do_not_agree (self, error);
  for (guint i = 0; i < self->n_nodes; i++)
    if (!read_block (self->nodes[i], lowest - depth, &blocks[i], cancellable, error))
      return FALSE;
  for (guint i = 1; i < self->n_nodes; i++)
    if (!gm_hash_equal (&blocks[i].hash, &blocks[0].hash))
      return do_not_agree (self, error);
  *out = blocks[0];
  return TRUE;
}

static JsonArray *
make_call (const GmBlock *block, const GmAddress *to, GBytes *data)
{
  JsonArray *params = json_array_new ();
  JsonObject *call = json_object_new ();
  JsonObject *at = json_object_new ();
  g_autofree char *address = gm_address_dup_text (to);
  g_autofree char *hash = gm_hash_dup_hex (&block->hash);
  g_autofree char *input = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);

  input = gm_hex_encode_0x (bytes, length);
  json_object_set_string_member (call, "to", address);
  json_object_set_string_member (call, "data", input);
  json_object_set_string_member (at, "blockHash", hash);
  json_object_set_boolean_member (at, "requireCanonical", TRUE);
  json_array_add_object_element (params, call);
  json_array_add_object_element (params, at);
  return params;
}

GBytes *
gm_chain_call (GmChain *self,
               const GmBlock *block,
               const GmAddress *to,
               GBytes *data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (JsonArray) params = make_call (block, to, data);
  g_autoptr (GBytes) agreed = NULL;

  if (!need_two (self, error))
    return NULL;
  for (guint i = 0; i < self->n_nodes; i++)
    {
      g_autoptr (JsonNode) result = gm_rpc_call (self->nodes[i], "eth_call", params, cancellable,
                                                 error);
      g_autoptr (GBytes) said = NULL;

      if (result == NULL)
        return NULL;
      said = gm_rpc_value_bytes (result, GM_CHAIN_MAX_RETURN, error);
      if (said == NULL)
        return NULL;
      if (agreed == NULL)
        agreed = g_steal_pointer (&said);
      else if (!g_bytes_equal (agreed, said))
        {
          do_not_agree (self, error);
          return NULL;
        }
    }
  return g_steal_pointer (&agreed);
}
