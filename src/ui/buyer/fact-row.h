/* fact-row.h - a GmFact in a list: its name, its value, and a button that copies it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/fact.h"

G_BEGIN_DECLS

#define GM_TYPE_FACT_ROW (gm_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (GmFactRow, gm_fact_row, GM, FACT_ROW, GtkListBoxRow)

/* A GtkListBoxCreateWidgetFunc. */
GtkWidget *gm_fact_row_new (gpointer fact, gpointer unused);

G_END_DECLS
