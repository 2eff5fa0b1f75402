/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/network.h"

#include <gio/gio.h>

#include "evm/address.h"

static void
test_every_row_is_whole (void)
{
  const GmNetwork *network;

  for (guint i = 0; (network = gm_network_get (i)) != NULL; i++)
    {
      g_assert_true (gm_network_find (network->chain_id) == network);
      for (guint j = 0; j < GM_NETWORK_NODES; j++)
        g_assert_true (g_str_has_prefix (network->nodes[j], "https://"));
      g_assert_cmpstr (network->nodes[0], !=, network->nodes[1]);
      g_assert_false (g_str_has_suffix (network->explorer, "/"));
      for (guint j = 0; j < GM_NETWORK_MAX_TOKENS && network->tokens[j].code != NULL; j++)
        g_assert_nonnull (gm_currency_find (network->tokens[j].code));
    }
}

/* A digit that is wrong sends money to nowhere; the checksum would tell. */
static void
test_addresses_have_their_checksum (void)
{
  const GmNetwork *network;

  for (guint i = 0; (network = gm_network_get (i)) != NULL; i++)
    for (guint j = 0; j < GM_NETWORK_MAX_TOKENS && network->tokens[j].code != NULL; j++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *again = NULL;
        GmAddress address;

        gm_address_parse (network->tokens[j].address, &address, &error);
        g_assert_no_error (error);
        again = gm_address_dup_text (&address);
        g_assert_cmpstr (again, ==, network->tokens[j].address);
        g_assert_true (gm_network_find_token (network, &address) == &network->tokens[j]);
      }
}

static void
test_a_foreign_token_is_unknown (void)
{
  GmAddress of_ethereum;

  g_assert_true (gm_address_parse (gm_network_find (1)->tokens[0].address, &of_ethereum, NULL));
  g_assert_null (gm_network_find_token (gm_network_find (8453), &of_ethereum));
  g_assert_null (gm_network_find (31337));
}

static void
test_links_go_to_the_explorer (void)
{
  g_autofree char *link = gm_network_dup_link (gm_network_find (8453), GM_NETWORK_ADDRESS, "0x1");
  const GmNetwork devnet = { .chain_id = 31337, .name = "devnet" };

  g_assert_cmpstr (link, ==, "https://base.blockscout.com/address/0x1");
  g_assert_null (gm_network_dup_link (&devnet, GM_NETWORK_TRANSACTION, "0x1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/every-row-is-whole", test_every_row_is_whole);
  g_test_add_func ("/network/addresses-have-their-checksum", test_addresses_have_their_checksum);
  g_test_add_func ("/network/a-foreign-token-is-unknown", test_a_foreign_token_is_unknown);
  g_test_add_func ("/network/links-go-to-the-explorer", test_links_go_to_the_explorer);
  return g_test_run ();
}
