/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/place-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/places.h"

static GtkWidget *
make_face (const char *icon, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_button (const char *icon, const char *title)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_face (icon, title));
  gm_compat_button_set_label (button, title);
  gtk_widget_set_tooltip_text (button, title);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

GtkWidget *
gm_place_bar_new (GmSession *session)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *admin;
  guint n;
  const GmPlace *places = gm_places_get (&n);

  gtk_widget_add_css_class (bar, "gm-place-bar");
  gtk_box_set_homogeneous (GTK_BOX (bar), TRUE);
  for (guint i = 0; i < n; i++)
    if (!places[i].for_admin)
      {
        GtkWidget *button = make_button (places[i].icon, _ (places[i].title));

        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.show");
        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", places[i].id);
        gtk_box_append (GTK_BOX (bar), button);
      }
  admin = make_button ("assets-symbolic", _ ("Admin"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (admin), "win.sidebar");
  g_object_bind_property (session, "is-admin", admin, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (bar), admin);
  return bar;
}
