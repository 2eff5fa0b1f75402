/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/rename-account.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/buyer/dialog-step.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

#define WIDTH  400
#define HEIGHT 320

struct _GmRenameAccount
{
  GtkWidget parent;
  GmWalletAccounts *accounts;
  GmWalletAccount *account;
  gboolean busy;
  GmDialogStep *step;
  GtkEditable *name;
};

G_DEFINE_FINAL_TYPE (GmRenameAccount, gm_rename_account, GTK_TYPE_WIDGET)

static void
update (GmRenameAccount *self)
{
  gm_dialog_step_set_sensitive (self->step,
                                !self->busy && *gtk_editable_get_text (self->name) != '\0');
}

static void
renamed (gpointer owner, gpointer result, const GError *error)
{
  GmRenameAccount *self = owner;
  g_autofree char *sentence = error != NULL ? gm_error_words_short (error) : NULL;

  self->busy = FALSE;
  update (self);
  gm_dialog_step_say (self->step, sentence);
  if (result != NULL)
    gm_compat_dialog_close (GTK_WIDGET (self));
  else if (gm_error_is (error, GM_ERROR_LOCKED)) /* by itself, meanwhile */
    gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
}

static void
on_rename (GmRenameAccount *self)
{
  const char *name = gtk_editable_get_text (self->name);

  if (self->busy || *name == '\0')
    return;
  self->busy = TRUE;
  update (self);
  gm_wallet_accounts_rename (self->accounts, self->account, name, G_OBJECT (self), renamed);
}

static void
dispose (GObject *object)
{
  GmRenameAccount *self = GM_RENAME_ACCOUNT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_RENAME_ACCOUNT);
  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (gm_rename_account_parent_class)->dispose (object);
}

static void
gm_rename_account_class_init (GmRenameAccountClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/rename-account.ui");
  gtk_widget_class_bind_template_child (widget, GmRenameAccount, step);
  gtk_widget_class_bind_template_child (widget, GmRenameAccount, name);
  gtk_widget_class_bind_template_callback (widget, update);
  gtk_widget_class_bind_template_callback (widget, on_rename);
}

static void
gm_rename_account_init (GmRenameAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_rename_account_new (GmWalletAccounts *accounts, GmWalletAccount *account)
{
  GmRenameAccount *self = g_object_new (GM_TYPE_RENAME_ACCOUNT, NULL);

  self->accounts = g_object_ref (accounts);
  self->account = g_object_ref (account);
  gtk_editable_set_text (self->name, gm_wallet_account_get_name (account));
  return GTK_WIDGET (self);
}

GtkWidget *
gm_rename_account_dialog_new (GmWalletAccounts *accounts, GmWalletAccount *account)
{
  return gm_compat_dialog_new (gm_rename_account_new (accounts, account), _ ("Account"), WIDTH,
                                                                             HEIGHT);
}
