/* accounts-view.h - the accounts of the wallet, its recovery words, and what opens it.
 *
 * Properties "account" (GmAccount, write), "limit" (u, write: see keyring-row.h). The list is there
 * while the wallet is locked, too; what would change it asks to unlock first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/wallet-accounts.h"

G_BEGIN_DECLS

#define GM_TYPE_ACCOUNTS_VIEW (gm_accounts_view_get_type ())
G_DECLARE_FINAL_TYPE (GmAccountsView, gm_accounts_view, GM, ACCOUNTS_VIEW, GtkWidget)

GtkWidget *gm_accounts_view_new (GmAccount *account);

G_END_DECLS
