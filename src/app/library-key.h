/* library-key.h - the 32 bytes that content keys on this machine are sealed to.
 *
 * In the keyring when there is one, else in a file only its owner can read. Where it went is
 * written down, so a keyring that is locked or away is said to be that, and never answered with a
 * new key that opens nothing. A keyring may ask its password: nothing is looked up before it is
 * needed, and never on the main thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/secret.h"

G_BEGIN_DECLS

typedef struct _GmLibraryKey GmLibraryKey;

GmLibraryKey *gm_library_key_new (const char *folder); /* the data folder */
GmLibraryKey *gm_library_key_ref (GmLibraryKey *self);
void gm_library_key_unref (GmLibraryKey *self);

/* Blocks; any thread. Asks the keyring once it was given. DENIED says in a sentence for people why
 * it is not to be had; the next call tries again. */
GmSecret *gm_library_key_get (GmLibraryKey *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmLibraryKey, gm_library_key_unref)

G_END_DECLS
