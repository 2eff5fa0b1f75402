/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-proof.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/buyer/asset-words.h"

struct _GmAssetProof
{
  GtkWidget parent;
  GtkWidget *list;   /* (nullable) */
  GmAssetItem *item; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmAssetProof, gm_asset_proof, GTK_TYPE_WIDGET)

static GtkWidget *
row_new (const char *name, const char *value, gboolean is_short)
{
  g_autofree char *shown = is_short ? gm_asset_words_dup_short (value) : g_strdup (value);
  g_autofree char *tip = g_strdup_printf (_ ("Copy %s"), name);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_tooltip_text (row, value);
  gtk_widget_add_css_class (row, "hash");

  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_tooltip_text (copy, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "app.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "s", value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  return row;
}

static GtkWidget *
expander_new (const GmAsset *asset)
{
  const struct
  {
    const char *name;
    const char *value;
  } hashes[] = { { _ ("Asset ID"), asset->asset_id },
                   { _ ("Manifest hash"), asset->manifest_hash },
                     { _ ("Key envelope hash"), asset->envelope_hash },
                       { _ ("License hash"), asset->license_hash } };
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("Proof"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander),
                                 _ ("What the signed receipt of a sale names"));
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (hashes[i].value != NULL)
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander),
                                row_new (hashes[i].name, hashes[i].value, FALSE));
  return expander;
}

static gboolean
is_same (const GmAsset *a, const GmAsset *b)
{
  return g_strcmp0 (a->seller, b->seller) == 0 && g_strcmp0 (a->asset_id, b->asset_id) == 0 &&
         g_strcmp0 (a->manifest_hash, b->manifest_hash) == 0 &&
         g_strcmp0 (a->envelope_hash, b->envelope_hash) == 0 &&
         g_strcmp0 (a->license_hash, b->license_hash) == 0;
}

/* What is open stays open when nothing of it changed. */
void
gm_asset_proof_set_item (GmAssetProof *self, GmAssetItem *item)
{
  const GmAsset *asset = gm_asset_item_get_asset (item);
  gboolean same = self->item != NULL && is_same (gm_asset_item_get_asset (self->item), asset);

  g_set_object (&self->item, item);
  if (same)
    return;

  g_clear_pointer (&self->list, gtk_widget_unparent);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Seller and proof"), -1);
  if (asset->seller != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (_ ("Seller"), asset->seller, TRUE));
  if (asset->asset_id != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->list), expander_new (asset));
  gtk_widget_set_visible (self->list, asset->seller != NULL || asset->asset_id != NULL);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  GmAssetProof *self = GM_ASSET_PROOF (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (gm_asset_proof_parent_class)->dispose (object);
}

static void
gm_asset_proof_class_init (GmAssetProofClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_asset_proof_init (GmAssetProof *self)
{
}
