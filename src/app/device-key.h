/* device-key.h - the wallet opens with this machine's keyring instead of a password, if wished.
 *
 * The keyring keeps 32 random bytes (device-slot.h), never the password, and is asked for them when
 * the wallet is to be opened. Whatever it answers, the password opens the wallet all the same. All
 * of these block, and a keyring may ask its own password: never on the main thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "vault/vault.h"

G_BEGIN_DECLS

/* @folder names the wallet in the keyring. DENIED: no keyring keeps it, and nothing was changed.
 * LOCKED while the vault is. */
gboolean gm_device_key_remember (GmVault *vault,
                                 const char *folder,
                                 GCancellable *cancellable,
                                 GError **error);
/* DENIED says in a sentence why only the password helps; NOT_FOUND: it was never wished. */
gboolean gm_device_key_unlock (GmVault *vault,
                               const char *folder,
                               GCancellable *cancellable,
                               GError **error);
/* The slot goes, so a copy of the key opens nothing; then the key, when the keyring is there. */
gboolean gm_device_key_forget (GmVault *vault,
                               const char *folder,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
