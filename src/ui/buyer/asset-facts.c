/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-facts.h"

#include <glib/gi18n-lib.h>

#include "base/duration.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/key-words.h"

#define LINE_CHARS 15 /* of a value, before it wraps */

struct _GmAssetFacts
{
  GtkWidget parent;
  GtkFlowBox *box;
};

G_DEFINE_FINAL_TYPE (GmAssetFacts, gm_asset_facts, GTK_TYPE_WIDGET)

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Takes @value; what is not known is not said. */
static void
add (GmAssetFacts *self, const char *name, char *value)
{
  g_autofree char *owned = value;
  g_autofree char *words = NULL;
  GtkWidget *fact;
  GtkWidget *child;

  if (value == NULL)
    return;
  fact = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  child = gtk_flow_box_child_new ();
  gtk_box_append (GTK_BOX (fact), label_new (value, "factvalue"));
  gtk_box_append (GTK_BOX (fact), label_new (name, "factname"));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), fact);
  gtk_widget_set_focusable (child, FALSE);
  /* Translators: a name and its value, "Tempo: 120 BPM" */
  words = g_strdup_printf (_ ("%s: %s"), name, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_flow_box_insert (self->box, child, -1);
}

static char *
key_of (const GmAsset *asset)
{
  g_autofree char *key = gm_key_words_dup (asset->key_sig);
  const char *camelot = gm_asset_key_camelot (asset->key_sig);

  if (key == NULL || camelot == NULL)
    return g_steal_pointer (&key);
  return g_strdup_printf ("%s · %s", key, camelot);
}

void
gm_asset_facts_set_item (GmAssetFacts *self, GmAssetItem *item)
{
  const GmAsset *asset = gm_asset_item_get_asset (item);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
  add (self, _ ("Tempo"), gm_asset_words_dup_tempo (asset->bpm));
  add (self, _ ("Key"), key_of (asset));
  add (self, _ ("Length"), gm_duration_format (asset->duration_ms));
  add (self, _ ("Loudness"), gm_asset_words_dup_loudness (asset->loudness_clufs));
  add (self, _ ("Genre"), g_strdup (asset->genre));
  add (self, _ ("Mood"), g_strdup (asset->mood));
  add (self, _ ("Format"), g_strdup (asset->format));
}

static void
dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &GM_ASSET_FACTS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_asset_facts_parent_class)->dispose (object);
}

static void
gm_asset_facts_class_init (GmAssetFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "facts");
}

static void
gm_asset_facts_init (GmAssetFacts *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (self->box, 18);
  gtk_flow_box_set_row_spacing (self->box, 12);
  gtk_flow_box_set_min_children_per_line (self->box, 2);
  gtk_flow_box_set_max_children_per_line (self->box, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Facts"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}
