/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/accounts-view.h"

#include "ui/buyer/account-row.h"
#include "ui/buyer/add-account.h"
#include "ui/buyer/export-account.h"
#include "ui/buyer/keyring-row.h"
#include "ui/common/compat.h"

struct _GmAccountsView
{
  GtkWidget parent;
  GmAccount *account;         /* (nullable) */
  GmWalletAccounts *accounts; /* (nullable) */
  GtkListBox *list;
  GmKeyringRow *keyring;
};

G_DEFINE_FINAL_TYPE (GmAccountsView, gm_accounts_view, GTK_TYPE_WIDGET)

enum
{
  PROP_ACCOUNT = 1,
  PROP_LIMIT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
on_add (GmAccountsView *self)
{
  if (gm_account_is_locked (self->account))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
  else
    gm_compat_dialog_present (gm_add_account_dialog_new (self->accounts), GTK_WIDGET (self));
}

static void
on_words (GmAccountsView *self)
{
  gm_compat_dialog_present (gm_export_account_dialog_new (self->account, NULL, GM_EXPORT_WORDS),
                            GTK_WIDGET (self));
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmAccountsView *self = GM_ACCOUNTS_VIEW (object);

  if (id == PROP_LIMIT)
    {
      g_object_set_property (G_OBJECT (self->keyring), "limit", value);
      return;
    }
  if (self->account != NULL || g_value_get_object (value) == NULL)
    return;
  self->account = g_value_dup_object (value);
  self->accounts = gm_wallet_accounts_new (self->account);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->accounts), gm_account_row_new,
                           self->accounts, NULL);
  g_object_set (self->keyring, "account", self->account, NULL);
}

static void
dispose (GObject *object)
{
  GmAccountsView *self = GM_ACCOUNTS_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ACCOUNTS_VIEW);
  g_clear_object (&self->accounts);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (gm_accounts_view_parent_class)->dispose (object);
}

static void
gm_accounts_view_class_init (GmAccountsViewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->set_property = set_property;
  object->dispose = dispose;
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, GM_TYPE_ACCOUNT,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIMIT] = g_param_spec_uint ("limit", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  g_type_ensure (GM_TYPE_KEYRING_ROW);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/accounts-view.ui");
  gtk_widget_class_bind_template_child_full (widget, "head", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget, "safety", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmAccountsView, list);
  gtk_widget_class_bind_template_child (widget, GmAccountsView, keyring);
  gtk_widget_class_bind_template_callback (widget, on_add);
  gtk_widget_class_bind_template_callback (widget, on_words);
}

static void
gm_accounts_view_init (GmAccountsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_accounts_view_new (GmAccount *account)
{
  return g_object_new (GM_TYPE_ACCOUNTS_VIEW, "account", account, NULL);
}
