/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/network.h"

#include "evm/address.h"

static const GmNetwork networks[] = {
  { .chain_id = 8453,
    .name = "Base",
    .op_stack = TRUE,
    .nodes = { "https://mainnet.base.org", "https://base-rpc.publicnode.com" },
    .explorer = "https://base.blockscout.com",
    .tokens = { { "USDC", "USD Coin", "2", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913" } } },
  { .chain_id = 1,
    .name = "Ethereum",
    .nodes = { "https://ethereum-rpc.publicnode.com", "https://eth.drpc.org" },
    .explorer = "https://eth.blockscout.com",
    .tokens = { { "PYUSD", "PayPal USD", "1", "0x6c3ea9036406852006290770BEdFcAbA0e23A0e8" },
                { "USDC", "USD Coin", "2", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" } } },
  { .chain_id = 84532,
    .name = "Base Sepolia",
    .test_money = TRUE,
    .op_stack = TRUE,
    .nodes = { "https://sepolia.base.org", "https://base-sepolia-rpc.publicnode.com" },
    .explorer = "https://base-sepolia.blockscout.com",
    .tokens = { { "USDC", "USDC", "2", "0x036CbD53842c5426634e7929541eC2318f3dCF7e" } } },
  { .chain_id = 11155111,
    .name = "Sepolia",
    .test_money = TRUE,
    .nodes = { "https://ethereum-sepolia-rpc.publicnode.com", "https://sepolia.drpc.org" },
    .explorer = "https://eth-sepolia.blockscout.com",
    .tokens = { { "PYUSD", "PayPal USD", "1", "0xCaC524BcA292aaade2DF8A05cC58F0a65B1B3bB9" },
                { "USDC", "USDC", "2", "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238" } } },
};

const GmNetwork *
gm_network_get (guint i)
{
  return i < G_N_ELEMENTS (networks) ? &networks[i] : NULL;
}

const GmNetwork *
gm_network_find (guint64 chain_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    if (networks[i].chain_id == chain_id)
      return &networks[i];
  return NULL;
}

const GmToken *
gm_network_find_token (const GmNetwork *network, const GmAddress *address)
{
  for (guint i = 0; i < GM_NETWORK_MAX_TOKENS && network->tokens[i].code != NULL; i++)
    {
      GmAddress known;

      if (gm_address_parse (network->tokens[i].address, &known, NULL) &&
          gm_address_equal (&known, address))
        return &network->tokens[i];
    }
  return NULL;
}

char *
gm_network_dup_link (const GmNetwork *network, GmNetworkPage page, const char *id)
{
  static const char *const folders[] = {
    [GM_NETWORK_TRANSACTION] = "tx", [GM_NETWORK_ADDRESS] = "address", [GM_NETWORK_TOKEN] = "token"
  };

  if (network->explorer == NULL)
    return NULL;
  return g_strdup_printf ("%s/%s/%s", network->explorer, folders[page], id);
}
