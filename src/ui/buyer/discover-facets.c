/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-facets.h"

#include <glib/gi18n-lib.h>

#include "app/facet-model.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/compat.h"
#include "ui/common/key-words.h"

#define WIDTH      240
#define MAX_HEIGHT 320

struct _GmDiscoverFacets
{
  GtkWidget parent;
  GmDiscoverQuery *query;
  GmFacetGroup group;
  GmFacetModel *model;
  GtkWidget *box;
  GtkWidget *compatible; /* (nullable) of keys */
};

G_DEFINE_FINAL_TYPE (GmDiscoverFacets, gm_discover_facets, GTK_TYPE_WIDGET)

static guint done_signal;

char *
gm_discover_facets_dup_word (GmFacetGroup group, const char *value)
{
  g_autofree char *key = NULL;

  if (group == GM_FACET_TYPE)
    return g_strdup (gm_asset_words_type (value));
  if (group == GM_FACET_KEY)
    key = gm_key_words_dup (value);
  return key != NULL ? g_strdup_printf ("%s · %s", key, value) : g_strdup (value);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "gm-number");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_row (GmDiscoverFacets *self, GtkListItem *list_item)
{
  GmFacetItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *count = gtk_widget_get_next_sibling (name);
  g_autofree char *word = gm_discover_facets_dup_word (self->group, gm_facet_item_get_value (item));
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;

  g_object_get (item, "count-text", &number, NULL);
  gtk_label_set_label (GTK_LABEL (name), word);
  gtk_label_set_label (GTK_LABEL (count), number);
  gtk_widget_set_opacity (gtk_widget_get_next_sibling (count),
                          gm_facet_item_get_selected (item) ? 1 : 0);
  label = gm_facet_item_get_selected (item) ? g_strdup_printf (_ ("%s, %s, chosen"), word, number)
                                            : g_strdup_printf (_ ("%s, %s"), word, number);
  gm_compat_list_item_set_label (list_item, label);
}

static void
on_activate (GmDiscoverFacets *self, guint position)
{
  g_autoptr (GmFacetItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *value = gm_facet_item_get_value (item);
  gboolean is_chosen = g_strcmp0 (gm_discover_query_get_choice (self->query, self->group), value) ==
                       0;

  g_signal_emit (self, done_signal, 0);
  gm_discover_query_choose (self->query, self->group, is_chosen ? NULL : value);
}

static void
on_compatible_toggled (GmDiscoverFacets *self)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self->query);

  next->compatible = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->compatible));
  gm_discover_query_apply (self->query, next);
}

static void
on_query_changed (GmDiscoverFacets *self)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->compatible),
                               gm_discover_query_get (self->query)->compatible);
}

static void
add_compatible (GmDiscoverFacets *self)
{
  self->compatible = gtk_check_button_new_with_label (_ ("Compatible keys too"));
  gtk_widget_set_tooltip_text (self->compatible,
                               _ ("A fifth up or down, and the relative key: they mix well"));
  gtk_widget_set_margin_start (self->compatible, 6);
  gtk_box_append (GTK_BOX (self->box), self->compatible);
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  on_query_changed (self);
  g_signal_connect_swapped (self->compatible, "toggled", G_CALLBACK (on_compatible_toggled), self);
  g_signal_connect_object (self->query, "changed", G_CALLBACK (on_query_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
add_list (GmDiscoverFacets *self, const char *name)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row), self);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (list, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

static void
map (GtkWidget *widget)
{
  gm_facet_model_set_active (GM_DISCOVER_FACETS (widget)->model, TRUE);
  GTK_WIDGET_CLASS (gm_discover_facets_parent_class)->map (widget);
}

static void
unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gm_discover_facets_parent_class)->unmap (widget);
  gm_facet_model_set_active (GM_DISCOVER_FACETS (widget)->model, FALSE);
}

static void
dispose (GObject *object)
{
  GmDiscoverFacets *self = GM_DISCOVER_FACETS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (gm_discover_facets_parent_class)->dispose (object);
}

static void
gm_discover_facets_class_init (GmDiscoverFacetsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->map = map;
  widget->unmap = unmap;
  done_signal = g_signal_new ("done", GM_TYPE_DISCOVER_FACETS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "facets");
}

static void
gm_discover_facets_init (GmDiscoverFacets *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gm_discover_facets_new (GmDiscoverQuery *query, GmFacetGroup group)
{
  static const char *const names[GM_FACET_N_GROUPS] = {
    [GM_FACET_TYPE] = N_ ("Types"), [GM_FACET_GENRE] = N_ ("Genres"), [GM_FACET_MOOD] = N_ ("Moods"), [GM_FACET_KEY] =
                                                                                        N_ ("Keys"),
                                                                          };
  GmDiscoverFacets *self = g_object_new (GM_TYPE_DISCOVER_FACETS, NULL);

  self->query = g_object_ref (query);
  self->group = group;
  self->model = gm_facet_model_new (gm_discover_query_get_catalog (query), group);
  if (group == GM_FACET_KEY)
    add_compatible (self);
  add_list (self, _ (names[group]));
  return GTK_WIDGET (self);
}
