/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window-keys.h"

#define BACK_BUTTON 8 /* of a mouse that has one */

static gboolean
takes_text (GtkWidget *focus)
{
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus);
}

/* Space presses these; elsewhere it is play and pause. */
static gboolean
takes_space (GtkWidget *focus)
{
  return GTK_IS_BUTTON (focus) || GTK_IS_SWITCH (focus) || GTK_IS_CHECK_BUTTON (focus) ||
         GTK_IS_MENU_BUTTON (focus) || GTK_IS_DROP_DOWN (focus) || GTK_IS_EXPANDER (focus) ||
         GTK_IS_POPOVER (focus);
}

static gboolean
is_plain (GdkModifierType state)
{
  return (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) == 0;
}

/* Before the focused widget, because lists would select their row. A page with something better to
 * play than what plays has an action for it. */
static gboolean
on_space (GmWindow *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (key != GDK_KEY_space || !is_plain (state) || (state & GDK_SHIFT_MASK) != 0 ||
      (focus != NULL && (takes_text (focus) || takes_space (focus))))
    return GDK_EVENT_PROPAGATE;
  if (focus != NULL && gtk_widget_activate_action (focus, "page.space", NULL))
    return GDK_EVENT_STOP;
  return gtk_widget_activate_action (GTK_WIDGET (self), "app.toggle", NULL);
}

/* After it: what nobody used is the beginning of a search. */
static gboolean
on_typed (GmWindow *self, guint key, guint code, GdkModifierType state)
{
  const gunichar letter = gdk_keyval_to_unicode (key);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  char text[7] = "";

  if (!is_plain (state) || !g_unichar_isgraph (letter) || (focus != NULL && takes_text (focus)))
    return GDK_EVENT_PROPAGATE;
  if (letter != '/')
    text[g_unichar_to_utf8 (letter, text)] = '\0';
  gm_window_search (self, text);
  return GDK_EVENT_STOP;
}

static void
on_back_button (GmWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
add_keys (GmWindow *self, GtkPropagationPhase phase, GCallback handler)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, phase);
  g_signal_connect_object (keys, "key-pressed", handler, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
gm_window_keys_attach (GmWindow *self)
{
  GtkGesture *back = gtk_gesture_click_new ();

  add_keys (self, GTK_PHASE_CAPTURE, G_CALLBACK (on_space));
  add_keys (self, GTK_PHASE_BUBBLE, G_CALLBACK (on_typed));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (back), BACK_BUTTON);
  g_signal_connect_object (back, "pressed", G_CALLBACK (on_back_button), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (back));
}
