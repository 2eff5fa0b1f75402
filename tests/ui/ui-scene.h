/* ui-scene.h - a session in temporary folders and widgets in a window, for tests of screens.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

/* g_test_init() with a display, our icons and styles. */
void ui_scene_init (int *argc, char ***argv);

/* Empties the folders it was in when it goes. */
typedef struct
{
  char *folder;
  GmSettings *settings;
  GmSession *session;
} UiScene;

UiScene *ui_scene_new (void);
void ui_scene_free (UiScene *self);

/* Runs the main loop until @condition; fails the test after ten seconds. */
typedef gboolean (*UiCondition) (gpointer data);
void ui_wait (UiCondition condition, gpointer data);
void ui_settle (void); /* nothing is left to do at once */

GtkWidget *ui_show (GtkWidget *widget); /* its window, presented */

/* In the order of the tree, hidden ones too; NULL when there is none. */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *text);
gboolean ui_is_seen (GtkWidget *widget); /* mapped, and so is everything around it */

/* Every button that is not hidden has a name, and a tooltip when it has no text. */
void ui_assert_named (GtkWidget *root);

/* Counts notifications of @property. */
guint *ui_count (gpointer object, const char *property);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiScene, ui_scene_free)

G_END_DECLS
