/* wallet-accounts.h - the accounts of the wallet as a list, and what a person does with them.
 *
 * A GListModel of GmWalletAccount in the order they were added, the main one first. It is there
 * while the wallet is locked, too, and the objects stay the same while their account is there.
 *
 * The verbs answer on the main thread: @done (owner, GM_WORKER_OK or NULL, error). LOCKED while the
 * wallet is; CONFLICT: the account is there already. A @name of NULL or "" is made up.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "app/wallet-account.h"

G_BEGIN_DECLS

#define GM_TYPE_WALLET_ACCOUNTS (gm_wallet_accounts_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletAccounts, gm_wallet_accounts, GM, WALLET_ACCOUNTS, GObject)

GmWalletAccounts *gm_wallet_accounts_new (GmAccount *account);
GmAccount *gm_wallet_accounts_get_account (GmWalletAccounts *self);

/* The next one of the recovery words. */
void
gm_wallet_accounts_derive (GmWalletAccounts *self, const char *name, GObject *owner, GmDone done);
/* @typed as people paste it; BAD_DATA says what is wrong. */
void gm_wallet_accounts_import_key (GmWalletAccounts *self,
                                    GmSecret *typed,
                                    const char *name,
                                    GObject *owner,
                                    GmDone done);
/* A keystore file of another wallet; DENIED: @password is not that of the file. */
void gm_wallet_accounts_import_file (GmWalletAccounts *self,
                                     const char *path,
                                     GmSecret *password,
                                     const char *name,
                                     GObject *owner,
                                     GmDone done);
/* BAD_DATA: no address, or one with a letter changed. */
void gm_wallet_accounts_watch (GmWalletAccounts *self,
                               const char *address,
                               const char *name,
                               GObject *owner,
                               GmDone done);

void gm_wallet_accounts_rename (GmWalletAccounts *self,
                                GmWalletAccount *account,
                                const char *name,
                                GObject *owner,
                                GmDone done);
/* DENIED for a derived one. */
void gm_wallet_accounts_remove (GmWalletAccounts *self,
                                GmWalletAccount *account,
                                GObject *owner,
                                GmDone done);

G_END_DECLS
