/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/receive-view.h"

#include <glib/gi18n-lib.h>

#include "app/transfer.h"
#include "ui/buyer/qr-code.h"
#include "ui/common/compat.h"

#define WIDTH        400
#define HEIGHT       520
#define QR_MODULE_PX 6

struct _GmReceiveView
{
  GtkWidget parent;
  GtkWidget *scroll;
  GtkPicture *qr;
  GtkLabel *address;
  GtkWidget *copy;
  GtkLabel *networks;
};

G_DEFINE_FINAL_TYPE (GmReceiveView, gm_receive_view, GTK_TYPE_WIDGET)

static char *
dup_networks (GmSession *session)
{
  GListModel *networks = gm_wallet_money_get_networks (
      gm_activity_get_money (gm_session_get_activity (session)));
  const guint n = g_list_model_get_n_items (networks);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmNetworkMoney) money = g_list_model_get_item (networks, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", gm_network_money_get_name (money));
    }
  return g_strdup_printf (_ ("It is the same on every network you use: %s."), names->str);
}

static void
show (GmReceiveView *self, GmSession *session, const char *address)
{
  g_autoptr (GdkTexture) qr = gm_qr_code_new (address, QR_MODULE_PX);
  g_autofree char *groups = gm_transfer_group_address (address);
  g_autofree char *networks = dup_networks (session);

  gtk_picture_set_paintable (self->qr, GDK_PAINTABLE (qr));
  gtk_label_set_label (self->address, groups);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  address, -1);
  gtk_label_set_label (self->networks, networks);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "app.copy"); /* after its target */
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GM_TYPE_RECEIVE_VIEW);
  G_OBJECT_CLASS (gm_receive_view_parent_class)->dispose (object);
}

static void
gm_receive_view_class_init (GmReceiveViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/receive-view.ui");
  gtk_widget_class_bind_template_child (widget, GmReceiveView, scroll);
  gtk_widget_class_bind_template_child (widget, GmReceiveView, qr);
  gtk_widget_class_bind_template_child (widget, GmReceiveView, address);
  gtk_widget_class_bind_template_child (widget, GmReceiveView, copy);
  gtk_widget_class_bind_template_child (widget, GmReceiveView, networks);
}

static void
gm_receive_view_init (GmReceiveView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_receive_view_new (GmSession *session)
{
  GmReceiveView *self = g_object_new (GM_TYPE_RECEIVE_VIEW, NULL);
  GmWalletMoney *money = gm_activity_get_money (gm_session_get_activity (session));
  g_autofree char *address = gm_wallet_money_dup_address (money);

  if (address != NULL)
    show (self, session, address);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_receive_dialog_new (GmSession *session)
{
  return gm_compat_dialog_new (gm_receive_view_new (session), _ ("Receive"), WIDTH, HEIGHT);
}
