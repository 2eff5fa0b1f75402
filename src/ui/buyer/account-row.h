/* account-row.h - an account of the wallet, and a menu of what can be done with it.
 *
 * Actions of its menu: "account.copy", "account.rename", "account.key", "account.file",
 * "account.remove". Those that the account cannot do are disabled. Renaming and removing ask to
 * unlock a locked wallet first; exports ask for its password anyway.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/wallet-accounts.h"

G_BEGIN_DECLS

#define GM_TYPE_ACCOUNT_ROW (gm_account_row_get_type ())
G_DECLARE_FINAL_TYPE (GmAccountRow, gm_account_row, GM, ACCOUNT_ROW, AdwActionRow)

/* A GtkListBoxCreateWidgetFunc. */
GtkWidget *gm_account_row_new (gpointer account, gpointer accounts);

G_END_DECLS
