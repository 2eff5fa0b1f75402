/* activity-row.h - a transaction the wallet sent: what, how it stands, and what may be done about
 * it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/activity.h"

G_BEGIN_DECLS

#define GM_TYPE_ACTIVITY_ROW (gm_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (GmActivityRow, gm_activity_row, GM, ACTIVITY_ROW, GtkListBoxRow)

/* A GtkListBoxCreateWidgetFunc of GmActivityItem; @activity replaces it. */
GtkWidget *gm_activity_row_new (gpointer item, gpointer activity);

G_END_DECLS
