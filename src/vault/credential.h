/* credential.h - keys of services: systemd credentials, or files only their owner can read.
 *
 * A credential NAME is looked up as $CREDENTIALS_DIRECTORY/NAME, then DIRECTORY/NAME, which must be
 * a regular file of mode 0600 or 0400 owned by this user; anything else is DENIED. Content: 64 hex
 * digits and a newline.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"
#include "evm/signature.h"

G_BEGIN_DECLS

GmSecret *gm_credential_load (const char *directory, const char *name, GError **error);
/* Loads, or makes a new random one (0600, fsync, rename) when it does not exist. */
GmSecret *gm_credential_ensure (const char *directory, const char *name, GError **error);

/* A signer over a 32-byte secp256k1 key; holds a reference to @key. */
GmSigner *gm_credential_signer_new (GmSecret *key, GError **error);
void gm_credential_signer_free (GmSigner *signer);

/* Ed25519 (RFC 8032) from a 32-byte seed. */
gboolean gm_credential_ed25519_public (GmSecret *seed, GmHash *public_key, GError **error);
gboolean gm_credential_ed25519_sign (GmSecret *seed,
                                     const guint8 *message,
                                     gsize length,
                                     guint8 signature[64],
                                     GError **error);

G_END_DECLS
