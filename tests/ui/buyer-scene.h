/* buyer-scene.h - pressing what is seen, and noting what a screen asks for instead of doing it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui-scene.h"

G_BEGIN_DECLS

/* Shows @widget in a window whose "app." actions note their name and parameter. */
GtkWidget *buyer_show (GtkWidget *widget, int width, int height);
/* "play 0x…1; show-license 0x…2; " since the last call; owned by the caller. */
char *buyer_take_asked (GtkWidget *window);
/* The window goes, and with it the widget. */
void buyer_close (GtkWidget *window, gpointer widget);

/* Like ui_find(), of what is on the screen; NULL when there is none. */
GtkWidget *buyer_find (GtkWidget *root, GType type, const char *text);
GtkWidget *buyer_find_named (GtkWidget *root, GType type, const char *accessible_name);
/* A button that is seen and may be pressed. */
void buyer_press (GtkWidget *root, const char *label);
gboolean buyer_may_press (GtkWidget *root, const char *label);

G_END_DECLS
