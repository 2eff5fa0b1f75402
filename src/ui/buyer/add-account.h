/* add-account.h - one account more: from the words, by a key, by a file, or only watched.
 *
 * What was typed stays when it was wrong; keys and passwords are typed into guarded buffers.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/wallet-accounts.h"

G_BEGIN_DECLS

#define GM_TYPE_ADD_ACCOUNT (gm_add_account_get_type ())
G_DECLARE_FINAL_TYPE (GmAddAccount, gm_add_account, GM, ADD_ACCOUNT, GtkWidget)

GtkWidget *gm_add_account_new (GmWalletAccounts *accounts);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_add_account_dialog_new (GmWalletAccounts *accounts);
/* As if this file had been chosen. */
void gm_add_account_set_file (GmAddAccount *self, GFile *file);

G_END_DECLS
