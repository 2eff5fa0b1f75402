/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/send-form.h"

#include "buyer-scene.h"
#include "money-scene.h"

#define FRIEND "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"

typedef struct
{
  UiScene *scene;
  MoneyScene *money;
  GtkWidget *form;
  GtkWidget *window;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autofree char *read = NULL;

  self->scene = ui_scene_new ();
  self->money = money_scene_new (self->scene->session, NULL);
  read = money_scene_read (self->money);
  self->form = gm_send_form_new (self->scene->session);
  self->window = buyer_show (self->form, 360, 640);
  return self;
}

static void
world_free (World *self)
{
  buyer_close (self->window, self->form);
  ui_scene_free (self->scene);
  money_scene_free (self->money);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static GtkEditable *
get_field (World *world, const char *title)
{
  GtkWidget *label = buyer_find (world->form, GTK_TYPE_LABEL, title);

  return GTK_EDITABLE (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW));
}

static void
type (World *world, const char *to, const char *amount)
{
  gtk_editable_set_text (get_field (world, "Address or payment link"), to);
  gtk_editable_set_text (get_field (world, "Amount"), amount);
  ui_settle ();
}

static gboolean
sees (World *world, const char *text)
{
  return buyer_find (world->form, GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
is_looking (gpointer world)
{
  return buyer_may_press (((World *) world)->form, "Send") ||
         sees (world, "I have compared the whole address");
}

static void
test_errors (void)
{
  g_autoptr (World) world = world_new ();

  ui_assert_named (world->form);
  g_assert_false (buyer_may_press (world->form, "Continue"));
  type (world, "0x1234", "0");
  g_assert_true (sees (world, "An address is 0x and 40 digits or letters from a to f."));
  g_assert_true (sees (world, "Type more than nothing."));
  g_assert_false (buyer_may_press (world->form, "Continue"));
  type (world, FRIEND, "2");
  g_assert_false (sees (world, "Type more than nothing."));
  g_assert_true (buyer_may_press (world->form, "Continue"));
}

static void
test_a_link_is_sent (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *asked = NULL;

  type (world, "ethereum:" MONEY_TOKEN "@31337/transfer?address=" FRIEND "&uint256=2e6", "");
  gtk_editable_set_text (get_field (world, "Amount"), "2");
  buyer_press (world->form, "Continue");
  ui_wait (is_looking, world);
  g_assert_true (sees (world, "Send 2.00 USDC to 0x7099…79C8"));
  g_assert_true (sees (world, "0x 7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8"));
  g_assert_true (sees (world, "Devnet, test money"));
  buyer_press (world->form, "Send");
  while (asked == NULL || *asked == '\0')
    {
      g_free (asked);
      g_main_context_iteration (NULL, TRUE);
      asked = buyer_take_asked (world->window);
    }
  g_assert_cmpstr (asked, ==, "toast It is on its way; ");
  g_assert_cmpuint (g_list_model_get_n_items (
                        gm_activity_get_items (gm_session_get_activity (world->scene->session))),
                    ==, 1);
}

/* The contract of a token: nothing is sent before a person said so. */
static void
test_danger (void)
{
  g_autoptr (World) world = world_new ();
  GtkWidget *check;

  type (world, "ethereum:" MONEY_TOKEN "@31337/transfer?address=" MONEY_TOKEN "&uint256=1e6", "");
  gtk_editable_set_text (get_field (world, "Amount"), "1");
  buyer_press (world->form, "Continue");
  ui_wait (is_looking, world);
  g_assert_false (buyer_may_press (world->form, "Send"));
  check = buyer_find (world->form, GTK_TYPE_CHECK_BUTTON, "I have compared the whole address");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  ui_settle ();
  g_assert_true (buyer_may_press (world->form, "Send"));
}

static gboolean
opens_menu (gpointer button)
{
  return gtk_widget_get_mapped (
      GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))));
}

/* The other one is offered, the one that sends is not. */
static void
test_own_account (void)
{
  g_autoptr (World) world = world_new ();
  GtkWidget *button = buyer_find_named (world->form, GTK_TYPE_MENU_BUTTON, "Your Accounts");
  g_autofree char *second = NULL;
  g_autofree char *label = NULL;
  GtkWidget *choice;

  g_assert_null (button); /* there is none yet */
  second = money_scene_derive (world->money, "My_Savings");
  ui_settle ();
  button = buyer_find_named (world->form, GTK_TYPE_MENU_BUTTON, "Your Accounts");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_focusable (gtk_widget_get_first_child (button)));
  g_assert_cmpint (
      g_menu_model_get_n_items (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button))), ==, 1);
  ui_assert_named (world->form);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_wait (opens_menu, button);
  label = g_strdup_printf ("My__Savings, %.6s…%s", second, second + 38); /* of a mnemonic */
  choice = buyer_find (button, GTK_TYPE_LABEL, label);
  g_assert_nonnull (choice);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (choice)), "My_Savings, 0x"));
  gtk_widget_activate (gtk_widget_get_parent (choice));
  ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (get_field (world, "Address or payment link")), ==,
                   second);
  gtk_editable_set_text (get_field (world, "Amount"), "1");
  ui_settle ();
  g_assert_true (buyer_may_press (world->form, "Continue"));
}

static void
test_locked (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *asked = NULL;

  type (world, FRIEND, "1");
  buyer_press (world->form, "Continue");
  ui_wait (is_looking, world);
  gm_account_lock (gm_session_get_account (world->scene->session));
  buyer_press (world->form, "Send");
  asked = buyer_take_asked (world->window);
  g_assert_cmpstr (asked, ==, "unlock; ");
}

/* The settings open over it. */
static void
test_network_gone (void)
{
  g_autoptr (World) world = world_new ();

  type (world, FRIEND, "1");
  g_assert_true (buyer_may_press (world->form, "Continue"));
  gm_wallet_money_take_networks (
      gm_activity_get_money (gm_session_get_activity (world->scene->session)),
      g_ptr_array_new_with_free_func ((GDestroyNotify) gm_wallet_network_unref));
  ui_settle ();
  g_assert_false (buyer_may_press (world->form, "Continue"));
  money_scene_use_node (world->money, world->money->node->url);
  ui_settle ();
  g_assert_true (buyer_may_press (world->form, "Continue"));
  buyer_press (world->form, "Continue");
  ui_wait (is_looking, world);
  g_assert_true (sees (world, "Devnet, test money"));
}

int
main (int argc, char *argv[])
{
  ui_scene_init (&argc, &argv);
  anvil_need ();
  g_test_add_func ("/send-form/errors-stand-beside-the-field", test_errors);
  g_test_add_func ("/send-form/a-payment-link-is-filled-in-and-sent", test_a_link_is_sent);
  g_test_add_func ("/send-form/danger-has-to-be-read", test_danger);
  g_test_add_func ("/send-form/another-account-is-one-choice-away", test_own_account);
  g_test_add_func ("/send-form/a-locked-wallet-asks-to-be-unlocked", test_locked);
  g_test_add_func ("/send-form/a-network-may-go-away", test_network_gone);
  return g_test_run ();
}
