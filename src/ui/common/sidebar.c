/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/sidebar.h"

#include <glib/gi18n-lib.h>

#include "ui/places.h"

enum
{
  PROP_SESSION = 1,
  PROP_PLACE,
  PROP_LONE,
  N_PROPS,
};

struct _GmSidebar
{
  GtkWidget parent;
  GmSession *session;
  char *place; /* (nullable) */
  gboolean lone;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GmSidebar, gm_sidebar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static GtkListBoxRow *
find_row (GmSidebar *self, const char *place)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (gtk_widget_get_name (child), place) == 0)
      return GTK_LIST_BOX_ROW (child);
  return NULL;
}

static void
set_place (GmSidebar *self, const char *place)
{
  if (g_strcmp0 (self->place, place) == 0)
    return;
  g_free (self->place);
  self->place = g_strdup (place);
  gtk_list_box_select_row (self->list, find_row (self, place));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

/* By arrow keys or by a screen reader, which select without activating. */
static void
on_row_selected (GmSidebar *self, GtkListBoxRow *row)
{
  const char *place = row != NULL ? gtk_widget_get_name (GTK_WIDGET (row)) : NULL;

  if (place != NULL && g_strcmp0 (place, self->place) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.show", "s", place);
}

static GtkWidget *
make_row (GmSidebar *self, const GmPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (place->title));

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, place->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (place->title), -1);
  if (place->for_admin)
    g_object_bind_property (self->session, "is-admin", row, "visible", G_BINDING_SYNC_CREATE);
  return row;
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const GmPlace *place = gm_places_find (gtk_widget_get_name (GTK_WIDGET (row)));
  const GmPlace *above = before != NULL ? gm_places_find (gtk_widget_get_name (GTK_WIDGET (before)))
                                        : NULL;
  GtkWidget *title = NULL;

  if (place->for_admin && above != NULL && !above->for_admin)
    {
      title = gtk_label_new (_ ("Admin"));
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_add_css_class (title, "gm-section-title");
    }
  gtk_list_box_row_set_header (row, title);
}

static void
constructed (GObject *object)
{
  GmSidebar *self = GM_SIDEBAR (object);
  guint n;
  const GmPlace *places = gm_places_get (&n);

  G_OBJECT_CLASS (gm_sidebar_parent_class)->constructed (object);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, make_row (self, &places[i]));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_row_selected), self,
                           G_CONNECT_SWAPPED);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmSidebar *self = GM_SIDEBAR (object);

  switch (id)
    {
    case PROP_SESSION: g_value_set_object (value, self->session); break;
    case PROP_PLACE: g_value_set_string (value, self->place); break;
    case PROP_LONE: g_value_set_boolean (value, self->lone); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmSidebar *self = GM_SIDEBAR (object);

  switch (id)
    {
    case PROP_SESSION: self->session = g_value_dup_object (value); break;
    case PROP_PLACE: set_place (self, g_value_get_string (value)); break;
    case PROP_LONE:
      if (self->lone == g_value_get_boolean (value))
        return;
      self->lone = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&GM_SIDEBAR (object)->session);
  G_OBJECT_CLASS (gm_sidebar_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_free (GM_SIDEBAR (object)->place);
  G_OBJECT_CLASS (gm_sidebar_parent_class)->finalize (object);
}

static void
gm_sidebar_class_init (GmSidebarClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object->constructed = constructed;
  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, GM_TYPE_SESSION,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL,
                                                flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LONE] = g_param_spec_boolean ("lone", NULL, NULL, FALSE,
                                                flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object, N_PROPS, properties);

  g_type_ensure (GM_TYPE_SYNC_JOB);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/common/sidebar.ui");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_NAVIGATION);
  gtk_widget_class_bind_template_child (widget, GmSidebar, list);
}

static void
gm_sidebar_init (GmSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_sidebar_new (GmSession *session)
{
  return g_object_new (GM_TYPE_SIDEBAR, "session", session, NULL);
}
