/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-filters.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/discover-facets.h"
#include "ui/buyer/discover-pill.h"
#include "ui/buyer/discover-price.h"
#include "ui/buyer/discover-tempo.h"

struct _GmDiscoverFilters
{
  GtkWidget parent;
  GmDiscoverQuery *query;
  GtkWidget *scroller;
  GtkBox *box;
  GtkWidget *clear;
  GmDiscoverPill *facets[GM_FACET_N_GROUPS];
  GmDiscoverPill *tempo;
  GmDiscoverPill *price;
  GtkToggleButton *exclusive;
};

G_DEFINE_FINAL_TYPE (GmDiscoverFilters, gm_discover_filters, GTK_TYPE_WIDGET)

static void
show_facet (GmDiscoverFilters *self, GmFacetGroup group)
{
  const char *value = gm_discover_query_get_choice (self->query, group);
  g_autofree char *word = value != NULL ? gm_discover_facets_dup_word (group, value) : NULL;
  g_autofree char *wide = NULL;

  if (word != NULL && group == GM_FACET_KEY && gm_discover_query_get (self->query)->compatible)
    /* Translators: a key, and the ones that go well with it */
    wide = g_strdup_printf (_ ("%s and compatible"), word);
  gm_discover_pill_set_value (self->facets[group], wide != NULL ? wide : word);
}

static void
show_query (GmDiscoverFilters *self)
{
  const GmSearch *search = gm_discover_query_get (self->query);
  g_autofree char *tempo = gm_discover_tempo_dup_word (search);
  g_autofree char *price = gm_discover_price_dup_word (search);

  for (guint group = 0; group < GM_FACET_N_GROUPS; group++)
    show_facet (self, (GmFacetGroup) group);
  gm_discover_pill_set_value (self->tempo, tempo);
  gm_discover_pill_set_value (self->price, price);
  gtk_toggle_button_set_active (self->exclusive, search->exclusive);
  gtk_widget_set_visible (self->clear, gm_discover_query_is_filtered (self->query));
}

static void
on_clear_all (GmDiscoverFilters *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->facets[0]), GTK_DIR_TAB_FORWARD); /* it goes away */
  gm_discover_query_clear (self->query, FALSE);
}

static void
on_facet_cleared (GmDiscoverPill *pill, GmDiscoverFilters *self)
{
  for (guint group = 0; group < GM_FACET_N_GROUPS; group++)
    if (self->facets[group] == pill)
      gm_discover_query_choose (self->query, (GmFacetGroup) group, NULL);
}

static void
on_tempo_cleared (GmDiscoverFilters *self)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self->query);

  next->bpm_min = 0;
  next->bpm_max = 0;
  gm_discover_query_apply (self->query, next);
}

static void
on_price_cleared (GmDiscoverFilters *self)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self->query);

  next->price_max = GM_SEARCH_ANY_PRICE;
  gm_discover_query_apply (self->query, next);
}

static void
on_exclusive_toggled (GmDiscoverFilters *self)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self->query);

  next->exclusive = gtk_toggle_button_get_active (self->exclusive);
  gm_discover_query_apply (self->query, next);
}

static void
add_facets (GmDiscoverFilters *self)
{
  static const char *const labels[GM_FACET_N_GROUPS] = {
    [GM_FACET_TYPE] = N_ ("Type"), [GM_FACET_GENRE] = N_ ("Genre"), [GM_FACET_MOOD] = N_ ("Mood"), [GM_FACET_KEY] =
                                                                                     N_ ("Key"),
                                                                        };

  for (guint group = 0; group < GM_FACET_N_GROUPS; group++)
    {
      GtkWidget *choices = gm_discover_facets_new (self->query, (GmFacetGroup) group);
      GtkWidget *pill = gm_discover_pill_new (_ (labels[group]), choices);

      self->facets[group] = GM_DISCOVER_PILL (pill);
      g_signal_connect_swapped (choices, "done", G_CALLBACK (gm_discover_pill_popdown), pill);
      g_signal_connect (pill, "cleared", G_CALLBACK (on_facet_cleared), self);
      gtk_box_append (self->box, pill);
    }
}

static void
add_ranges (GmDiscoverFilters *self)
{
  self->tempo = GM_DISCOVER_PILL (
      gm_discover_pill_new (_ ("BPM"), gm_discover_tempo_new (self->query)));
  self->price = GM_DISCOVER_PILL (
      gm_discover_pill_new (_ ("Price"), gm_discover_price_new (self->query)));
  gtk_box_append (self->box, GTK_WIDGET (self->tempo));
  gtk_box_append (self->box, GTK_WIDGET (self->price));
  g_signal_connect_swapped (self->tempo, "cleared", G_CALLBACK (on_tempo_cleared), self);
  g_signal_connect_swapped (self->price, "cleared", G_CALLBACK (on_price_cleared), self);
}

static void
add_exclusive (GmDiscoverFilters *self)
{
  self->exclusive = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Exclusive")));
  gtk_widget_add_css_class (GTK_WIDGET (self->exclusive), "filtertoggle");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->exclusive),
                               _ ("Only what is not licensed to anybody after you"));
  g_signal_connect_swapped (self->exclusive, "toggled", G_CALLBACK (on_exclusive_toggled), self);
  gtk_box_append (self->box, GTK_WIDGET (self->exclusive));
}

void
gm_discover_filters_set_query (GmDiscoverFilters *self, GmDiscoverQuery *query)
{
  g_return_if_fail (self->query == NULL);

  self->query = g_object_ref (query);
  add_facets (self);
  add_ranges (self);
  add_exclusive (self);
  show_query (self);
  g_signal_connect_object (query, "changed", G_CALLBACK (show_query), self, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
  GmDiscoverFilters *self = GM_DISCOVER_FILTERS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (gm_discover_filters_parent_class)->dispose (object);
}

static void
gm_discover_filters_class_init (GmDiscoverFiltersClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "filterrow");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

/* The way back stands first: it is seen however far the row goes. */
static void
gm_discover_filters_init (GmDiscoverFilters *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->clear = gtk_button_new_with_label (_ ("Clear all"));
  gtk_widget_add_css_class (self->clear, "filterclear");
  gtk_widget_set_tooltip_text (self->clear, _ ("Remove all filters"));
  gtk_widget_set_visible (self->clear, FALSE);
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (on_clear_all), self);
  gtk_box_append (self->box, self->clear);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);
}
