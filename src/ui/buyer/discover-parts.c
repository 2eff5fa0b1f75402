/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-parts.h"

#include "ui/buyer/discover-play.h"

#define LARGE_PX 44
#define SMALL_PX 36

static gboolean
needs_play (GmDiscoverParts *self)
{
  gboolean playing = FALSE;

  if (self->item != NULL)
    g_object_get (self->item, "playing", &playing, NULL);
  return self->item != NULL && (playing || self->hot);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GmDiscoverParts *self = data;

  self->tick = 0;
  if (!needs_play (self))
    {
      g_clear_pointer (&self->play, gtk_widget_unparent);
      return G_SOURCE_REMOVE;
    }
  if (self->play == NULL)
    {
      self->play = gm_discover_play_new ();
      if (self->small)
        gtk_widget_add_css_class (self->play, "small");
      gtk_widget_set_parent (self->play, self->widget);
    }
  gm_discover_play_set_item (GM_DISCOVER_PLAY (self->play), self->item);
  return G_SOURCE_REMOVE;
}

/* Before the next layout: rows are bound in the middle of one, when no child may come or go. */
static void
update_play (GmDiscoverParts *self)
{
  if (self->tick == 0 && (self->play != NULL || needs_play (self)))
    self->tick = gtk_widget_add_tick_callback (self->widget, on_frame, self, NULL);
}

static void
on_marks_changed (GmDiscoverParts *self)
{
  update_play (self);
  gtk_widget_queue_draw (self->widget);
}

void
gm_discover_parts_init (GmDiscoverParts *self, GtkWidget *widget, int cover_px, gboolean small)
{
  self->widget = widget;
  self->small = small;
  self->cover = GM_COVER (gm_cover_new (NULL, cover_px));
  gtk_widget_add_css_class (GTK_WIDGET (self->cover), small ? "rowcover" : "gm-cover");
  gtk_widget_set_parent (GTK_WIDGET (self->cover), widget);
}

void
gm_discover_parts_clear (GmDiscoverParts *self)
{
  gm_discover_parts_set_item (self, NULL);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);
  self->tick = 0;
  g_clear_pointer (&self->play, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->cover, gtk_widget_unparent);
}

/* What is shown stays until the next one: it may be the same again. */
void
gm_discover_parts_set_item (GmDiscoverParts *self, GmAssetItem *item)
{
  const GmAsset *asset;

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  update_play (self);
  if (item == NULL)
    return;

  self->handler = g_signal_connect_swapped (item, "notify", G_CALLBACK (on_marks_changed), self);
  asset = gm_asset_item_get_asset (item);
  gm_cover_show (self->cover, asset->artwork, asset->id);
  gtk_widget_queue_draw (self->widget);
}

void
gm_discover_parts_set_hot (GmDiscoverParts *self, gboolean hot)
{
  if (self->hot == hot)
    return;

  self->hot = hot;
  update_play (self);
}

void
gm_discover_parts_allocate (GmDiscoverParts *self, const GtkAllocation *cover)
{
  int side = self->small ? SMALL_PX : LARGE_PX;

  gtk_widget_size_allocate (GTK_WIDGET (self->cover), cover, -1);
  if (self->play != NULL)
    gtk_widget_size_allocate (self->play,
                              &(GtkAllocation){ cover->x + (cover->width - side) / 2,
                                                cover->y + (cover->height - side) / 2, side, side },
                              -1);
}

const GmAsset *
gm_discover_parts_asset (GmDiscoverParts *self)
{
  const GmAsset *asset = self->item != NULL ? gm_asset_item_get_asset (self->item) : NULL;

  return asset != NULL && asset->id != NULL ? asset : NULL;
}
