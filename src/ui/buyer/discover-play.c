/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-play.h"

#include <glib/gi18n-lib.h>

struct _GmDiscoverPlay
{
  GtkWidget parent;
  GtkWidget *button;
  GmAssetItem *item; /* (nullable) */
  gulong handler;
  gboolean playing; /* as shown */
};

G_DEFINE_FINAL_TYPE (GmDiscoverPlay, gm_discover_play, GTK_TYPE_WIDGET)

static void
show_playing (GmDiscoverPlay *self, gboolean playing)
{
  const char *name = playing ? _ ("Pause preview") : _ ("Play preview");

  self->playing = playing;
  gtk_button_set_icon_name (GTK_BUTTON (self->button), playing ? "media-playback-pause-symbolic"
                                                               : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  if (playing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "playing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "playing");
}

static void
on_playing_changed (GmDiscoverPlay *self)
{
  gboolean playing = FALSE;

  if (self->item != NULL)
    g_object_get (self->item, "playing", &playing, NULL);
  if (playing != self->playing)
    show_playing (self, playing);
}

void
gm_discover_play_set_item (GmDiscoverPlay *self, GmAssetItem *item)
{
  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  self->handler = g_signal_connect_swapped (item, "notify::playing",
                                            G_CALLBACK (on_playing_changed), self);
  gtk_widget_set_sensitive (self->button, gm_asset_item_get_asset (item)->preview != NULL);
  on_playing_changed (self);
}

static void
on_clicked (GmDiscoverPlay *self)
{
  const GmAsset *asset = self->item != NULL ? gm_asset_item_get_asset (self->item) : NULL;

  if (asset != NULL && asset->id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.preview", "s", asset->id);
}

static void
dispose (GObject *object)
{
  GmDiscoverPlay *self = GM_DISCOVER_PLAY (object);

  gm_discover_play_set_item (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_discover_play_parent_class)->dispose (object);
}

static void
gm_discover_play_class_init (GmDiscoverPlayClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget, "playmark");
}

static void
gm_discover_play_init (GmDiscoverPlay *self)
{
  self->button = gtk_button_new ();
  gtk_widget_set_focusable (self->button, FALSE);
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  show_playing (self, FALSE);
}

GtkWidget *
gm_discover_play_new (void)
{
  return g_object_new (GM_TYPE_DISCOVER_PLAY, NULL);
}
