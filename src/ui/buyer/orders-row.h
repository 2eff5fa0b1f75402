/* orders-row.h - one purchase in the list of orders: what, when, how it stands, what can be done.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/buy-job.h"

G_BEGIN_DECLS

#define GM_TYPE_ORDERS_ROW (gm_orders_row_get_type ())
G_DECLARE_FINAL_TYPE (GmOrdersRow, gm_orders_row, GM, ORDERS_ROW, GtkListBoxRow)

/* A GtkListBoxCreateWidgetFunc over GmBuyJob. */
GtkWidget *gm_orders_row_new (gpointer job, gpointer session);

GmBuyJob *gm_orders_row_get_job (GmOrdersRow *self);

G_END_DECLS
