/* keyring-peer.h - the real Secret Service of tools/run-headless, locked and unlocked.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

gboolean keyring_peer_is_there (void);
void keyring_peer_lock (void);
void keyring_peer_unlock (void);

/* From now on a person dismisses every prompt of the keyring, until stop, which says how many. */
void keyring_peer_dismiss_start (void);
guint keyring_peer_dismiss_stop (void);
