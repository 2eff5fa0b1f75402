/* vault.h - a person's keys in this process: locked, unlocked, and signing.
 *
 *   absent ──create──▶ unlocked ◀──unlock── locked
 *                          └──lock, idle──────▶
 *
 * While unlocked the keys are in guarded memory, readable only during a signature; locking wipes
 * them. Any thread may call anything; create, unlock, change_password and signing block.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"
#include "evm/signature.h"
#include "vault/keystore.h"

G_BEGIN_DECLS

#define GM_VAULT_IDLE_SECONDS 600 /* default; 0 never locks by itself */

typedef enum
{
  GM_VAULT_ABSENT, /* no keystore file yet */
  GM_VAULT_LOCKED,
  GM_VAULT_UNLOCKED,
} GmVaultState;

typedef struct _GmVault GmVault;

typedef struct
{
  GmAddress address;
  char *name;
  GmKeystoreKind kind;
  guint32 index; /* of the path, when derived */
} GmVaultAccount;

/* @path is the keystore file, which need not exist. */
GmVault *gm_vault_new (const char *path, GError **error);
GmVault *gm_vault_ref (GmVault *self);
void gm_vault_unref (GmVault *self); /* wipes */

GmVaultState gm_vault_state (GmVault *self);
/* CONFLICT when there is a keystore already. */
gboolean gm_vault_create (GmVault *self, GmSecret *words, GmSecret *password, GError **error);
/* LOCKED when it was locked while the password was tried. */
gboolean gm_vault_unlock (GmVault *self, GmSecret *password, GError **error);
/* The same with the key of this machine: NOT_FOUND when the wallet knows none, DENIED when it is
 * another. */
gboolean gm_vault_unlock_device (GmVault *self, GmSecret *device_key, GError **error);
gboolean gm_vault_has_device (GmVault *self);
gboolean gm_vault_is_by_device (GmVault *self); /* it is unlocked, and not by its password */
/* DENIED: another one. Blocks as unlocking does, and leaves the vault as it is. */
gboolean gm_vault_check_password (GmVault *self, GmSecret *password, GError **error);
void gm_vault_lock (GmVault *self);

/* Signing and unlocking count as use. Whoever has a timer calls lock_if_idle, which answers TRUE
 * when it locked; a signer also refuses after that time. */
void gm_vault_set_idle (GmVault *self, guint seconds);
void gm_vault_touch (GmVault *self);
gboolean gm_vault_lock_if_idle (GmVault *self);
gint64 gm_vault_locks_at_ms (GmVault *self); /* 0 when locked or never */

/* GmVaultAccount, in their order: as they are now, locked or not. The first is the main one. */
GPtrArray *gm_vault_list (GmVault *self);
/* The name is owned by the caller; NULL when it is not asked for. */
gboolean gm_vault_account (GmVault *self, guint account, GmAddress *address, char **name);

/* Lives on its own and signs for this address alone, wherever in the list it goes; LOCKED while the
 * vault is, NOT_FOUND when the account was removed. DENIED: the account is only watched. */
GmSigner *gm_vault_signer_new (GmVault *self, guint account, GError **error);
void gm_vault_signer_free (GmSigner *signer);

/* For one screen that shows them once. LOCKED. */
GmSecret *gm_vault_dup_words (GmVault *self, GError **error);
gboolean gm_vault_change_password (GmVault *self, GmSecret *from, GmSecret *to, GError **error);

/* @use gets the keystore as it is on disk and its master key; what it changes is what this vault
 * has from then on. Blocks. LOCKED. */
typedef gboolean (*GmVaultUse) (GmKeystore *keystore,
                                GmSecret *master,
                                gpointer data,
                                GError **error);
gboolean gm_vault_use (GmVault *self, GmVaultUse use, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmVault, gm_vault_unref)

G_END_DECLS
