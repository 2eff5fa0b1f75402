/* create-wallet.h - a new wallet in steps: words, a check, a password; or one restored.
 *
 * Shows a GmWalletSetup, which knows the order. The words are shown in labels that cannot be
 * selected, and typed into guarded buffers; both go when their page goes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/wallet-setup.h"

G_BEGIN_DECLS

#define GM_TYPE_CREATE_WALLET (gm_create_wallet_get_type ())
G_DECLARE_FINAL_TYPE (GmCreateWallet, gm_create_wallet, GM, CREATE_WALLET, GtkWidget)

GtkWidget *gm_create_wallet_new (GmAccount *account);
GmWalletSetup *gm_create_wallet_get_setup (GmCreateWallet *self);

G_END_DECLS
