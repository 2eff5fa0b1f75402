/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/deployment.h"

#include <string.h>

#include "base/error.h"

#define ADDRESS(digit) "\"0x000000000000000000000000000000000000000" digit "\""
#define UID            "\"0x1111111111111111111111111111111111111111111111111111111111111111\""
#define CHAIN          "\"chainId\":8453"
#define CONTRACTS                                                                                  \
  "\"contracts\":{\"Marketplace\":{\"address\":" ADDRESS (                                         \
      "1") ",\"arguments\":[]},"                                                                   \
           "\"LayawayEscrow\":{\"address\":" ADDRESS (                                             \
               "2") "},"                                                                           \
                    "\"LicenseIssuer\":{\"address\":" ADDRESS ("3") "}}"
#define EAS     "\"eas\":" ADDRESS ("4")
#define SCHEMAS "\"schemas\":{\"license-receipt\":{\"uid\":" UID "}}"
#define ALL     CHAIN "," CONTRACTS "," EAS "," SCHEMAS

static GmDeployment *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) json = g_bytes_new (text, strlen (text));

  return gm_deployment_parse (json, error);
}

static void
test_a_real_chain_is_asked_by_its_nodes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmDeployment) read = parse ("{" ALL ",\"deployer\":\"0x\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->network.chain_id, ==, 8453);
  g_assert_false (read->network.test_money);
  g_assert_cmpstr (read->network.nodes[0], ==, gm_network_find (8453)->nodes[0]);
  g_assert_cmpuint (read->marketplace.b[19], ==, 1);
  g_assert_cmpuint (read->escrow.b[19], ==, 2);
  g_assert_cmpuint (read->issuer.b[19], ==, 3);
  g_assert_cmpuint (read->eas.b[19], ==, 4);
  g_assert_cmpuint (read->license_schema.b[0], ==, 0x11);
}

static void
test_a_devnet_names_its_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmDeployment) read = parse (
      "{" ALL ",\"testMoney\":true,\"rpc\":[\"http://127.0.0.1:8545\"]}", &error);

  g_assert_no_error (error);
  g_assert_true (read->network.test_money);
  g_assert_cmpstr (read->network.nodes[0], ==, "http://127.0.0.1:8545");
  g_assert_null (read->network.nodes[1]);
}

static void
test_what_is_wrong_is_named (void)
{
  static const struct
  {
    const char *json;
    const char *says;
  } cases[] = {
    { "[]", "" },
    { "{}", "chainId" },
    { "{\"chainId\":\"8453\"}", "chainId" },
    { "{\"chainId\":5}", "5 is no chain we know" },
    { "{\"chainId\":-1}", "no chain we know" },
    { "{" CHAIN "}", "contracts" },
    { "{" CHAIN ",\"contracts\":{}," EAS "," SCHEMAS "}", "Marketplace" },
    { "{" CHAIN ",\"contracts\":{\"Marketplace\":{\"address\":\"0x12\"}}," EAS "," SCHEMAS "}",
      "Marketplace: address" },
    { "{" CHAIN ",\"contracts\":{\"Marketplace\":{\"address\":" ADDRESS ("0") "}}}", "nobody" },
    { "{" CHAIN "," CONTRACTS "," SCHEMAS "}", "eas" },
    { "{" CHAIN "," CONTRACTS "," EAS "}", "schemas" },
    { "{" CHAIN "," CONTRACTS "," EAS ",\"schemas\":{}}", "license-receipt" },
    { "{" ALL ",\"rpc\":[]}", "rpc names no node" },
    { "{" ALL ",\"rpc\":[7]}", "rpc: number 1" },
    { "{" ALL ",\"rpc\":[\"http://a.example\",\"ftp://a.example\"]}", "rpc: number 2" },
    { "{" ALL ",\"rpc\":\"http://a.example\"}", "rpc" },
    { "{" ALL ",\"testMoney\":1}", "testMoney" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].json, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deployment/a-real-chain-is-asked-by-its-nodes",
                   test_a_real_chain_is_asked_by_its_nodes);
  g_test_add_func ("/deployment/a-devnet-names-its-own", test_a_devnet_names_its_own);
  g_test_add_func ("/deployment/what-is-wrong-is-named", test_what_is_wrong_is_named);
  return g_test_run ();
}
