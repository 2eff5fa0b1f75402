/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/player-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/common/cover.h"

enum
{
  PROP_STATE = 1,
  PROP_NARROW,
  N_PROPS,
};

struct _GmPlayerBar
{
  GtkWidget parent;
  GmPlayerState *state;
  gboolean narrow;
  GtkAdjustment *volume;
  GtkScale *scale;
  GtkScale *narrow_scale;
  GtkWidget *toggle;
  GtkWidget *narrow_toggle;
  GtkWidget *volume_button;
  GmCover *cover;
  GtkSizeGroup *sides; /* the middle is in the middle */
};

G_DEFINE_FINAL_TYPE (GmPlayerBar, gm_player_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* What the template formats */

static char *
title_or_nothing (gpointer self, const char *title)
{
  return g_strdup (title != NULL ? title : _ ("Nothing Is Playing"));
}

static char *
time_or_dashes (gpointer self, const char *text)
{
  return g_strdup (text != NULL ? text : "–:––");
}

static char *
toggle_icon (gpointer self, gboolean playing)
{
  return g_strdup (playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

static char *
toggle_name (gpointer self, gboolean playing)
{
  return g_strdup (playing ? _ ("Pause") : _ ("Play"));
}

static gboolean
is_preview (gpointer self, GmPlayerMode mode)
{
  return mode == GM_PLAYER_PREVIEW;
}

static gboolean
is_loaded (gpointer self, GmPlayerMode mode)
{
  return mode != GM_PLAYER_IDLE;
}

static gboolean
can_seek (gpointer self, gint64 duration_ms)
{
  return duration_ms > 0;
}

/* The slider shows where the player is; whoever moves it, also a screen reader, asks the player to
 * go there. */
static void
on_position_changed (GmPlayerBar *self, GtkAdjustment *position)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  const double to = gtk_adjustment_get_value (position);
  double fraction;

  g_object_get (self->state, "fraction", &fraction, NULL);
  if (to != fraction)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.seek", "x",
                                (gint64) (to * (double) facts->duration_ms));
}

/* "0:12 of 0:30" is what a screen reader says of both sliders. */
static void
on_time_changed (GmPlayerBar *self)
{
  g_autofree char *position = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->state, "position-text", &position, "duration-text", &duration, NULL);
  text = position != NULL && duration != NULL ? g_strdup_printf (_ ("%s of %s"), position, duration)
                                              : g_strdup (_ ("Nothing Is Playing"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->narrow_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
on_playing_changed (GmPlayerBar *self)
{
  const char *name = gm_player_state_get_facts (self->state)->playing ? _ ("Pause") : _ ("Play");

  gm_compat_button_set_label (self->toggle, name);
  gm_compat_button_set_label (self->narrow_toggle, name);
}

static void
set_state (GmPlayerBar *self, GmPlayerState *state)
{
  self->state = g_object_ref (state);
  g_signal_connect_object (state, "notify::position-text", G_CALLBACK (on_time_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "notify::duration-text", G_CALLBACK (on_time_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "notify::playing", G_CALLBACK (on_playing_changed), self,
                           G_CONNECT_SWAPPED);
  on_time_changed (self);
  on_playing_changed (self);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmPlayerBar *self = GM_PLAYER_BAR (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_object (value, self->state); break;
    case PROP_NARROW: g_value_set_boolean (value, self->narrow); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmPlayerBar *self = GM_PLAYER_BAR (object);

  switch (id)
    {
    case PROP_STATE: set_state (self, g_value_get_object (value)); break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      gtk_size_group_set_mode (self->sides,
                               self->narrow ? GTK_SIZE_GROUP_NONE : GTK_SIZE_GROUP_HORIZONTAL);
      g_object_notify_by_pspec (object, pspec);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&GM_PLAYER_BAR (object)->state);
  G_OBJECT_CLASS (gm_player_bar_parent_class)->dispose (object);
}

static void
gm_player_bar_class_init (GmPlayerBarClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  properties[PROP_STATE] = g_param_spec_object ("state", NULL, NULL, GM_TYPE_PLAYER_STATE,
                                                flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object, N_PROPS, properties);

  g_type_ensure (GM_TYPE_PLAYER_STATE);
  g_type_ensure (GM_TYPE_COVER);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/common/player-bar.ui");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, volume);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, scale);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, narrow_scale);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, cover);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, sides);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, toggle);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, narrow_toggle);
  gtk_widget_class_bind_template_child (widget, GmPlayerBar, volume_button);
  gtk_widget_class_bind_template_callback (widget, title_or_nothing);
  gtk_widget_class_bind_template_callback (widget, time_or_dashes);
  gtk_widget_class_bind_template_callback (widget, toggle_icon);
  gtk_widget_class_bind_template_callback (widget, toggle_name);
  gtk_widget_class_bind_template_callback (widget, is_preview);
  gtk_widget_class_bind_template_callback (widget, is_loaded);
  gtk_widget_class_bind_template_callback (widget, can_seek);
  gtk_widget_class_bind_template_callback (widget, on_position_changed);
}

static void
gm_player_bar_init (GmPlayerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* what has the focus is a button inside */
  gm_compat_button_set_label (gtk_widget_get_first_child (self->volume_button), _ ("Volume"));
}

GtkWidget *
gm_player_bar_new (GmSession *session, GmPlayerState *state)
{
  GmPlayerBar *self = g_object_new (GM_TYPE_PLAYER_BAR, "state", state, NULL);

  g_object_set (self->cover, "session", session, NULL);
  g_object_bind_property (gm_session_get_settings (session), "volume", self->volume, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return GTK_WIDGET (self);
}
