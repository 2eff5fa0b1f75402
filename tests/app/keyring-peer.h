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
