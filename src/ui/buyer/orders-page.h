/* orders-page.h - every attempt to buy, newest first, with its state in words.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_ORDERS_PAGE (gm_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (GmOrdersPage, gm_orders_page, GM, ORDERS_PAGE, GtkWidget)

GtkWidget *gm_orders_page_new (GmSession *session);

G_END_DECLS
