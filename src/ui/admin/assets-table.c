/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/assets-table.h"

#include <glib/gi18n-lib.h>

#include "app/price.h"
#include "app/when.h"
#include "ui/admin/status-words.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/compat.h"

typedef char *(*DupText) (const GmAsset *asset);

static char *
dup_title (const GmAsset *asset)
{
  return g_strdup (asset->title);
}

static char *
dup_artist (const GmAsset *asset)
{
  return g_strdup (asset->artist);
}

static char *
dup_kind (const GmAsset *asset)
{
  return g_strdup (gm_asset_words_type (asset->type));
}

static char *
dup_tempo (const GmAsset *asset)
{
  return asset->bpm > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, asset->bpm) : NULL;
}

static char *
dup_key (const GmAsset *asset)
{
  return g_strdup (asset->key_sig);
}

static char *
dup_price (const GmAsset *asset)
{
  return gm_price_format (asset->price_units, asset->price_currency);
}

static char *
dup_changed (const GmAsset *asset)
{
  return gm_when_format (asset->updated_at);
}

static const struct
{
  const char *title;
  DupText dup; /* NULL: the status pill */
  gboolean narrow;
  gboolean grows;
  gboolean number;
} columns[] = {
  { N_ ("Title"), dup_title, TRUE, TRUE, FALSE },
    { N_ ("Artist"), dup_artist, FALSE, TRUE, FALSE },
      { N_ ("Kind"), dup_kind, FALSE, FALSE, FALSE },
        { N_ ("Status"), NULL, TRUE, FALSE, FALSE },
          { N_ ("BPM"), dup_tempo, FALSE, FALSE, TRUE },
            { N_ ("Key"), dup_key, FALSE, FALSE, FALSE },
              { N_ ("Price"), dup_price, FALSE, FALSE, TRUE },
                { N_ ("Changed"), dup_changed, FALSE, FALSE, FALSE },
              };

static void
set_up (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  const guint at = GPOINTER_TO_UINT (column);
  GtkWidget *label;

  if (columns[at].dup == NULL)
    {
      gtk_list_item_set_child (cell, gm_status_badge_new ());
      return;
    }
  label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), columns[at].number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           columns[at].grows ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (columns[at].grows)
    gtk_label_set_width_chars (GTK_LABEL (label), 12);
  if (columns[at].number)
    gtk_widget_add_css_class (label, "gm-number");
  gtk_list_item_set_child (cell, label);
}

/* Once a row: with its first cell. */
static void
name_row (GtkListItem *cell, const GmAsset *asset)
{
  g_autofree char *price = dup_price (asset);
  g_autofree char *name = g_strdup_printf (_ ("%s by %s, %s, %s"), asset->title, asset->artist,
                                              price, gm_status_words (asset->status));

  gm_compat_cell_name_row (cell, name);
}

static void
bind (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  const guint at = GPOINTER_TO_UINT (column);
  const GmAsset *asset = gm_asset_item_get_asset (gtk_list_item_get_item (cell));
  GtkWidget *child = gtk_list_item_get_child (cell);
  g_autofree char *text = NULL;

  if (columns[at].dup == NULL)
    {
      gm_status_badge_set (child, asset->status);
      gtk_widget_set_tooltip_text (child, asset->error);
      return;
    }
  text = columns[at].dup (asset);
  gtk_label_set_label (GTK_LABEL (child), text != NULL ? text : "–");
  gtk_widget_set_tooltip_text (child, columns[at].grows ? text : NULL);
  if (at == 0)
    name_row (cell, asset);
}

GtkWidget *
gm_assets_table_new (GmAssetTableModel *model)
{
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (model)));
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (selection));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (columns[i].title),
                                                                              factory);

      g_signal_connect (factory, "setup", G_CALLBACK (set_up), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_expand (column, columns[i].grows);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  gtk_widget_add_css_class (view, "gm-assets");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Assets of the store"), -1);
  return view;
}

void
gm_assets_table_set_narrow (GtkWidget *table, gboolean narrow)
{
  GListModel *list = gtk_column_view_get_columns (GTK_COLUMN_VIEW (table));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);

      gtk_column_view_column_set_visible (column, !narrow || columns[i].narrow);
    }
}
