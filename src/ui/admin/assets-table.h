/* assets-table.h - the columns of the admin's table.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/asset-table-model.h"

G_BEGIN_DECLS

/* A GtkColumnView of GmAssetItem; "activate" says which row. */
GtkWidget *gm_assets_table_new (GmAssetTableModel *model);
/* Only what tells rows apart, where there is no room. */
void gm_assets_table_set_narrow (GtkWidget *table, gboolean narrow);

G_END_DECLS
