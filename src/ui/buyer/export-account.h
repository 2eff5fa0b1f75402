/* export-account.h - a private key, a keystore file or the recovery words, for the password.
 *
 * The password of the wallet is asked each time, after what the secret is good for; a key and words
 * come hidden (secret-view.h) and go with the dialog.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/account.h"
#include "app/wallet-account.h"

G_BEGIN_DECLS

typedef enum
{
  GM_EXPORT_KEY,
  GM_EXPORT_FILE,
  GM_EXPORT_WORDS, /* of the whole wallet */
} GmExportKind;

#define GM_TYPE_EXPORT_ACCOUNT (gm_export_account_get_type ())
G_DECLARE_FINAL_TYPE (GmExportAccount, gm_export_account, GM, EXPORT_ACCOUNT, GtkWidget)

/* @account is NULL for the words. */
GtkWidget *gm_export_account_new (GmAccount *wallet, GmWalletAccount *account, GmExportKind kind);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_export_account_dialog_new (GmAccount *wallet,
                                         GmWalletAccount *account,
                                         GmExportKind kind);
/* As if this place had been chosen for the file. */
void gm_export_account_save (GmExportAccount *self, GFile *file);

G_END_DECLS
