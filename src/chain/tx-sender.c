/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/tx-sender.h"

#include "base/error.h"
#include "base/hex.h"
#include "chain/rpc-value.h"
#include "evm/address.h"
#include "evm/raw-tx.h"

static gboolean
read_count (GmRpc *node,
            const GmAddress *account,
            const char *at,
            guint64 *out,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (JsonArray) params = json_array_new ();
  g_autofree char *address = gm_address_dup_text (account);
  g_autoptr (JsonNode) result = NULL;

  json_array_add_string_element (params, address);
  json_array_add_string_element (params, at);
  result = gm_rpc_call (node, "eth_getTransactionCount", params, cancellable, error);
  return result != NULL && gm_rpc_value_u64 (result, out, error);
}

gboolean
gm_tx_sender_next_nonce (GmChain *chain,
                         const GmAddress *account,
                         guint64 *out,
                         GCancellable *cancellable,
                         GError **error)
{
  guint64 next = 0;
  GmRpc *node;

  for (guint i = 0; (node = gm_chain_get_node (chain, i)) != NULL; i++)
    {
      guint64 count;

      if (!read_count (node, account, "pending", &count, cancellable, error))
        return FALSE;
      next = MAX (next, count);
    }
  *out = next;
  return TRUE;
}

gboolean
gm_tx_sender_mined_nonce (GmChain *chain,
                          const GmAddress *account,
                          guint64 *out,
                          GCancellable *cancellable,
                          GError **error)
{
  guint64 lowest = G_MAXUINT64;
  GmRpc *node;

  for (guint i = 0; (node = gm_chain_get_node (chain, i)) != NULL; i++)
    {
      guint64 count;

      if (!read_count (node, account, "latest", &count, cancellable, error))
        return FALSE;
      lowest = MIN (lowest, count);
    }
  *out = lowest;
  return TRUE;
}

/* Whether the node knows the transaction, waiting or mined. */
static gboolean
has (GmRpc *node, const GmHash *hash, GCancellable *cancellable)
{
  g_autoptr (JsonArray) params = json_array_new ();
  g_autofree char *id = gm_hash_dup_hex (hash);
  g_autoptr (JsonNode) result = NULL;

  json_array_add_string_element (params, id);
  result = gm_rpc_call (node, "eth_getTransactionByHash", params, cancellable, NULL);
  return result != NULL && JSON_NODE_HOLDS_OBJECT (result);
}

/* "nonce too low" is also what a node says of a transaction it has mined already. */
static gboolean
send_to (GmRpc *node,
         JsonArray *params,
         const GmHash *hash,
         GCancellable *cancellable,
         GError **error)
{
  GError *failure = NULL;
  g_autoptr (JsonNode) result = gm_rpc_call (node, "eth_sendRawTransaction", params, cancellable,
                                             &failure);

  if (result != NULL)
    return TRUE;
  if (gm_rpc_value_is_known (failure) ||
      (gm_error_is (failure, GM_ERROR_CONFLICT) && has (node, hash, cancellable)))
    {
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
gm_tx_sender_send (GmChain *chain, GBytes *raw, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) params = json_array_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) first = NULL;
  gboolean taken = FALSE;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (raw, &length);
  GmHash hash;
  GmRpc *node;

  gm_raw_tx_hash (raw, &hash);
  text = gm_hex_encode_0x (bytes, length);
  json_array_add_string_element (params, text);
  for (guint i = 0; (node = gm_chain_get_node (chain, i)) != NULL; i++)
    if (send_to (node, params, &hash, cancellable, first == NULL ? &first : NULL))
      taken = TRUE;
  if (!taken)
    g_propagate_error (error, g_steal_pointer (&first));
  return taken;
}
