/* shortcuts.h - every key of the application, once: what it does, and the window that lists them.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  const char *group;
  const char *title;
  const char *action; /* (nullable) detailed; NULL: the widget that has the focus does it */
  const char *keys;   /* accelerators, divided by spaces */
} GmShortcut;

const GmShortcut *gm_shortcuts_get (guint *n);
void gm_shortcuts_apply (GtkApplication *application);
GtkWidget *gm_shortcuts_window_new (void);

G_END_DECLS
