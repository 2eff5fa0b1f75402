/* subkey.h - purpose-bound keys derived from one secret: keyed BLAKE2b with a 16-byte personal
 * text.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

/* @purpose: 1 to 16 ASCII bytes, one constant per use. */
GmSecret *gm_subkey_derive (GmSecret *key, const char *purpose, const guint8 *data, gsize length);

/* XChaCha20-Poly1305 with a random nonce in front; @context is associated data. */
GBytes *gm_subkey_seal (GmSecret *key, const char *context, GmSecret *plaintext);
/* DENIED on any change to key, context or box. */
GmSecret *gm_subkey_open (GmSecret *key, const char *context, GBytes *box, GError **error);

G_END_DECLS
