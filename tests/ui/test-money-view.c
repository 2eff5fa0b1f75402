/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/money-view.h"

#include <string.h>

#include "buyer-scene.h"
#include "money-scene.h"
#include "ui/buyer/receive-view.h"

typedef struct
{
  GtkWidget *root;
  const char *text;
} Wanted;

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;

  return buyer_find (wanted->root, GTK_TYPE_LABEL, wanted->text) != NULL;
}

static void
wait_text (GtkWidget *root, const char *text)
{
  ui_wait (is_shown, &(Wanted){ root, text });
}

static void
test_balances (void)
{
  UiScene *scene = ui_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  GtkWidget *view = gm_money_view_new (scene->session);
  GtkWidget *window = buyer_show (view, 360, 640);

  wait_text (view, "100.00 ETH\n500.00 USDC"); /* asked when it is shown */
  ui_assert_named (view);
  g_assert_nonnull (buyer_find (view, GTK_TYPE_LABEL, "Test money"));
  g_assert_nonnull (buyer_find (view, GTK_TYPE_LABEL, "Nothing was sent from this wallet yet."));
  money_scene_give_eth (money, "0x1");
  buyer_press (view, "Refresh the balances");
  wait_text (view, "0.000000000000000001 ETH\n500.00 USDC");
  g_subprocess_force_exit (money->node->process);
  buyer_press (view, "Refresh the balances");
  wait_text (view, "Asking…");
  while (gm_network_money_get_error (money_scene_money (money)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (
      buyer_find (view, GTK_TYPE_LABEL, "0.000000000000000001 ETH\n500.00 USDC")); /* as of then */
  buyer_close (window, view);
  ui_scene_free (scene);
  money_scene_free (money);
}

static void
test_accounts (void)
{
  UiScene *scene = ui_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  GtkWidget *view = gm_money_view_new (scene->session);
  GtkWidget *window = buyer_show (view, 360, 640);
  g_autofree char *second = NULL;
  GtkWidget *chooser;

  wait_text (view, "100.00 ETH\n500.00 USDC");
  g_assert_null (buyer_find (view, ADW_TYPE_COMBO_ROW, NULL)); /* nothing to choose */
  second = money_scene_derive (money, "Savings");
  money_scene_turn_to (money, second);
  money_scene_give_eth (money, "0xde0b6b3a7640000");
  ui_settle ();
  chooser = buyer_find (view, ADW_TYPE_COMBO_ROW, NULL);
  g_assert_nonnull (chooser);
  ui_assert_named (view);
  adw_combo_row_set_selected (ADW_COMBO_ROW (chooser), 1);
  wait_text (view, "1.00 ETH\n0.00 USDC");
  g_assert_true (
      g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (chooser)), "Savings, 0x"));
  buyer_close (window, view);

  view = gm_money_view_new (scene->session); /* still the one that was chosen */
  window = buyer_show (view, 360, 640);
  chooser = buyer_find (view, ADW_TYPE_COMBO_ROW, NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (chooser)), ==, 1);
  wait_text (view, "1.00 ETH\n0.00 USDC");
  buyer_close (window, view);
  ui_scene_free (scene);
  money_scene_free (money);
}

static void
test_wrong_nodes (void)
{
  UiScene *scene = ui_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  GtkWidget *view = gm_money_view_new (scene->session);
  GtkWidget *window = buyer_show (view, 360, 640);

  g_object_set (scene->settings, "own-nodes", "nonsense", NULL);
  wait_text (view, "The number of a network comes first, then at most two nodes.");
  g_assert_false (buyer_may_press (view, "Send…"));
  g_object_set (scene->settings, "own-nodes", "", NULL);
  buyer_close (window, view);
  ui_scene_free (scene);
  money_scene_free (money);
}

static void
on_sent (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static void
send_token (UiScene *scene, MoneyScene *money)
{
  GmActivity *activity = gm_session_get_activity (scene->session);
  GmTransfer transfer = { .network = &money->network,
                          .token = &money->network.tokens[0],
                          .from = money->account,
                          .to = { { 0x70, 0x99 } },
                          .units = gm_u256_from_u64 (2000000) };
  GmTxRun *run = gm_tx_run_new (gm_network_money_get_network (money_scene_money (money)),
                                gm_activity_get_ledger (activity), &transfer);

  gm_activity_send (activity, run, G_OBJECT (scene->session), on_sent);
  gm_tx_run_unref (run);
}

static void
test_activity (void)
{
  UiScene *scene = ui_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, "--no-mining");
  GmActivity *activity = gm_session_get_activity (scene->session);
  GtkWidget *view = gm_money_view_new (scene->session);
  GtkWidget *window = buyer_show (view, 360, 800);
  int least;

  send_token (scene, money);
  wait_text (view, "On its way…");
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  ui_assert_named (view);
  g_assert_nonnull (buyer_find (view, GTK_TYPE_LABEL, "Send 2.00 USDC to 0x7099…0000"));
  g_assert_true (buyer_may_press (view, "Speed Up…"));
  g_assert_nonnull (buyer_find (view, GTK_TYPE_LINK_BUTTON, NULL));
  buyer_press (view, "Cancel…"); /* asks first */
  {
    g_autoptr (GmActivityItem) item = g_list_model_get_item (gm_activity_get_items (activity), 0);

    gm_activity_replace (activity, item, TRUE, G_OBJECT (scene->session), on_sent);
  }
  wait_text (view, "Another one is to take its place…");
  money_scene_mine (money);
  wait_text (view, "Another one took its place");
  g_assert_null (buyer_find (view, GTK_TYPE_BUTTON, "Speed Up…"));
  buyer_close (window, view);
  ui_scene_free (scene);
  money_scene_free (money);
}

static void
test_receive (void)
{
  UiScene *scene = ui_scene_new ();
  MoneyScene *money = money_scene_new (scene->session, NULL);
  GtkWidget *view = gm_receive_view_new (scene->session);
  GtkWidget *window = buyer_show (view, 360, 640);
  g_autofree char *groups = gm_transfer_group_address (money->address);
  g_autofree char *wanted = g_strdup_printf ("copy %s; ", money->address);
  g_autofree char *asked = NULL;

  ui_assert_named (view);
  g_assert_nonnull (buyer_find (view, GTK_TYPE_LABEL, groups));
  g_assert_cmpuint (strlen (groups), ==, 42 + 10);
  g_assert_nonnull (
      gtk_picture_get_paintable (GTK_PICTURE (buyer_find (view, GTK_TYPE_PICTURE, NULL))));
  buyer_press (view, "Copy Address");
  asked = buyer_take_asked (window);
  g_assert_cmpstr (asked, ==, wanted);
  buyer_close (window, view);
  ui_scene_free (scene);
  money_scene_free (money);
}

int
main (int argc, char *argv[])
{
  ui_scene_init (&argc, &argv);
  anvil_need ();
  g_test_add_func ("/money-view/balances-are-asked-when-shown-and-by-hand", test_balances);
  g_test_add_func ("/money-view/another-account-is-shown-when-chosen", test_accounts);
  g_test_add_func ("/money-view/wrong-nodes-are-told", test_wrong_nodes);
  g_test_add_func ("/money-view/what-was-sent-is-listed-and-outbid", test_activity);
  g_test_add_func ("/receive-view/the-address-is-a-code-and-groups", test_receive);
  return g_test_run ();
}
