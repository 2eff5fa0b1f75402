/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/library-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/common/cover.h"

struct _GmLibraryRow
{
  GtkWidget parent;
  GmLibraryItem *item; /* (nullable) */
  GmPlayerState *player;
  GmCover *cover;
  GtkStack *buttons;
  GtkButton *play;
  GtkSpinner *spinner;
  GtkMenuButton *more;
};

G_DEFINE_FINAL_TYPE (GmLibraryRow, gm_library_row, GTK_TYPE_WIDGET)

enum
{
  PROP_ITEM = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
subtitle (GtkWidget *row,
          const char *artist,
          const char *duration,
          const char *when,
          const char *status)
{
  if (status != NULL)
    return g_strdup (status);
  if (duration == NULL)
    return g_strdup_printf ("%s · %s", artist, when);
  return g_strdup_printf ("%s · %s · %s", artist, duration, when);
}

static gboolean
is_measured (GtkWidget *row, gboolean ready, double fraction)
{
  return !ready && fraction >= 0;
}

static double
known_fraction (GtkWidget *row, double fraction)
{
  return MAX (fraction, 0);
}

static gboolean
is_playing (GmLibraryRow *self)
{
  gboolean current;

  g_object_get (self->item, "playing", &current, NULL);
  return current && gm_player_state_get_facts (self->player)->playing;
}

/* The name says what pressing does. */
static void
update_play (GmLibraryRow *self)
{
  gboolean playing;
  g_autofree char *name = NULL;

  if (self->item == NULL)
    return;
  playing = is_playing (self);
  name = g_strdup_printf (playing ? _ ("Pause %s")
                                  : _ ("Play %s"), gm_library_item_get_owned (self->item)->title);
  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), name);
  gm_compat_button_set_label (GTK_WIDGET (self->play), name);
  if (playing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "playing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "playing");
}

static void
update_buttons (GmLibraryRow *self)
{
  g_autofree char *purchase = NULL;
  gboolean ready, stopped, can_resume;

  if (self->item == NULL)
    return;
  g_object_get (self->item, "ready", &ready, "stopped", &stopped, "purchase-id", &purchase, NULL);
  can_resume = !ready && stopped && purchase != NULL;
  gtk_stack_set_visible_child_name (self->buttons, ready     ? "ready"
                                                   : stopped ? "stopped"
                                                             : "fetching");
  gtk_spinner_set_spinning (self->spinner, !ready && !stopped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.play", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.resume", can_resume);
}

static void
on_play (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GmLibraryRow *self = GM_LIBRARY_ROW (widget);

  if (self->item == NULL)
    return;
  if (is_playing (self))
    gtk_widget_activate_action (widget, "app.toggle", NULL);
  else
    gtk_widget_activate_action (widget, "app.play", "s",
                                gm_library_item_get_owned (self->item)->asset_id);
}

static void
on_resume (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *purchase = NULL;

  g_object_get (GM_LIBRARY_ROW (widget)->item, "purchase-id", &purchase, NULL);
  if (purchase != NULL)
    gtk_widget_activate_action (widget, "app.resume", "s", purchase);
}

static void
on_license (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const GmOwned *owned = gm_library_item_get_owned (GM_LIBRARY_ROW (widget)->item);

  gtk_widget_activate_action (widget, "app.show-license", "s", owned->order_id);
}

static void
on_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const GmOwned *owned = gm_library_item_get_owned (GM_LIBRARY_ROW (widget)->item);

  gtk_widget_activate_action (widget, "app.open-asset", "s", owned->asset);
}

static void
on_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GM_LIBRARY_ROW (widget)->more);
}

static void
on_right_click (GmLibraryRow *self)
{
  gtk_menu_button_popup (self->more);
}

char *
gm_library_row_dup_name (GmLibraryItem *item)
{
  const GmOwned *owned = gm_library_item_get_owned (item);
  g_autofree char *status = NULL;
  g_autofree char *duration = NULL;

  g_object_get (item, "status-text", &status, "duration-text", &duration, NULL);
  return g_strdup_printf (_ ("%s by %s, %s"), owned->title, owned->artist,
                             status != NULL     ? status
                             : duration != NULL ? duration
                                                : _ ("ready"));
}

void
gm_library_row_show (GmLibraryRow *self, GmLibraryItem *item)
{
  const GmOwned *owned;

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  if (item == NULL)
    return;
  owned = gm_library_item_get_owned (item);
  gm_cover_show (self->cover, owned->artwork, owned->asset_id);
  g_signal_connect_object (item, "notify::playing", G_CALLBACK (update_play), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::stopped", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
  update_play (self);
  update_buttons (self);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, GM_LIBRARY_ROW (object)->item);
}

static void
dispose (GObject *object)
{
  GmLibraryRow *self = GM_LIBRARY_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_LIBRARY_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (gm_library_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget)
{
  gtk_widget_class_install_action (widget, "row.play", NULL, on_play);
  gtk_widget_class_install_action (widget, "row.resume", NULL, on_resume);
  gtk_widget_class_install_action (widget, "row.license", NULL, on_license);
  gtk_widget_class_install_action (widget, "row.open", NULL, on_open);
  gtk_widget_class_install_action (widget, "row.menu", NULL, on_menu);
}

static void
gm_library_row_class_init (GmLibraryRowClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, GM_TYPE_LIBRARY_ITEM,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  g_type_ensure (GM_TYPE_COVER);
  install_actions (widget);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/library-row.ui");
  gtk_widget_class_bind_template_child_full (widget, "words", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmLibraryRow, cover);
  gtk_widget_class_bind_template_child (widget, GmLibraryRow, buttons);
  gtk_widget_class_bind_template_child (widget, GmLibraryRow, play);
  gtk_widget_class_bind_template_child (widget, GmLibraryRow, spinner);
  gtk_widget_class_bind_template_child (widget, GmLibraryRow, more);
  gtk_widget_class_bind_template_callback (widget, subtitle);
  gtk_widget_class_bind_template_callback (widget, is_measured);
  gtk_widget_class_bind_template_callback (widget, known_fraction);
}

static void
gm_library_row_init (GmLibraryRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_right_click), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
gm_library_row_new (GmSession *session, GmPlayerState *player)
{
  GmLibraryRow *self = g_object_new (GM_TYPE_LIBRARY_ROW, NULL);

  self->player = g_object_ref (player);
  g_object_set (self->cover, "session", session, NULL);
  g_signal_connect_object (player, "notify::playing", G_CALLBACK (update_play), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
