/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/library-page.h"

#include "ui/buyer/library-row.h"
#include "ui/common/compat.h"
#include "ui/common/state-page.h"

struct _GmLibraryPage
{
  GtkWidget parent;
  GmSession *session;
  GmPlayerState *player;
  GmStatePage *page;
  GtkFilterListModel *filtered;
  GtkEditable *search;
  GtkStack *results;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (GmLibraryPage, gm_library_page, GTK_TYPE_WIDGET)

static void
on_setup (GmLibraryPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, gm_library_row_new (self->session, self->player));
}

static void
name_row (GtkListItem *list_item)
{
  GmLibraryItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *name = item != NULL ? gm_library_row_dup_name (item) : NULL;

  if (name != NULL)
    gm_compat_list_item_set_label (list_item, name);
}

static void
on_bind (GmLibraryPage *self, GtkListItem *list_item)
{
  GmLibraryItem *item = gtk_list_item_get_item (list_item);

  gm_library_row_show (GM_LIBRARY_ROW (gtk_list_item_get_child (list_item)), item);
  g_signal_connect_object (item, "notify::status-text", G_CALLBACK (name_row), list_item,
                           G_CONNECT_SWAPPED);
  name_row (list_item);
}

static void
on_unbind (GmLibraryPage *self, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), name_row, list_item);
  gm_library_row_show (GM_LIBRARY_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
on_activate (GmLibraryPage *self, guint position)
{
  g_autoptr (GmLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);
  const GmOwned *owned = gm_library_item_get_owned (item);

  if (owned->ready)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.play", "s", owned->asset_id);
}

/* Focus is on the list's own widget around a row, or on a button in it. */
static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GM_TYPE_LIBRARY_ROW) : NULL;

  if (row == NULL && focus != NULL)
    row = gtk_widget_get_first_child (focus);
  return GM_IS_LIBRARY_ROW (row) && gtk_widget_activate_action (row, "row.menu", NULL);
}

static void
on_stop_search (GmLibraryPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_search_activate (GmLibraryPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0)
    on_activate (self, 0);
}

static void
on_retry (GmLibraryPage *self)
{
  gm_library_model_refresh (gm_session_get_library (self->session));
}

static void
update_results (GmLibraryPage *self)
{
  gtk_stack_set_visible_child_name (
      self->results,
      g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0 ? "list" : "none");
}

/* What is there is shown, even when reading it again failed. */
static void
update_state (GmLibraryPage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean empty;

  g_object_get (gm_session_get_library (self->session), "error", &error, "empty", &empty, NULL);
  if (!empty)
    gm_state_page_set_state (self->page, GM_PAGE_CONTENT);
  else if (error != NULL)
    gm_state_page_fail (self->page, error);
  else
    gm_state_page_set_state (self->page, GM_PAGE_EMPTY);
}

void
gm_library_page_search (GtkWidget *page, const char *text)
{
  GmLibraryPage *self = GM_LIBRARY_PAGE (page);

  gtk_editable_set_text (self->search, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (self->search, -1);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GM_LIBRARY_PAGE (widget)->list));
}

static void
dispose (GObject *object)
{
  GmLibraryPage *self = GM_LIBRARY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_LIBRARY_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (gm_library_page_parent_class)->dispose (object);
}

static void
gm_library_page_class_init (GmLibraryPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->grab_focus = grab_focus;
  g_type_ensure (GM_TYPE_STATE_PAGE);
  g_type_ensure (GM_TYPE_LIBRARY_ITEM);
  gtk_widget_class_add_binding (widget, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/library-page.ui");
  gtk_widget_class_bind_template_child (widget, GmLibraryPage, page);
  gtk_widget_class_bind_template_child (widget, GmLibraryPage, filtered);
  gtk_widget_class_bind_template_child (widget, GmLibraryPage, search);
  gtk_widget_class_bind_template_child (widget, GmLibraryPage, results);
  gtk_widget_class_bind_template_child (widget, GmLibraryPage, list);
  gtk_widget_class_bind_template_callback (widget, on_activate);
  gtk_widget_class_bind_template_callback (widget, on_stop_search);
  gtk_widget_class_bind_template_callback (widget, on_search_activate);
  gtk_widget_class_bind_template_callback (widget, on_retry);
}

static void
gm_library_page_init (GmLibraryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (update_results), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gm_library_page_new (GmSession *session, GmPlayerState *player)
{
  GmLibraryPage *self = g_object_new (GM_TYPE_LIBRARY_PAGE, NULL);
  GmLibraryModel *library = gm_session_get_library (session);

  self->session = g_object_ref (session);
  self->player = g_object_ref (player);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (library));
  g_signal_connect_object (library, "notify::empty", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::error", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_results (self);
  update_state (self);
  return GTK_WIDGET (self);
}
