/* wallet-page.h - whose wallet it is, whether it is open, and whether the store knows it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_WALLET_PAGE (gm_wallet_page_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletPage, gm_wallet_page, GM, WALLET_PAGE, GtkWidget)

GtkWidget *gm_wallet_page_new (GmSession *session);

G_END_DECLS
