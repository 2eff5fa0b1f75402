/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/orders-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/common/cover.h"

struct _GmOrdersRow
{
  GtkListBoxRow parent;
  GmBuyJob *job;
  GmCover *cover;
  GtkLabel *title;
  GtkImage *icon;
  GtkLabel *status;
  GtkLabel *when;
  GtkWidget *resume;
  GtkWidget *license;
};

G_DEFINE_FINAL_TYPE (GmOrdersRow, gm_orders_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *css;
} looks[] = {
  [GM_BUY_PHASE_RUNNING] = { "view-refresh-symbolic", "dim-label" },
  [GM_BUY_PHASE_WAITING] = { "dialog-warning-symbolic", "warning" },
  [GM_BUY_PHASE_DONE] = { "emblem-ok-symbolic", "success" },
  [GM_BUY_PHASE_FAILED] = { "dialog-error-symbolic", "error" },
};

static void
show_look (GmOrdersRow *self, GmBuyPhase phase)
{
  for (guint i = GM_BUY_PHASE_RUNNING; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].css);
  if (phase < GM_BUY_PHASE_RUNNING)
    return;
  gtk_image_set_from_icon_name (self->icon, looks[phase].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[phase].css);
}

static char *
dup_when (GmOrdersRow *self)
{
  g_autofree char *when = NULL;
  g_autofree char *price = NULL;
  gboolean test;

  g_object_get (self->job, "when-text", &when, "price-text", &price, "test-money", &test, NULL);
  if (test)
    return g_strdup_printf (_ ("%s · %s, test money"), when, price);
  return g_strdup_printf ("%s · %s", when, price);
}

/* "Purchase complete!" says nothing that the icon does not, so the words are shorter here. */
static char *
dup_status (GmOrdersRow *self, GmBuyPhase phase)
{
  char *status;

  if (phase == GM_BUY_PHASE_DONE)
    return g_strdup (_ ("In your library"));
  g_object_get (self->job, "status-text", &status, NULL);
  return status;
}

/* The target first: an action with a parameter is never without. */
static void
set_action (GtkWidget *button, const char *action, const char *target)
{
  if (target == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
update (GmOrdersRow *self)
{
  const GmBuyPhase phase = gm_buy_job_get_phase (self->job);
  const GmPurchase *purchase = gm_buy_job_get_purchase (self->job);
  g_autofree char *status = dup_status (self, phase);
  g_autofree char *when = dup_when (self);
  g_autofree char *name = NULL;
  gboolean licensed;

  if (purchase == NULL)
    return;
  g_object_get (self->job, "has-license", &licensed, NULL);
  name = g_strdup_printf (_ ("%s by %s, %s, %s"), purchase->title, purchase->artist, status, when);
  show_look (self, phase);
  gtk_label_set_label (self->title, purchase->title);
  gtk_label_set_label (self->status, status);
  gtk_label_set_label (self->when, when);
  gtk_widget_set_visible (self->resume, phase == GM_BUY_PHASE_WAITING);
  gtk_widget_set_visible (self->license, licensed && phase != GM_BUY_PHASE_WAITING);
  set_action (self->resume, "app.resume", purchase->id);
  set_action (self->license, "app.show-license", purchase->order_id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_buttons (GmOrdersRow *self, const char *title)
{
  g_autofree char *license = g_strdup_printf (_ ("License of %s"), title);
  g_autofree char *resume = g_strdup_printf (_ ("Resume buying %s"), title);

  gtk_widget_set_tooltip_text (self->license, license);
  gm_compat_button_set_label (self->license, license);
  gm_compat_button_set_label (self->resume, resume);
}

GmBuyJob *
gm_orders_row_get_job (GmOrdersRow *self)
{
  return self->job;
}

static void
dispose (GObject *object)
{
  GmOrdersRow *self = GM_ORDERS_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ORDERS_ROW);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (gm_orders_row_parent_class)->dispose (object);
}

static void
gm_orders_row_class_init (GmOrdersRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_COVER);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/orders-row.ui");
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, cover);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, title);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, icon);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, status);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, when);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, resume);
  gtk_widget_class_bind_template_child (widget, GmOrdersRow, license);
}

static void
gm_orders_row_init (GmOrdersRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_orders_row_new (gpointer job, gpointer session)
{
  GmOrdersRow *self = g_object_new (GM_TYPE_ORDERS_ROW, NULL);
  static const char *const followed[] = { "notify::phase", "notify::status-text",
                                          "notify::has-license" };
  const GmPurchase *purchase = gm_buy_job_get_purchase (job);

  self->job = g_object_ref (job);
  g_object_set (self->cover, "session", session, NULL);
  gm_cover_show (self->cover, purchase->artwork, purchase->asset_id);
  name_buttons (self, purchase->title);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (job, followed[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
