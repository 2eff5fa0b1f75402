/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/assets-page.h"

#include <glib/gi18n-lib.h>

#include "app/asset-table-model.h"
#include "ui/admin/asset-sheet.h"
#include "ui/admin/assets-table.h"
#include "ui/admin/status-words.h"
#include "ui/common/compat.h"
#include "ui/common/state-page.h"

#define SHEET_WIDTH  520 /* px */
#define SHEET_HEIGHT 680
#define NARROW_WIDTH 720 /* px: below it only what tells rows apart */
#define NEAR_END     400 /* px above the end where the next page is asked for */

struct _GmAssetsPage
{
  AdwBin parent;
  GmSession *session;
  GmAssetTableModel *model;
  GtkEditable *search;
  GtkDropDown *status; /* all, then gm_status_ids */
  GtkLabel *count;
  GmStatePage *states;
  GtkWidget *table;
  gboolean narrow;
  guint tick; /* of the frame that takes the width */
};

G_DEFINE_FINAL_TYPE (GmAssetsPage, gm_assets_page, ADW_TYPE_BIN)

static void
apply_filter (GmAssetsPage *self)
{
  const char *text = gtk_editable_get_text (self->search);
  const guint at = gtk_drop_down_get_selected (self->status);

  gm_asset_table_model_set_filter (self->model, *text != '\0' ? text : NULL,
                                   at > 0 && at <= GM_STATUS_N ? gm_status_ids[at - 1] : "all");
}

static void
update (GmAssetsPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;
  gboolean loading;
  guint total;
  const guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  g_object_get (self->model, "loading", &loading, "total", &total, "error", &error, NULL);
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u asset", "%u assets", total), total);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), !self->narrow && (shown > 0 || error == NULL));
  if (shown > 0)
    gm_state_page_set_state (self->states, GM_PAGE_CONTENT);
  else if (error != NULL)
    gm_state_page_fail (self->states, error);
  else
    gm_state_page_set_state (self->states, loading ? GM_PAGE_WAITING : GM_PAGE_EMPTY);
}

static void
on_retry (GmAssetsPage *self)
{
  gm_asset_table_model_refresh (self->model);
}

static void
on_activate (GmAssetsPage *self, guint position)
{
  g_autoptr (GmAssetItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  GtkWidget *sheet;

  if (item == NULL)
    return;
  sheet = gm_asset_sheet_new (self->session, self->model, item);
  gm_compat_dialog_present (gm_compat_dialog_new (sheet, gm_asset_item_get_asset (item)->title,
                                                  SHEET_WIDTH, SHEET_HEIGHT),
                            GTK_WIDGET (self));
}

static void
on_scrolled (GmAssetsPage *self, GtkAdjustment *adjustment)
{
  if (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + NEAR_END >
      gtk_adjustment_get_upper (adjustment))
    gm_asset_table_model_load_more (self->model);
}

static gboolean
take_width (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GmAssetsPage *self = GM_ASSETS_PAGE (widget);

  self->tick = 0;
  gm_assets_table_set_narrow (self->table, self->narrow);
  update (self);
  return G_SOURCE_REMOVE;
}

/* The page follows its width; not at once, as this comes while the table is laid out. */
static void
on_width (GmAssetsPage *self, GtkAdjustment *horizontal)
{
  const gboolean narrow = gtk_adjustment_get_page_size (horizontal) < NARROW_WIDTH;

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), take_width, NULL, NULL);
}

static GtkWidget *
make_status (void)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *menu;

  gtk_string_list_append (words, _ ("Any status"));
  for (guint i = 0; i < GM_STATUS_N; i++)
    gtk_string_list_append (words, gm_status_words (gm_status_ids[i]));
  menu = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (words)), NULL);
  gtk_widget_set_tooltip_text (menu, _ ("Only assets of this status"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Status"), -1);
  return menu;
}

static GtkWidget *
make_bar (GmAssetsPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *status = make_status ();
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *refresh = gtk_button_new_from_icon_name ("view-refresh-symbolic");

  self->search = GTK_EDITABLE (search);
  self->status = GTK_DROP_DOWN (status);
  self->count = GTK_LABEL (count);
  g_object_set (search, "placeholder-text", _ ("Search assets"), "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search assets"), -1);
  gtk_widget_set_tooltip_text (search, _ ("Search title and artist"));
  gtk_widget_set_tooltip_text (refresh, _ ("Load again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (refresh), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Load again"), -1);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "gm-number");
  gtk_widget_add_css_class (bar, "gm-page-bar");
  g_signal_connect_object (search, "search-changed", G_CALLBACK (apply_filter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (status, "notify::selected", G_CALLBACK (apply_filter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (refresh, "clicked", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (bar), search);
  gtk_box_append (GTK_BOX (bar), status);
  gtk_box_append (GTK_BOX (bar), count);
  gtk_box_append (GTK_BOX (bar), refresh);
  return bar;
}

static GtkWidget *
make_table (GmAssetsPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (scroller);

  self->table = gm_assets_table_new (self->model);
  gtk_scrolled_window_set_child (scrolled, self->table);
  g_signal_connect_object (self->table, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scrolled), "value-changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scrolled), "changed",
                           G_CALLBACK (on_width), self, G_CONNECT_SWAPPED);
  return scroller;
}

static void
dispose (GObject *object)
{
  GmAssetsPage *self = GM_ASSETS_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gm_assets_page_parent_class)->dispose (object);
}

static void
gm_assets_page_class_init (GmAssetsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
gm_assets_page_init (GmAssetsPage *self)
{
}

GtkWidget *
gm_assets_page_new (GmSession *session)
{
  GmAssetsPage *self = g_object_new (GM_TYPE_ASSETS_PAGE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->model = gm_asset_table_model_new (session);
  self->states = GM_STATE_PAGE (gm_state_page_new ());
  g_object_set (self->states, "empty-icon", "assets-symbolic", "empty-title",
                _ ("No Assets Here"), "empty-description",
                   _ ("Upload music, or look for something else."), "empty-action-label",
                      _ ("_Upload"), "empty-action-name", "app.show::uploads", "vexpand", TRUE,
                         NULL);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gm_state_page_set_child (self->states, make_table (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->states));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  /* what others change, and what an upload adds */
  g_signal_connect_object (self, "map", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  gm_asset_table_model_refresh (self->model);
  return GTK_WIDGET (self);
}

void
gm_assets_page_search (GmAssetsPage *self, const char *text)
{
  g_return_if_fail (GM_IS_ASSETS_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_text (self->search, text);
  gtk_editable_set_position (self->search, -1);
}
