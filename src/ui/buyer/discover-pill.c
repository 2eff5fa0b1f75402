/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-pill.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"

struct _GmDiscoverPill
{
  GtkWidget parent;
  char *label;
  char *value; /* (nullable) */
  GtkWidget *button;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (GmDiscoverPill, gm_discover_pill, GTK_TYPE_WIDGET)

static guint cleared_signal;

static void
update (GmDiscoverPill *self)
{
  const char *shown = self->value != NULL ? self->value : self->label;
  g_autofree char *tip = NULL;
  g_autofree char *undo = NULL;

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), shown);
  gtk_widget_set_visible (self->clear, self->value != NULL);
  if (self->value == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "active");
      gtk_widget_set_tooltip_text (self->button, self->label);
      return;
    }

  gtk_widget_add_css_class (GTK_WIDGET (self), "active");
  /* Translators: a filter and what it is set to, "Genre: Jazz" */
  tip = g_strdup_printf (_ ("%s: %s"), self->label, self->value);
  undo = g_strdup_printf (_ ("Remove filter %s"), tip);
  gtk_widget_set_tooltip_text (self->button, tip);
  gtk_widget_set_tooltip_text (self->clear, undo);
  gm_compat_button_set_label (self->clear, undo);
}

void
gm_discover_pill_set_value (GmDiscoverPill *self, const char *value)
{
  if (g_strcmp0 (value, self->value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  update (self);
}

const char *
gm_discover_pill_get_value (GmDiscoverPill *self)
{
  return self->value;
}

void
gm_discover_pill_popdown (GmDiscoverPill *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

/* The button that is gone now had the focus. */
static void
on_clear_clicked (GmDiscoverPill *self)
{
  gtk_widget_grab_focus (self->button);
  g_signal_emit (self, cleared_signal, 0);
}

static void
dispose (GObject *object)
{
  GmDiscoverPill *self = GM_DISCOVER_PILL (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->clear, gtk_widget_unparent);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->value, g_free);
  G_OBJECT_CLASS (gm_discover_pill_parent_class)->dispose (object);
}

static void
gm_discover_pill_class_init (GmDiscoverPillClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  cleared_signal = g_signal_new ("cleared", GM_TYPE_DISCOVER_PILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget, "filterpill");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gm_discover_pill_init (GmDiscoverPill *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  self->clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_parent (self->clear, GTK_WIDGET (self));
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (on_clear_clicked), self);
}

GtkWidget *
gm_discover_pill_new (const char *label, GtkWidget *popover_child)
{
  GmDiscoverPill *self = g_object_new (GM_TYPE_DISCOVER_PILL, NULL);
  GtkWidget *popover = gtk_popover_new ();

  self->label = g_strdup (label);
  gtk_popover_set_child (GTK_POPOVER (popover), popover_child);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  update (self);
  return GTK_WIDGET (self);
}
