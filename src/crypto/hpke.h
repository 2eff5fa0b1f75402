/* hpke.h - hybrid public key encryption, base mode (RFC 9180), one suite:
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
 *
 * A sealed box is enc (32 bytes) ‖ ciphertext ‖ tag (16 bytes). @info is authenticated: another
 * info does not open.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

#define GM_HPKE_OVERHEAD 48 /* bytes */

void gm_hpke_generate (GmSecret **secret_key, GmHash *public_key);
gboolean gm_hpke_public_key (GmSecret *secret_key, GmHash *public_key, GError **error);

GBytes *gm_hpke_seal (const GmHash *public_key, GBytes *info, GmSecret *plaintext, GError **error);
/* DENIED when key, info or box do not belong together. */
GmSecret *gm_hpke_open (GmSecret *secret_key, GBytes *info, GBytes *box, GError **error);

G_END_DECLS
