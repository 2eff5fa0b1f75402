/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-tile.h"

#include "ui/buyer/asset-words.h"
#include "ui/buyer/discover-play.h"
#include "ui/common/cover.h"

struct _GmDiscoverTile
{
  GtkWidget parent;
  GtkWidget *picture; /* cover and what lies on it */
  GmCover *cover;
  GmDiscoverPlay *play;
  GtkLabel *price;
  GtkLabel *title;
  GtkLabel *artist;
  GtkLabel *facts;
  GmAssetItem *item; /* (nullable) */
  gulong handler;
};

G_DEFINE_FINAL_TYPE (GmDiscoverTile, gm_discover_tile, GTK_TYPE_WIDGET)

static void
show_price (GmDiscoverTile *self)
{
  g_autofree char *price = gm_asset_words_dup_price (self->item);

  gtk_label_set_label (self->price, price);
  gtk_widget_set_visible (GTK_WIDGET (self->price), price != NULL);
}

void
gm_discover_tile_set_item (GmDiscoverTile *self, GmAssetItem *item)
{
  const GmAsset *asset = item != NULL ? gm_asset_item_get_asset (item) : NULL;
  g_autofree char *facts = NULL;

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  gm_discover_play_set_item (self->play, item);
  if (item == NULL) /* what is shown stays until the next one: it may be the same again */
    return;

  self->handler = g_signal_connect_swapped (item, "notify::owned", G_CALLBACK (show_price), self);
  facts = gm_asset_words_dup_facts (asset);
  gtk_label_set_label (self->title, asset->title);
  gtk_label_set_label (self->artist, asset->artist);
  gtk_label_set_label (self->facts, facts);
  gm_cover_show (self->cover, asset->artwork, asset->id);
  show_price (self);
}

static GtkLabel *
add_label (GmDiscoverTile *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1); /* as wide as the cover, not as its text */
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
add_picture (GmDiscoverTile *self)
{
  self->picture = gtk_overlay_new ();
  self->cover = GM_COVER (gm_cover_new (NULL, GM_DISCOVER_TILE_WIDTH));
  gtk_widget_add_css_class (GTK_WIDGET (self->cover), "gm-cover");
  gtk_overlay_set_child (GTK_OVERLAY (self->picture), GTK_WIDGET (self->cover));

  self->price = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->price), "pricemark");
  gtk_widget_set_halign (GTK_WIDGET (self->price), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->price), GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->picture), GTK_WIDGET (self->price));

  self->play = GM_DISCOVER_PLAY (gm_discover_play_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->play), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->play), GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->picture), GTK_WIDGET (self->play));
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  GmDiscoverTile *self = GM_DISCOVER_TILE (object);
  GtkWidget *child;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gm_discover_tile_parent_class)->dispose (object);
}

static void
gm_discover_tile_class_init (GmDiscoverTileClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget, "tile");
}

static void
gm_discover_tile_init (GmDiscoverTile *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  add_picture (self);
  self->title = add_label (self, "tiletitle");
  self->artist = add_label (self, "dim-label");
  self->facts = add_label (self, "tilefacts");
}

GtkWidget *
gm_discover_tile_new (GmSession *session)
{
  GmDiscoverTile *self = g_object_new (GM_TYPE_DISCOVER_TILE, NULL);

  g_object_set (self->cover, "session", session, NULL);
  return GTK_WIDGET (self);
}
