/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "admin-scene.h"

#include "license-world.h"

/* The demo's own piece comes while the store serves already. */
static gboolean
has_all (gpointer session)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gm_session_get_catalog (session))) ==
         MARKET_PIECES + 1;
}

AdminScene *
admin_scene_new (void)
{
  AdminScene *self = g_new0 (AdminScene, 1);

  self->market = market_new ();
  self->folder = g_dir_make_tmp ("gm-admin-XXXXXX", NULL);
  self->customer = customer_new (self->folder, self->market->origin);
  customer_open_wallet (self->customer); /* the first one */
  customer_wait (has_all, self->customer->session);
  return self;
}

void
admin_scene_free (AdminScene *self)
{
  customer_free (self->customer);
  market_free (self->market);
  gm_world_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

void
admin_scene_show (AdminScene *self, GtkWidget *page)
{
  self->page = page;
  self->window = buyer_show (page, 900, 700);
}

void
admin_scene_close (AdminScene *self)
{
  buyer_close (self->window, self->page);
  self->window = NULL;
}

static GtkWidget *
find_dialog (AdminScene *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (self->window))
        return GTK_WIDGET (window);
    }
  return NULL;
}

static gboolean
is_dialog_seen (gpointer self)
{
  GtkWidget *dialog = find_dialog (self);

  return dialog != NULL && gtk_widget_get_mapped (dialog);
}

GtkWidget *
admin_scene_dialog (AdminScene *self)
{
  customer_wait (is_dialog_seen, self);
  ui_settle ();
  return find_dialog (self);
}

gboolean
admin_scene_has_dialog (AdminScene *self)
{
  return find_dialog (self) != NULL;
}

typedef struct
{
  GtkWidget *root;
  const char *label;
} Sight;

static gboolean
is_read (gpointer data)
{
  const Sight *sight = data;

  return buyer_find (sight->root, GTK_TYPE_LABEL, sight->label) != NULL;
}

static gboolean
is_pressable (gpointer data)
{
  const Sight *sight = data;

  return buyer_may_press (sight->root, sight->label);
}

void
admin_wait_text (GtkWidget *root, const char *label)
{
  customer_wait (is_read, &(Sight){ root, label });
}

void
admin_wait_pressable (GtkWidget *root, const char *label)
{
  customer_wait (is_pressable, &(Sight){ root, label });
}

static GtkEditable *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_ENTRY_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return GTK_EDITABLE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
admin_type (GtkWidget *root, const char *title, const char *text)
{
  gtk_editable_set_text (find_row (root, title), text);
}

const char *
admin_read (GtkWidget *root, const char *title)
{
  return gtk_editable_get_text (find_row (root, title));
}
