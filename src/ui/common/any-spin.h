/* any-spin.h - a number one may choose, or leave: 0 reads “Any”.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkSpinButton of whole numbers up to @most; @name is what a screen reader calls it. */
GtkWidget *gm_any_spin_new (double most, double step, const char *name);

G_END_DECLS
