/* library-key.h - the 32 bytes that content keys on this machine are sealed to.
 *
 * In the keyring when there is one, else in a file only its owner can read. Where it went is
 * written down, so a keyring that is locked or away is said to be that, and never answered with a
 * new key that opens nothing.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/secret.h"

G_BEGIN_DECLS

/* Blocks. @folder is the data folder. LOCKED: unlock the keyring and try again. */
GmSecret *gm_library_key_load (const char *folder, GCancellable *cancellable, GError **error);

G_END_DECLS
