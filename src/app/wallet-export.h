/* wallet-export.h - secrets that leave the wallet, each for its password typed again.
 *
 * The password is tried every time, also while the wallet is unlocked: who sits before a computer
 * that somebody left open gets nothing. DENIED: not this password, or the account is only watched.
 * It is unlocked after it, as after any right password.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "app/wallet-account.h"

G_BEGIN_DECLS

/* @done gets a GmSecret: 0x and 64 digits. */
void gm_wallet_export_key (GmAccount *self,
                           GmWalletAccount *account,
                           GmSecret *password,
                           GObject *owner,
                           GmDone done);
/* @done gets a GmSecret: the words with a space between. */
void gm_wallet_export_words (GmAccount *self, GmSecret *password, GObject *owner, GmDone done);

typedef struct
{
  const char *path;        /* replaced when there is one; only its owner reads it */
  GmSecret *password;      /* of the wallet */
  GmSecret *file_password; /* that opens the file */
} GmWalletExportFile;

/* For other wallets: a Web3 Secret Storage file, version 3. @done gets GM_WORKER_OK. */
void gm_wallet_export_file (GmAccount *self,
                            GmWalletAccount *account,
                            const GmWalletExportFile *file,
                            GObject *owner,
                            GmDone done);

G_END_DECLS
