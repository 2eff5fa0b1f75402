/* rename-account.h - gives an account of the wallet another name.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/wallet-accounts.h"

G_BEGIN_DECLS

#define GM_TYPE_RENAME_ACCOUNT (gm_rename_account_get_type ())
G_DECLARE_FINAL_TYPE (GmRenameAccount, gm_rename_account, GM, RENAME_ACCOUNT, GtkWidget)

GtkWidget *gm_rename_account_new (GmWalletAccounts *accounts, GmWalletAccount *account);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_rename_account_dialog_new (GmWalletAccounts *accounts, GmWalletAccount *account);

G_END_DECLS
