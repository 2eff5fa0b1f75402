/* hdkey.h - one seed, many secp256k1 keys (BIP-32), on Ethereum's path (BIP-44).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

/* The 32-byte private key at m/44'/60'/0'/0/@index. */
GmSecret *gm_hdkey_account (GmSecret *seed, guint32 index, GError **error);

/* Key ‖ chain code (64 bytes) at @path such as "m/44'/60'/0'/0/0"; at most 16 steps; @seed has 16
 * to 64 bytes. */
GmSecret *gm_hdkey_derive (GmSecret *seed, const char *path, GError **error);

G_END_DECLS
