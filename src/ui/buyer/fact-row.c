/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/fact-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"

struct _GmFactRow
{
  GtkListBoxRow parent;
  GtkLabel *label;
  GtkLabel *value;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (GmFactRow, gm_fact_row, GTK_TYPE_LIST_BOX_ROW)

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GM_TYPE_FACT_ROW);
  G_OBJECT_CLASS (gm_fact_row_parent_class)->dispose (object);
}

static void
gm_fact_row_class_init (GmFactRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/fact-row.ui");
  gtk_widget_class_bind_template_child (widget, GmFactRow, label);
  gtk_widget_class_bind_template_child (widget, GmFactRow, value);
  gtk_widget_class_bind_template_child (widget, GmFactRow, copy);
}

static void
gm_fact_row_init (GmFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A fact does not change, so nothing is bound. */
GtkWidget *
gm_fact_row_new (gpointer fact, gpointer unused)
{
  GmFactRow *self = g_object_new (GM_TYPE_FACT_ROW, NULL);
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;
  gboolean is_code;

  g_object_get (fact, "label", &label, "value", &value, "is-code", &is_code, NULL);
  name = g_strdup_printf (_ ("Copy: %s"), label);
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->value, value);
  if (is_code)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "monospace");
  gtk_widget_set_visible (self->copy, is_code);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy), "s", value);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "app.copy");
  gtk_widget_set_tooltip_text (self->copy, name);
  gm_compat_button_set_label (self->copy, name);
  return GTK_WIDGET (self);
}
