/* money-row.h - what the wallet has on one network, and since when that is known.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/network-money.h"

G_BEGIN_DECLS

#define GM_TYPE_MONEY_ROW (gm_money_row_get_type ())
G_DECLARE_FINAL_TYPE (GmMoneyRow, gm_money_row, GM, MONEY_ROW, GtkListBoxRow)

/* A GtkListBoxCreateWidgetFunc of GmNetworkMoney. */
GtkWidget *gm_money_row_new (gpointer money, gpointer unused);

G_END_DECLS
