/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-tempo.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ui/common/any-spin.h"

struct _GmDiscoverTempo
{
  GtkWidget parent;
  GmDiscoverQuery *query;
  GtkWidget *box;
  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkCheckButton *folded;
  gboolean showing; /* what the query says, not what a person does */
};

G_DEFINE_FINAL_TYPE (GmDiscoverTempo, gm_discover_tempo, GTK_TYPE_WIDGET)

char *
gm_discover_tempo_dup_word (const GmSearch *search)
{
  const char *folded = search->bpm_folded ? " ×½ ×2" : "";

  if (search->bpm_min <= 0 && search->bpm_max <= 0)
    return NULL;
  if (search->bpm_max <= 0)
    return g_strdup_printf (_ ("from %" PRIi64 " BPM%s"), search->bpm_min, folded);
  if (search->bpm_min <= 0)
    return g_strdup_printf (_ ("up to %" PRIi64 " BPM%s"), search->bpm_max, folded);
  return g_strdup_printf (_ ("%" PRIi64 "–%" PRIi64 " BPM%s"), search->bpm_min, search->bpm_max,
                             folded);
}

static void
apply (GmDiscoverTempo *self, gint64 from, gint64 to, gboolean folded)
{
  g_autoptr (GmSearch) next = gm_discover_query_dup (self->query);

  next->bpm_min = from;
  next->bpm_max = to;
  next->bpm_folded = folded;
  gm_discover_query_apply (self->query, next);
}

/* A range that is upside down while it is typed finds nothing: it waits for its other end. */
static void
on_edited (GmDiscoverTempo *self)
{
  int from = gtk_spin_button_get_value_as_int (self->from);
  int to = gtk_spin_button_get_value_as_int (self->to);

  if (!self->showing && (to == 0 || from <= to))
    apply (self, from, to, gtk_check_button_get_active (self->folded));
}

static void
on_preset (GtkButton *button, GmDiscoverTempo *self)
{
  const gint64 *range = g_object_get_data (G_OBJECT (button), "range");

  apply (self, range[0], range[1], gtk_check_button_get_active (self->folded));
}

static void
show_query (GmDiscoverTempo *self)
{
  const GmSearch *search = gm_discover_query_get (self->query);

  self->showing = TRUE;
  gtk_spin_button_set_value (self->from, (double) search->bpm_min);
  gtk_spin_button_set_value (self->to, (double) search->bpm_max);
  gtk_check_button_set_active (self->folded, search->bpm_folded);
  self->showing = FALSE;
}

static GtkWidget *
presets_new (GmDiscoverTempo *self)
{
  static const gint64 ranges[][2] = { { 60, 90 }, { 90, 110 }, { 110, 130 }, { 130, 160 } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *label = g_strdup_printf ("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT,
                                                ranges[i][0], ranges[i][1]);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (button, "gm-chip");
      gtk_widget_set_hexpand (button, TRUE);
      g_object_set_data (G_OBJECT (button), "range", (gpointer) ranges[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (on_preset), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
range_new (GmDiscoverTempo *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *from = gtk_label_new_with_mnemonic (_ ("_From"));
  GtkWidget *to = gtk_label_new_with_mnemonic (_ ("_To"));

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->from = GTK_SPIN_BUTTON (gm_any_spin_new (300, 1, _ ("From this tempo")));
  self->to = GTK_SPIN_BUTTON (gm_any_spin_new (300, 1, _ ("Up to this tempo")));
  gtk_label_set_mnemonic_widget (GTK_LABEL (from), GTK_WIDGET (self->from));
  gtk_label_set_mnemonic_widget (GTK_LABEL (to), GTK_WIDGET (self->to));
  gtk_label_set_xalign (GTK_LABEL (from), 0);
  gtk_label_set_xalign (GTK_LABEL (to), 0);
  gtk_grid_attach (GTK_GRID (grid), from, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->from), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), to, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->to), 1, 1, 1, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->from), TRUE);
  return grid;
}

static void
dispose (GObject *object)
{
  GmDiscoverTempo *self = GM_DISCOVER_TEMPO (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (gm_discover_tempo_parent_class)->dispose (object);
}

static void
gm_discover_tempo_class_init (GmDiscoverTempoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_discover_tempo_init (GmDiscoverTempo *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "filterform");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), range_new (self));
  gtk_box_append (GTK_BOX (self->box), presets_new (self));
  self->folded = GTK_CHECK_BUTTON (
      gtk_check_button_new_with_label (_ ("Half and double tempo too")));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->folded));
}

GtkWidget *
gm_discover_tempo_new (GmDiscoverQuery *query)
{
  GmDiscoverTempo *self = g_object_new (GM_TYPE_DISCOVER_TEMPO, NULL);

  self->query = g_object_ref (query);
  show_query (self);
  g_signal_connect_swapped (self->from, "value-changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->to, "value-changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->folded, "toggled", G_CALLBACK (on_edited), self);
  g_signal_connect_object (query, "changed", G_CALLBACK (show_query), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
