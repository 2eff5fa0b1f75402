/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/wallet-page.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/accounts-view.h"
#include "ui/buyer/money-view.h"
#include "ui/buyer/wallet-password.h"
#include "ui/common/compat.h"
#include "ui/common/state-page.h"

struct _GmWalletPage
{
  GtkWidget parent;
  GmSession *session;
  GmStatePage *page;
  GtkButton *lock;
  GtkWidget *visit_row;
  GtkButton *visit; /* signs in, or out */
};

G_DEFINE_FINAL_TYPE (GmWalletPage, gm_wallet_page, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
lock_title (GtkWidget *page, gboolean locked)
{
  return g_strdup (locked ? _ ("Locked") : _ ("Unlocked"));
}

static char *
lock_subtitle (GtkWidget *page, gboolean locked)
{
  return g_strdup (locked ? _ ("Browsing and playing work. Buying asks for the password.")
                          : _ ("It locks itself when it is not used for ten minutes."));
}

static char *
lock_icon (GtkWidget *page, gboolean locked)
{
  return g_strdup (locked ? "changes-prevent-symbolic" : "changes-allow-symbolic");
}

static char *
sign_in_title (GtkWidget *page, gboolean signed_in, gboolean is_admin)
{
  if (!signed_in)
    return g_strdup (_ ("Signed out"));
  return g_strdup (is_admin ? _ ("Signed in, may publish") : _ ("Signed in"));
}

static void
update_lock (GmWalletPage *self)
{
  const gboolean locked = gm_account_is_locked (gm_session_get_account (self->session));

  gtk_button_set_label (self->lock, locked ? _ ("Unlock…") : _ ("Lock"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->lock),
                               locked ? _ ("Enter the password") : _ ("Lock the wallet now"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->lock), locked ? "app.unlock" : "app.lock");
}

/* One button: whoever pressed it by the keyboard stays there. */
static void
update_visit (GmWalletPage *self)
{
  const gboolean locked = gm_account_is_locked (gm_session_get_account (self->session));
  g_autofree char *store = NULL;
  g_autofree char *out = NULL;
  gboolean signed_in;

  g_object_get (self->session, "signed-in", &signed_in, "store-name", &store, NULL);
  out = g_strdup_printf (_ ("Sign Out of %s"), store != NULL ? store : "");
  gtk_button_set_label (self->visit, signed_in ? _ ("Sign Out") : _ ("Sign In"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->visit),
                               signed_in ? out : _ ("Show the store that the wallet is yours"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->visit), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  signed_in ? out : _ ("Sign In"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->visit),
                                  signed_in ? "app.sign-out" : "app.sign-in");
  gtk_widget_set_visible (GTK_WIDGET (self->visit), signed_in || !locked);
  gtk_widget_set_visible (self->visit_row, store != NULL);
}

static void
update_state (GmWalletPage *self)
{
  const gboolean any = gm_account_has_wallet (gm_session_get_account (self->session));

  gm_state_page_set_state (self->page, any ? GM_PAGE_CONTENT : GM_PAGE_EMPTY);
}

static void
on_change_password (GmWalletPage *self)
{
  gm_compat_dialog_present (gm_wallet_password_dialog_new (self->session), GTK_WIDGET (self));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, GM_WALLET_PAGE (object)->session);
}

static void
dispose (GObject *object)
{
  GmWalletPage *self = GM_WALLET_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_WALLET_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_wallet_page_parent_class)->dispose (object);
}

static void
gm_wallet_page_class_init (GmWalletPageClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, GM_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  g_type_ensure (GM_TYPE_ACCOUNTS_VIEW);
  g_type_ensure (GM_TYPE_MONEY_VIEW);
  g_type_ensure (GM_TYPE_STATE_PAGE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/wallet-page.ui");
  gtk_widget_class_bind_template_child (widget, GmWalletPage, page);
  gtk_widget_class_bind_template_child (widget, GmWalletPage, lock);
  gtk_widget_class_bind_template_child (widget, GmWalletPage, visit);
  gtk_widget_class_bind_template_child (widget, GmWalletPage, visit_row);
  gtk_widget_class_bind_template_callback (widget, lock_title);
  gtk_widget_class_bind_template_callback (widget, lock_subtitle);
  gtk_widget_class_bind_template_callback (widget, lock_icon);
  gtk_widget_class_bind_template_callback (widget, sign_in_title);
  gtk_widget_class_bind_template_callback (widget, on_change_password);
}

static void
gm_wallet_page_init (GmWalletPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_wallet_page_new (GmSession *session)
{
  GmWalletPage *self = g_object_new (GM_TYPE_WALLET_PAGE, NULL);
  GmAccount *account = gm_session_get_account (session);

  self->session = g_object_ref (session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  g_signal_connect_object (account, "notify::locked", G_CALLBACK (update_lock), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::locked", G_CALLBACK (update_visit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::signed-in", G_CALLBACK (update_visit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::store-name", G_CALLBACK (update_visit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::address", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_lock (self);
  update_visit (self);
  update_state (self);
  return GTK_WIDGET (self);
}
