/* fold-box.h - two children side by side, or one above the other where there is no room for that.
 *
 * In a .ui file the first child is the start, the second the rest. Properties (i): "fold-width" (at
 * this width and above they are side by side), "spacing", "start-width" (of the start beside the
 * rest; 0: natural), "folded-start-width" (above it, in the middle; 0: all there is).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GM_TYPE_FOLD_BOX (gm_fold_box_get_type ())
G_DECLARE_FINAL_TYPE (GmFoldBox, gm_fold_box, GM, FOLD_BOX, GtkWidget)

GtkWidget *gm_fold_box_new (void);

void gm_fold_box_append (GmFoldBox *self, GtkWidget *child); /* twice */
gboolean gm_fold_box_is_folded (GmFoldBox *self);

G_END_DECLS
