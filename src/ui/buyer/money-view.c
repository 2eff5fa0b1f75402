/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/money-view.h"

#include <glib/gi18n-lib.h>

#include "app/wallet-accounts.h"
#include "ui/buyer/activity-row.h"
#include "ui/buyer/money-row.h"
#include "ui/buyer/receive-view.h"
#include "ui/buyer/send-form.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

struct _GmMoneyView
{
  GtkWidget parent;
  GmSession *session;
  GtkWidget *box;
  GtkWidget *chooser;
  AdwComboRow *account;
  GtkLabel *error;
  GtkListBox *networks;
  GtkListBox *activity;
  GtkWidget *send;
  GtkWidget *refresh;
};

G_DEFINE_FINAL_TYPE (GmMoneyView, gm_money_view, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static GmWalletMoney *
get_money (GmMoneyView *self)
{
  return gm_activity_get_money (gm_session_get_activity (self->session));
}

static void
refresh (GmMoneyView *self)
{
  if (self->session != NULL)
    gm_wallet_money_refresh (get_money (self));
}

static void
on_receive (GmMoneyView *self)
{
  gm_compat_dialog_present (gm_receive_dialog_new (self->session), GTK_WIDGET (self));
}

static void
on_send (GmMoneyView *self)
{
  gm_compat_dialog_present (gm_send_dialog_new (self->session), GTK_WIDGET (self));
}

static GmWalletAccount *
get_account (GmMoneyView *self)
{
  return adw_combo_row_get_selected_item (self->account);
}

/* What is only watched has no key to send with. */
static void
update_send (GmMoneyView *self, gboolean any)
{
  GmWalletAccount *account = get_account (self);
  const gboolean watched = account != NULL &&
                           gm_wallet_account_get_kind (account) == GM_WALLET_WATCHED;

  gtk_widget_set_sensitive (self->send, any && !watched);
  gtk_widget_set_tooltip_text (self->send,
                               watched ? _ ("This account is only watched: its key is elsewhere")
                                       : _ ("Send ETH or dollars to somebody"));
}

/* Other networks, or none at all: the own nodes of the settings may be wrong. */
static void
update (GmMoneyView *self)
{
  const gboolean any = g_list_model_get_n_items (gm_wallet_money_get_networks (get_money (self))) >
                       0;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  g_object_get (get_money (self), "error", &error, NULL);
  words = error != NULL ? gm_error_words_short (error) : NULL;
  gtk_label_set_label (self->error, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->networks), any);
  update_send (self, any);
  gtk_widget_set_sensitive (self->refresh, any);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
on_account (GmMoneyView *self)
{
  GmWalletAccount *account = get_account (self);

  if (self->session == NULL || account == NULL)
    return;
  gm_wallet_money_choose (get_money (self), gm_wallet_account_get_address (account));
  update (self);
}

static char *
account_label (GmWalletAccount *account, const char *name)
{
  return gm_wallet_account_dup_label (account);
}

static void
update_chooser (GmMoneyView *self)
{
  GListModel *accounts = adw_combo_row_get_model (self->account);

  gtk_widget_set_visible (self->chooser, g_list_model_get_n_items (accounts) > 1);
}

/* It shows the one that was chosen before; there is no session yet, so nothing is chosen by it. */
static void
take_accounts (GmMoneyView *self, GmWalletMoney *money, GListModel *accounts)
{
  GtkExpression *name = gtk_property_expression_new (GM_TYPE_WALLET_ACCOUNT, NULL, "name");
  g_autoptr (GtkExpression) label = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 1, &name, G_CALLBACK (account_label), NULL, NULL);
  const guint n = g_list_model_get_n_items (accounts);
  GmAddress shown = { 0 };

  gm_wallet_money_dup_account (money, &shown);
  adw_combo_row_set_expression (self->account, label);
  adw_combo_row_set_model (self->account, accounts);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmWalletAccount) account = g_list_model_get_item (accounts, i);

      if (gm_address_equal (gm_wallet_account_get_address (account), &shown))
        adw_combo_row_set_selected (self->account, i);
    }
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (update_chooser), self,
                           G_CONNECT_SWAPPED);
  update_chooser (self);
}

static void
take_session (GmMoneyView *self, GmSession *session)
{
  GmActivity *activity = gm_session_get_activity (session);
  g_autoptr (GmWalletAccounts) accounts = gm_wallet_accounts_new (gm_session_get_account (session));

  take_accounts (self, gm_activity_get_money (activity), G_LIST_MODEL (accounts));
  self->session = session;
  gtk_list_box_bind_model (self->networks, gm_wallet_money_get_networks (get_money (self)),
                           gm_money_row_new, NULL, NULL);
  gtk_list_box_bind_model (self->activity, gm_activity_get_items (activity), gm_activity_row_new,
                           activity, NULL);
  g_signal_connect_object (get_money (self), "notify::error", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gm_wallet_money_get_networks (get_money (self)), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gm_money_view_parent_class)->map (widget);
  refresh (GM_MONEY_VIEW (widget));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, GM_MONEY_VIEW (object)->session);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmMoneyView *self = GM_MONEY_VIEW (object);

  if (self->session == NULL && g_value_get_object (value) != NULL)
    take_session (self, g_value_dup_object (value));
}

static void
dispose (GObject *object)
{
  GmMoneyView *self = GM_MONEY_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_MONEY_VIEW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_money_view_parent_class)->dispose (object);
}

static void
gm_money_view_class_init (GmMoneyViewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  widget->map = map;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, GM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/money-view.ui");
  gtk_widget_class_bind_template_child (widget, GmMoneyView, box);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, chooser);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, account);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, error);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, networks);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, activity);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, send);
  gtk_widget_class_bind_template_child (widget, GmMoneyView, refresh);
  gtk_widget_class_bind_template_callback (widget, refresh);
  gtk_widget_class_bind_template_callback (widget, on_account);
  gtk_widget_class_bind_template_callback (widget, on_receive);
  gtk_widget_class_bind_template_callback (widget, on_send);
}

static void
gm_money_view_init (GmMoneyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_money_view_new (GmSession *session)
{
  return g_object_new (GM_TYPE_MONEY_VIEW, "session", session, NULL);
}
