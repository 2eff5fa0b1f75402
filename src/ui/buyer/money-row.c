/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/money-row.h"

#include <glib/gi18n-lib.h>

#include "app/when.h"
#include "ui/common/error-words.h"

struct _GmMoneyRow
{
  GtkListBoxRow parent;
  GmNetworkMoney *money;
  GtkLabel *name;
  GtkWidget *test;
  GtkLabel *status;
  GtkLabel *amounts;
};

G_DEFINE_FINAL_TYPE (GmMoneyRow, gm_money_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_status (GmMoneyRow *self)
{
  const GError *error = gm_network_money_get_error (self->money);
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;
  gint64 read_at;
  gboolean busy;

  g_object_get (self->money, "read-at", &read_at, "busy", &busy, NULL);
  when = gm_when_format (read_at);
  if (busy)
    return g_strdup (_ ("Asking…"));
  if (error == NULL)
    return g_strdup (when);
  words = gm_error_words_short (error);
  return when != NULL ? g_strdup_printf (_ ("As of %s. %s"), when, words) : g_strdup (words);
}

static void
update (GmMoneyRow *self)
{
  const gboolean failed = gm_network_money_get_error (self->money) != NULL;
  g_autofree char *status = dup_status (self);
  g_autofree char *lines = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) amounts = NULL;

  g_object_get (self->money, "amounts", &amounts, NULL);
  lines = amounts != NULL ? g_strjoinv ("\n", amounts) : NULL;
  name = g_strdup_printf ("%s, %s, %s", gm_network_money_get_name (self->money),
                          lines != NULL ? lines : "", status != NULL ? status : "");
  gtk_label_set_label (self->amounts, lines != NULL ? lines : "");
  gtk_label_set_label (self->status, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), status != NULL);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
dispose (GObject *object)
{
  GmMoneyRow *self = GM_MONEY_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_MONEY_ROW);
  g_clear_object (&self->money);
  G_OBJECT_CLASS (gm_money_row_parent_class)->dispose (object);
}

static void
gm_money_row_class_init (GmMoneyRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/money-row.ui");
  gtk_widget_class_bind_template_child (widget, GmMoneyRow, name);
  gtk_widget_class_bind_template_child (widget, GmMoneyRow, test);
  gtk_widget_class_bind_template_child (widget, GmMoneyRow, status);
  gtk_widget_class_bind_template_child (widget, GmMoneyRow, amounts);
}

static void
gm_money_row_init (GmMoneyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_money_row_new (gpointer money, gpointer unused)
{
  static const char *const followed[] = { "notify::amounts", "notify::error", "notify::busy" };
  GmMoneyRow *self = g_object_new (GM_TYPE_MONEY_ROW, NULL);

  self->money = g_object_ref (money);
  gtk_label_set_label (self->name, gm_network_money_get_name (money));
  gtk_widget_set_visible (self->test, gm_network_money_is_test (money));
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (money, followed[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
