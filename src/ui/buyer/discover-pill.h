/* discover-pill.h - one kind of filter: a button that opens its choices, and says what is chosen.
 *
 * Its value is shown instead of its label while there is one. Signal "cleared": the person takes
 * the choice back.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_PILL (gm_discover_pill_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverPill, gm_discover_pill, GM, DISCOVER_PILL, GtkWidget)

GtkWidget *gm_discover_pill_new (const char *label, GtkWidget *popover_child);

void gm_discover_pill_set_value (GmDiscoverPill *self, const char *value); /* (nullable) */
const char *gm_discover_pill_get_value (GmDiscoverPill *self);
void gm_discover_pill_popdown (GmDiscoverPill *self);

G_END_DECLS
