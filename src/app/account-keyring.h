/* account-keyring.h - the wallet opens with this computer's keyring, if its owner wishes (see
 * device-key.h).
 *
 * The password opens it all the same. The verbs answer on the main thread and may take as long as
 * the keyring's own question for its password is open. Whether it is wished is something to look at
 * after the account's "changed".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"

G_BEGIN_DECLS

gboolean gm_account_keyring_is_on (GmAccount *account);
/* LOCKED while the wallet is; DENIED says what the keyring did, and nothing was changed. */
void gm_account_keyring_turn (GmAccount *account, gboolean on, GObject *owner, GmDone done);
/* Unlocks; DENIED says why only the password helps. The cancellable belongs to the call. */
GCancellable *gm_account_keyring_open (GmAccount *account, GObject *owner, GmDone done);
/* It is unlocked, and by the keyring: nobody has shown that he knows the password. */
gboolean gm_account_keyring_has_opened (GmAccount *account);
/* Changes nothing. DENIED: not this one. */
void gm_account_keyring_check_password (GmAccount *account,
                                        GmSecret *password,
                                        GObject *owner,
                                        GmDone done);

G_END_DECLS
