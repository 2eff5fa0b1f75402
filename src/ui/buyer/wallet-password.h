/* wallet-password.h - changes the wallet's password: the old one, the new one twice.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_WALLET_PASSWORD (gm_wallet_password_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletPassword, gm_wallet_password, GM, WALLET_PASSWORD, GtkWidget)

GtkWidget *gm_wallet_password_new (GmAccount *account);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_wallet_password_dialog_new (GmSession *session);

G_END_DECLS
