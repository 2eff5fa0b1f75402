/* money-view.h - the money of the wallet: what there is, sending, receiving, and what was sent.
 *
 * Property "session" (GmSession), to be set once.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_MONEY_VIEW (gm_money_view_get_type ())
G_DECLARE_FINAL_TYPE (GmMoneyView, gm_money_view, GM, MONEY_VIEW, GtkWidget)

GtkWidget *gm_money_view_new (GmSession *session);

G_END_DECLS
