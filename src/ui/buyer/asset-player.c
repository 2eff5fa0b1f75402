/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-player.h"

#include <glib/gi18n-lib.h>

#include "app/session-media.h"
#include "base/duration.h"
#include "ui/common/waveform-slider.h"

#define PREVIEW_MS 30000

struct _GmAssetPlayer
{
  GtkWidget parent;
  GmSession *session;
  GmPlayerState *state;
  GmAssetItem *item;
  gulong owned_handler;
  char *waveform_name; /* (nullable) of the bins that are shown or asked for */
  GObject *asking;     /* (nullable) owner of asking for them */
  gboolean owned;
  GtkBox *line;
  GtkButton *button;
  GmWaveformSlider *waveform;
  GtkBox *words;
  GtkLabel *what;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (GmAssetPlayer, gm_asset_player, GTK_TYPE_WIDGET)

static const GmAsset *
get_asset (GmAssetPlayer *self)
{
  return gm_asset_item_get_asset (self->item);
}

/* Of the preview within the whole, in ms. */
static gint64
preview_length (const GmAsset *asset)
{
  return asset->duration_ms > 0 ? MIN (PREVIEW_MS, asset->duration_ms) : PREVIEW_MS;
}

static gint64
preview_start (const GmAsset *asset)
{
  return CLAMP (asset->preview_start_ms, 0, MAX (0, asset->duration_ms - preview_length (asset)));
}

static GmPlayerMode
get_mode (GmAssetPlayer *self)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  const GmAsset *asset = get_asset (self);
  const GmTrackInfo *track = facts->track != NULL ? gm_track_get_info (facts->track) : NULL;

  if (facts->mode == GM_PLAYER_PREVIEW && g_strcmp0 (track->asset, asset->id) == 0)
    return GM_PLAYER_PREVIEW;
  if (facts->mode == GM_PLAYER_MASTER && asset->asset_id != NULL &&
      g_strcmp0 (track->asset_id, asset->asset_id) == 0)
    return GM_PLAYER_MASTER;
  return GM_PLAYER_IDLE;
}

/* What the button would play, or does. */
static gboolean
is_whole (GmAssetPlayer *self, GmPlayerMode mode)
{
  return mode == GM_PLAYER_MASTER || (mode == GM_PLAYER_IDLE && self->owned);
}

static void
show_slider (GmAssetPlayer *self, GmPlayerMode mode)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  const GmAsset *asset = get_asset (self);
  gboolean whole = is_whole (self, mode);
  gint64 all = asset->duration_ms > 0 ? asset->duration_ms : PREVIEW_MS;
  gint64 start = whole ? 0 : preview_start (asset);
  gint64 end = whole ? all : start + preview_length (asset);
  gint64 at = mode == GM_PLAYER_IDLE ? start : start + facts->position_ms;

  g_object_set (self->waveform, "duration-ms", all, "start-fraction", (double) start / all,
                "limit-fraction", (double) end / all, NULL);
  gm_waveform_slider_set_fraction (self->waveform, CLAMP ((double) at / all, 0, 1));
}

static void
show_time (GmAssetPlayer *self, GmPlayerMode mode)
{
  const GmAsset *asset = get_asset (self);
  gint64 ms = is_whole (self, mode) ? asset->duration_ms : preview_length (asset);
  g_autofree char *length = gm_duration_format (ms);
  g_autofree char *position = NULL;
  g_autofree char *both = NULL;

  if (mode != GM_PLAYER_IDLE)
    g_object_get (self->state, "position-text", &position, NULL);
  if (position != NULL && length != NULL)
    both = g_strdup_printf ("%s / %s", position, length);
  gtk_label_set_label (self->time, both != NULL ? both : length != NULL ? length : "");
}

static void
show_button (GmAssetPlayer *self, GmPlayerMode mode)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  gboolean plays = mode != GM_PLAYER_IDLE && facts->playing;
  gboolean whole = is_whole (self, mode);
  const char *name = plays ? _ ("Pause") : whole ? _ ("Play") : _ ("Play Preview");

  gtk_button_set_icon_name (self->button, plays ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_label_set_label (self->what,
                       whole ? _ ("Yours: the whole recording") : _ ("30-second preview"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), whole || get_asset (self)->preview != NULL);
}

static void
show_state (GmAssetPlayer *self)
{
  GmPlayerMode mode;

  if (self->item == NULL || self->state == NULL)
    return;
  mode = get_mode (self);
  show_slider (self, mode);
  show_time (self, mode);
  show_button (self, mode);
}

static void
on_owned_changed (GmAssetPlayer *self)
{
  g_object_get (self->item, "owned", &self->owned, NULL);
  show_state (self);
}

void
gm_asset_player_toggle (GmAssetPlayer *self)
{
  GmPlayerMode mode = get_mode (self);
  const GmAsset *asset = get_asset (self);

  if (mode != GM_PLAYER_IDLE)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.toggle", NULL);
  else if (self->owned)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.play", "s", asset->asset_id);
  else if (asset->preview != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.preview", "s", asset->id);
}

/* Moving what does not play yet starts it. */
static void
on_seek (GmAssetPlayer *self, double fraction)
{
  GmPlayerMode mode = get_mode (self);
  gint64 to_ms = (gint64) (fraction * (double) get_asset (self)->duration_ms);

  if (mode == GM_PLAYER_IDLE)
    gm_asset_player_toggle (self);
  else if (mode == GM_PLAYER_MASTER)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.seek", "x", to_ms);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.seek", "x",
                                MAX (0, to_ms - preview_start (get_asset (self))));
}

static void
bins_ready (gpointer owner, gpointer result, const GError *error)
{
  GmAssetPlayer *self = g_object_get_data (owner, "player");

  if (result != NULL) /* else the few peaks stay */
    gm_waveform_slider_set_peaks (self->waveform, result);
}

/* The asker is a token: another item drops it, and the older answer never comes. */
static void
fetch_bins (GmAssetPlayer *self)
{
  const char *name = get_asset (self)->waveform;

  if (g_strcmp0 (name, self->waveform_name) == 0 && name != NULL)
    return;

  g_clear_object (&self->asking);
  g_free (self->waveform_name);
  self->waveform_name = g_strdup (name);
  gm_waveform_slider_set_peaks (self->waveform, get_asset (self)->peaks);
  if (name == NULL)
    return;
  self->asking = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->asking, "player", self);
  gm_session_fetch_media (self->session, name, self->asking, bins_ready);
}

void
gm_asset_player_set_item (GmAssetPlayer *self, GmAssetItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->owned_handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  self->owned_handler = g_signal_connect_swapped (item, "notify::owned",
                                                  G_CALLBACK (on_owned_changed), self);
  fetch_bins (self);
  on_owned_changed (self);
}

void
gm_asset_player_set_up (GmAssetPlayer *self, GmSession *session, GmPlayerState *state)
{
  g_return_if_fail (self->state == NULL);

  self->session = g_object_ref (session);
  self->state = g_object_ref (state);
  g_signal_connect_object (state, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
  GmAssetPlayer *self = GM_ASSET_PLAYER (object);

  gm_asset_player_set_item (self, NULL);
  g_clear_object (&self->asking);
  g_clear_pointer ((GtkWidget **) &self->line, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->words, gtk_widget_unparent);
  g_clear_pointer (&self->waveform_name, g_free);
  g_clear_object (&self->state);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_asset_player_parent_class)->dispose (object);
}

static void
gm_asset_player_class_init (GmAssetPlayerClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_WAVEFORM_SLIDER);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/asset-player.ui");
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, line);
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, button);
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, waveform);
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, words);
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, what);
  gtk_widget_class_bind_template_child (widget, GmAssetPlayer, time);
  gtk_widget_class_bind_template_callback (widget, gm_asset_player_toggle);
  gtk_widget_class_bind_template_callback (widget, on_seek);
}

static void
gm_asset_player_init (GmAssetPlayer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->time), GTK_TEXT_DIR_LTR); /* as the waveform */
}
