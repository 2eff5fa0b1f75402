/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-money.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "money-scene.h"
#include "session-scene.h"
#include "soup-peer.h"

#define NOON 1767268800000 /* ms */

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static gint64
read_at (MoneyScene *money)
{
  gint64 at;

  g_object_get (money_scene_money (money), "read-at", &at, NULL);
  return at;
}

static void
test_old_values_stay (void)
{
  SessionScene *scene = session_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  GmNetworkMoney *shown = money_scene_money (money);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *last = NULL;
  guint changed = 0;

  g_assert_null (gm_network_money_get_balances (shown));
  g_assert_true (gm_network_money_is_test (shown));
  g_signal_connect (shown, "notify::amounts", G_CALLBACK (on_notify), &changed);
  gm_clock_set_for_test (NOON);
  first = money_scene_read (money);
  g_assert_cmpstr (first, ==, "100.00 ETH, 500.00 USDC");
  g_assert_cmpuint (changed, ==, 1);

  money_scene_give_eth (money, "0x1");
  second = money_scene_read (money);
  g_assert_cmpstr (second, ==, "0.000000000000000001 ETH, 500.00 USDC");

  g_subprocess_force_exit (money->node->process);
  gm_clock_set_for_test (NOON + 1000);
  last = money_scene_read (money);
  g_assert_cmpstr (last, ==, second);
  g_assert_error (gm_network_money_get_error (shown), GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpint (read_at (money), ==, NOON);
  g_assert_cmpuint (changed, ==, 2);
  gm_clock_set_for_test (0);
  session_scene_free (scene);
  money_scene_free (money);
}

static void
test_another_chain_is_refused (void)
{
  SessionScene *scene = session_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  g_autoptr (Anvil) other = anvil_new (5, NULL);

  money_scene_use_node (money, other->url);
  g_assert_null (money_scene_read (money));
  g_assert_error (gm_network_money_get_error (money_scene_money (money)), GM_ERROR,
                  GM_ERROR_REMOTE);
  session_scene_free (scene);
  money_scene_free (money);
}

/* Says of everything that it is this number. */
static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer number)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *asked = g_strndup (body->data, (gsize) body->length);
  g_autofree char *text = NULL;

  if (strstr (asked, "eth_chainId") != NULL)
    text = g_strdup ("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x7a69\"}");
  else
    text = g_strdup_printf ("[{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"%s\"},"
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x%064x\"}]",
                            (const char *) number, 5000000);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
check_number (const char *number, const char *shown)
{
  SessionScene *scene = session_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  g_autoptr (GmSoupPeer) peer = gm_soup_peer_new (handle, (gpointer) number);
  g_autofree char *url = gm_soup_peer_dup_url (peer, "/");
  g_autofree char *read = NULL;

  money_scene_use_node (money, url);
  read = money_scene_read (money);
  g_assert_cmpstr (read, ==, shown);
  if (shown == NULL)
    g_assert_error (gm_network_money_get_error (money_scene_money (money)), GM_ERROR,
                    GM_ERROR_BAD_DATA);
  session_scene_free (scene);
  money_scene_free (money);
}

/* 2^256 - 1 wei is the most that can be; 10^80 is none. */
static void
test_monstrous_balances (void)
{
  check_number ("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "115792089237316195423570985008687907853269984665640564039457."
                "584007913129639935 ETH, 5.00 USDC");
  check_number ("0xd863e9ef4ba3a2d9a13d6ad9b2b0d4a3b9c1ee9f1c1d3e00000000000000000000", NULL);
}

static guint
count (GmSession *session)
{
  return g_list_model_get_n_items (
      gm_wallet_money_get_networks (gm_activity_get_money (gm_session_get_activity (session))));
}

static void
test_settings_are_followed (void)
{
  SessionScene *scene = session_scene_new ();
  GmWalletMoney *money = gm_activity_get_money (gm_session_get_activity (scene->session));
  MoneyScene *world;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count (scene->session), ==, 0); /* no wallet yet */
  world = money_scene_new (scene->session, NULL);
  g_object_set (scene->settings, "test-networks", TRUE, NULL);
  g_assert_cmpuint (count (scene->session), ==, 4);
  g_object_set (scene->settings, "own-nodes", "31337 http://127.0.0.1:1", NULL);
  g_assert_cmpuint (count (scene->session), ==, 5);
  g_object_set (scene->settings, "test-networks", FALSE, NULL);
  g_assert_cmpuint (count (scene->session), ==, 2);
  g_assert_cmpstr (gm_network_money_get_name (gm_wallet_money_find (money, 8453)), ==, "Base");
  g_object_set (scene->settings, "own-nodes", "8453 nonsense", NULL);
  g_assert_cmpuint (count (scene->session), ==, 0);
  g_object_get (money, "error", &error, NULL);
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_object_set (scene->settings, "own-nodes", "", NULL);
  session_scene_free (scene);
  money_scene_free (world);
}

static void
test_own_nodes_are_checked (void)
{
  static const struct
  {
    const char *text;
    const char *wrong; /* NULL: nothing */
  } cases[] = {
    { "", NULL },
    { " 8453  https://a.example\n1 http://b.example/key http://c.example ", NULL },
    { "31337 http://127.0.0.1:8545", NULL },
    { "8453", "named once" },
    { "8453 1 https://a.example", "named once" },
    { "8453 https://a.example 8453 https://b.example", "named once" },
    { "https://a.example", "comes first" },
    { "8453 https://a.example https://b.example https://c.example", "at most two" },
    { "5 https://a.example", "knows no network" },
    { "99999999999999999999999 https://a.example", "knows no network" },
    { "8453 ftp://a.example", "not the address of a node" },
    { "8453 https://", "not the address of a node" },
    { "8453 file:///etc/passwd", "not the address of a node" },
  };
  GmHttp *http = gm_http_new ("test");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = gm_wallet_network_list (http, cases[i].text, FALSE, &error);

      if (cases[i].wrong == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (list->len, ==, 2); /* a devnet is test money */
          continue;
        }
      g_assert_null (list);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
  gm_http_free (http);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  anvil_need ();
  g_test_add_func ("/wallet-money/old-values-stay-with-their-time", test_old_values_stay);
  g_test_add_func ("/wallet-money/a-node-of-another-chain-is-refused",
                   test_another_chain_is_refused);
  g_test_add_func ("/wallet-money/monstrous-balances-are-exact-or-refused",
                   test_monstrous_balances);
  g_test_add_func ("/wallet-money/settings-are-followed", test_settings_are_followed);
  g_test_add_func ("/wallet-network/own-nodes-are-checked", test_own_nodes_are_checked);
  return g_test_run ();
}
