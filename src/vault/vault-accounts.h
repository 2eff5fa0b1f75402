/* vault-accounts.h - what a person does with the accounts of an unlocked vault.
 *
 * Accounts are named by their address. All of these block, and are LOCKED while the vault is.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/vault.h"

G_BEGIN_DECLS

/* CONFLICT: such an account is there already. */
gboolean gm_vault_accounts_derive (GmVault *self, const char *name, GError **error); /* the next */
gboolean
gm_vault_accounts_derive_at (GmVault *self, guint32 index, const char *name, GError **error);
gboolean gm_vault_accounts_import (GmVault *self, GmSecret *key, const char *name, GError **error);
gboolean
gm_vault_accounts_watch (GmVault *self, const GmAddress *address, const char *name, GError **error);

/* NOT_FOUND: there is no such account. DENIED: a derived one is not removed. */
gboolean gm_vault_accounts_rename (GmVault *self,
                                   const GmAddress *address,
                                   const char *name,
                                   GError **error);
gboolean gm_vault_accounts_remove (GmVault *self, const GmAddress *address, GError **error);

/* The private key, for an export a person asked for with the password. DENIED: only watched. */
GmSecret *gm_vault_accounts_dup_key (GmVault *self, const GmAddress *address, GError **error);

G_END_DECLS
