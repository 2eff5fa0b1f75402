/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/account-row.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/export-account.h"
#include "ui/buyer/rename-account.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

struct _GmAccountRow
{
  AdwActionRow parent;
  GmWalletAccounts *accounts;
  GmWalletAccount *account;
  GtkImage *icon;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (GmAccountRow, gm_account_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon;
  const char *words;
} kinds[] = {
  [GM_WALLET_DERIVED] = { "wallet-symbolic", N_ ("From your words") },
                          [GM_WALLET_IMPORTED] = { "dialog-password-symbolic",
                                                   N_ ("Imported key") },
                                                   [GM_WALLET_WATCHED] = { "system-search-symbolic",
                                                                           N_ ("Only watched") },
                                                   };

static const char *
kind_words (GmWalletAccount *account)
{
  return gm_wallet_account_is_main (account)
      ? _ ("Buys and signs in")
      : _ (kinds[gm_wallet_account_get_kind (account)].words);
}

static void
update (GmAccountRow *self)
{
  const char *name = gm_wallet_account_get_name (self->account);
  g_autofree char *short_address = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *more = g_strdup_printf (_ ("More about %s"), name);

  g_object_get (self->account, "short-address", &short_address, NULL);
  subtitle = g_strdup_printf ("%s · %s", short_address, kind_words (self->account));
  spoken = g_strdup_printf ("%s, %s", name, subtitle);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (self->menu, more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more,
                                  -1);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "app.copy", "s",
                              gm_wallet_account_get_text (GM_ACCOUNT_ROW (widget)->account));
}

/* TRUE when it asks for that instead. */
static gboolean
is_locked (GmAccountRow *self)
{
  if (!gm_account_is_locked (gm_wallet_accounts_get_account (self->accounts)))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
  return TRUE;
}

static void
on_rename (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GmAccountRow *self = GM_ACCOUNT_ROW (widget);

  if (!is_locked (self))
    gm_compat_dialog_present (gm_rename_account_dialog_new (self->accounts, self->account), widget);
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GmAccountRow *self = GM_ACCOUNT_ROW (widget);
  const GmExportKind kind = g_str_equal (action, "account.file") ? GM_EXPORT_FILE : GM_EXPORT_KEY;

  gm_compat_dialog_present (
      gm_export_account_dialog_new (gm_wallet_accounts_get_account (self->accounts), self->account,
                                    kind),
      widget);
}

static void
removed (gpointer row, gpointer result, const GError *error)
{
  g_autofree char *sentence = error != NULL ? gm_error_words_short (error) : NULL;

  if (sentence != NULL)
    gtk_widget_activate_action (row, "app.toast", "s", sentence);
}

static void
on_remove_sure (gpointer data)
{
  GmAccountRow *self = data;

  if (!is_locked (self)) /* it may have locked itself while it was asked */
    gm_wallet_accounts_remove (self->accounts, self->account, G_OBJECT (self), removed);
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GmAccountRow *self = GM_ACCOUNT_ROW (widget);
  const gboolean watched = gm_wallet_account_get_kind (self->account) == GM_WALLET_WATCHED;
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"),
                                                 gm_wallet_account_get_name (self->account));

  if (is_locked (self))
    return;
  gm_compat_confirm (widget,
                     &(GmCompatQuestion){
                         .heading = heading,
                         .body = watched
                         ? _ ("Only the address goes from the list. Nothing of it is lost, and "
                               "you can add it again.")
                         : _ ("Its private key goes with it, and your recovery words do not bring "
                               "it back. Without a copy of the key, everything this account holds "
                               "is lost forever."),
                              .yes = _ ("_Remove"), .destructive = TRUE, .func = on_remove_sure,
                                        .data = g_object_ref (self), .free_data = g_object_unref });
}

static void
dispose (GObject *object)
{
  GmAccountRow *self = GM_ACCOUNT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ACCOUNT_ROW);
  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (gm_account_row_parent_class)->dispose (object);
}

static void
gm_account_row_class_init (GmAccountRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/account-row.ui");
  gtk_widget_class_bind_template_child (widget, GmAccountRow, icon);
  gtk_widget_class_bind_template_child (widget, GmAccountRow, menu);
  gtk_widget_class_install_action (widget, "account.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget, "account.rename", NULL, on_rename);
  gtk_widget_class_install_action (widget, "account.key", NULL, on_export);
  gtk_widget_class_install_action (widget, "account.file", NULL, on_export);
  gtk_widget_class_install_action (widget, "account.remove", NULL, on_remove);
}

static void
gm_account_row_init (GmAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_account_row_new (gpointer account, gpointer accounts)
{
  GmAccountRow *self = g_object_new (GM_TYPE_ACCOUNT_ROW, NULL);
  GtkWidget *widget = GTK_WIDGET (self);
  const GmWalletKind kind = gm_wallet_account_get_kind (account);

  self->account = g_object_ref (account);
  self->accounts = g_object_ref (accounts);
  gtk_image_set_from_icon_name (self->icon, kinds[kind].icon);
  gtk_widget_action_set_enabled (widget, "account.key", kind != GM_WALLET_WATCHED);
  gtk_widget_action_set_enabled (widget, "account.file", kind != GM_WALLET_WATCHED);
  gtk_widget_action_set_enabled (widget, "account.remove", kind != GM_WALLET_DERIVED);
  g_signal_connect_object (account, "notify::name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return widget;
}
