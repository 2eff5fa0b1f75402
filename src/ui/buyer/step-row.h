/* step-row.h - a step of a purchase: icon, title, and its state in a word.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/buy-job.h"

G_BEGIN_DECLS

#define GM_TYPE_STEP_ROW (gm_step_row_get_type ())
G_DECLARE_FINAL_TYPE (GmStepRow, gm_step_row, GM, STEP_ROW, GtkListBoxRow)

/* A GtkListBoxCreateWidgetFunc over GmBuyStepItem; @job tells the fraction of the active one. */
GtkWidget *gm_step_row_new (gpointer item, gpointer job);

G_END_DECLS
