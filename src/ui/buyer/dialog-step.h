/* dialog-step.h - one step of a dialog: picture, title, a sentence, what it is about, two buttons.
 *
 * Properties: "icon-name", "title", "text", "error-text" (s; nothing is shown for NULL and ""),
 * "back" (b: there is a way back), "forward-label", "forward-tooltip" (s; NULL: no button),
 * "forward-sensitive" (b). Signals "back" and "forward". Children of a .ui file come between the
 * sentence and the buttons.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GM_TYPE_DIALOG_STEP (gm_dialog_step_get_type ())
G_DECLARE_FINAL_TYPE (GmDialogStep, gm_dialog_step, GM, DIALOG_STEP, GtkWidget)

/* Reads the new error to a screen reader too. @error NULL: all is well. */
void gm_dialog_step_complain (GmDialogStep *self, const GError *error);
void gm_dialog_step_say (GmDialogStep *self, const char *sentence);         /* NULL: all is well */
void gm_dialog_step_set_sensitive (GmDialogStep *self, gboolean sensitive); /* of the forward one */
GtkWidget *gm_dialog_step_get_forward (GmDialogStep *self);

G_END_DECLS
