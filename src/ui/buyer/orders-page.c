/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/orders-page.h"

#include "ui/buyer/orders-row.h"
#include "ui/common/state-page.h"

struct _GmOrdersPage
{
  GtkWidget parent;
  GmSession *session;
  GmStatePage *page;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GmOrdersPage, gm_orders_page, GTK_TYPE_WIDGET)

/* The steps of what goes on, the license of what is done. */
static void
on_row_activated (GmOrdersPage *self, GmOrdersRow *row)
{
  GmBuyJob *job = gm_orders_row_get_job (row);
  const GmPurchase *purchase = gm_buy_job_get_purchase (job);

  if (gm_buy_job_get_phase (job) == GM_BUY_PHASE_DONE)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.show-license", "s", purchase->order_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.resume", "s", purchase->id);
}

static void
update_state (GmOrdersPage *self)
{
  const guint n = g_list_model_get_n_items (gm_session_get_purchases (self->session));

  gm_state_page_set_state (self->page, n > 0 ? GM_PAGE_CONTENT : GM_PAGE_EMPTY);
}

static void
dispose (GObject *object)
{
  GmOrdersPage *self = GM_ORDERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ORDERS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_orders_page_parent_class)->dispose (object);
}

static void
gm_orders_page_class_init (GmOrdersPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_STATE_PAGE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/orders-page.ui");
  gtk_widget_class_bind_template_child (widget, GmOrdersPage, page);
  gtk_widget_class_bind_template_child (widget, GmOrdersPage, list);
  gtk_widget_class_bind_template_callback (widget, on_row_activated);
}

static void
gm_orders_page_init (GmOrdersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_orders_page_new (GmSession *session)
{
  GmOrdersPage *self = g_object_new (GM_TYPE_ORDERS_PAGE, NULL);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, gm_session_get_purchases (session), gm_orders_row_new,
                           session, NULL);
  g_signal_connect_object (gm_session_get_purchases (session), "items-changed",
                           G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update_state (self);
  return GTK_WIDGET (self);
}
