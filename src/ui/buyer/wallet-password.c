/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/wallet-password.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/buyer/dialog-step.h"
#include "ui/buyer/new-password.h"
#include "ui/common/compat.h"

#define WIDTH  440
#define HEIGHT 520

struct _GmWalletPassword
{
  GtkWidget parent;
  GmAccount *account;
  gboolean busy;
  GmDialogStep *step;
  GtkEditable *old;
  GmNewPassword *password;
};

G_DEFINE_FINAL_TYPE (GmWalletPassword, gm_wallet_password, GTK_TYPE_WIDGET)

static void
update (GmWalletPassword *self)
{
  gm_dialog_step_set_sensitive (self->step, !self->busy &&
                                                *gtk_editable_get_text (self->old) != '\0' &&
                                                gm_new_password_is_valid (self->password));
}

static void
set_busy (GmWalletPassword *self, gboolean busy)
{
  self->busy = busy;
  update (self);
}

static void
changed (gpointer owner, gpointer result, const GError *error)
{
  GmWalletPassword *self = owner;
  g_autoptr (GError) wrong = NULL;

  set_busy (self, FALSE);
  if (result != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s",
                                  _ ("The password was changed"));
      gm_compat_dialog_close (GTK_WIDGET (self));
      return;
    }
  if (gm_error_is (error, GM_ERROR_DENIED))
    wrong = g_error_new (GM_ERROR, GM_ERROR_DENIED, _ ("This is not the password until now."));
  gm_dialog_step_complain (self->step, wrong != NULL ? wrong : error);
  gtk_widget_grab_focus (GTK_WIDGET (self->old));
}

static void
on_change (GmWalletPassword *self)
{
  g_autoptr (GmSecret) old = NULL;
  g_autoptr (GmSecret) next = NULL;

  if (self->busy || *gtk_editable_get_text (self->old) == '\0')
    return;
  next = gm_new_password_take (self->password);
  if (next == NULL)
    return;
  old = gm_secret_new_text (gtk_editable_get_text (self->old));
  gtk_editable_set_text (self->old, "");
  gm_dialog_step_complain (self->step, NULL);
  set_busy (self, TRUE);
  gm_account_change_password (self->account, old, next, G_OBJECT (self), changed);
}

static void
dispose (GObject *object)
{
  GmWalletPassword *self = GM_WALLET_PASSWORD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_WALLET_PASSWORD);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (gm_wallet_password_parent_class)->dispose (object);
}

static void
gm_wallet_password_class_init (GmWalletPasswordClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  g_type_ensure (GM_TYPE_NEW_PASSWORD);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/wallet-password.ui");
  gtk_widget_class_bind_template_child (widget, GmWalletPassword, step);
  gtk_widget_class_bind_template_child (widget, GmWalletPassword, old);
  gtk_widget_class_bind_template_child (widget, GmWalletPassword, password);
  gtk_widget_class_bind_template_callback (widget, update);
  gtk_widget_class_bind_template_callback (widget, on_change);
}

static void
gm_wallet_password_init (GmWalletPassword *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
gm_wallet_password_new (GmAccount *account)
{
  GmWalletPassword *self = g_object_new (GM_TYPE_WALLET_PASSWORD, NULL);

  self->account = g_object_ref (account);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_wallet_password_dialog_new (GmSession *session)
{
  return gm_compat_dialog_new (gm_wallet_password_new (gm_session_get_account (session)),
                               _ ("Password"), WIDTH, HEIGHT);
}
