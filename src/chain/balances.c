/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/balances.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/hex.h"
#include "chain/rpc-value.h"
#include "evm/abi-reader.h"
#include "evm/abi.h"
#include "evm/address.h"

#define BALANCE_BYTES 1024

static JsonArray *
make_eth_balance (const char *account)
{
  JsonArray *params = json_array_new ();

  json_array_add_string_element (params, account);
  json_array_add_string_element (params, "latest");
  return params;
}

static JsonArray *
make_token_balance (const GmToken *token, const GmAddress *account)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  g_autoptr (GBytes) data = NULL;
  g_autofree char *input = NULL;
  JsonArray *params = json_array_new ();
  JsonObject *call = json_object_new ();
  gsize length;
  const guint8 *bytes;

  gm_abi_add_address (abi, account);
  data = gm_abi_encode_call (abi, "balanceOf(address)");
  bytes = g_bytes_get_data (data, &length);
  input = gm_hex_encode_0x (bytes, length);
  json_object_set_string_member (call, "to", token->address);
  json_object_set_string_member (call, "data", input);
  json_array_add_object_element (params, call);
  json_array_add_string_element (params, "latest");
  return params;
}

/* Where there is no contract a call answers with nothing: a balance of 0 would be a lie. */
static gboolean
read_token_balance (const GmRpcCall *call, const GmToken *token, GmU256 *out, GError **error)
{
  g_autoptr (GBytes) bytes = gm_rpc_value_bytes (call->result, BALANCE_BYTES, error);
  GmAbiReader reader;

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) == 0)
    return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("there is no %s on this chain"), token->code);
  reader = gm_abi_reader (bytes);
  return gm_abi_read_u256 (&reader, out, error);
}

GArray *
gm_balances_read (GmChain *chain,
                  const GmAddress *account,
                  GCancellable *cancellable,
                  GError **error)
{
  const GmToken *tokens = gm_chain_get_network (chain)->tokens;
  g_autofree char *address = gm_address_dup_text (account);
  GmRpcCall calls[1 + GM_NETWORK_MAX_TOKENS] = { { .method = "eth_getBalance" } };
  g_autoptr (GArray) balances = g_array_new (FALSE, TRUE, sizeof (GmBalance));
  guint n = 1;
  gboolean ok;

  calls[0].params = make_eth_balance (address);
  for (; n <= GM_NETWORK_MAX_TOKENS && tokens[n - 1].code != NULL; n++)
    {
      calls[n].method = "eth_call";
      calls[n].params = make_token_balance (&tokens[n - 1], account);
    }
  g_array_set_size (balances, n);

  ok = gm_chain_ask (chain, calls, n, cancellable, error);
  for (guint i = 0; ok && i < n; i++)
    {
      GmBalance *balance = &g_array_index (balances, GmBalance, i);

      if (calls[i].error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&calls[i].error));
          ok = FALSE;
        }
      else if (i == 0)
        ok = gm_rpc_value_u256 (calls[i].result, &balance->units, error);
      else
        {
          balance->token = &tokens[i - 1];
          ok = read_token_balance (&calls[i], balance->token, &balance->units, error);
        }
    }
  gm_rpc_calls_clear (calls, n);
  return ok ? g_steal_pointer (&balances) : NULL;
}
