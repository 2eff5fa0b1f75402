/* v3-keystore.h - one key in the file other wallets read and write: Web3 Secret Storage, version 3.
 *
 *   { "version": 3, "id": "<uuid>", "address": "<40 digits>",
 *     "crypto": { "cipher": "aes-128-ctr", "cipherparams": { "iv" }, "ciphertext",
 *                 "kdf": "scrypt" | "pbkdf2", "kdfparams": { … }, "mac" } }
 *
 * The first half of the derived key is the cipher's; mac = Keccak-256 (second half ‖ ciphertext).
 * What a file asks for is judged when it is parsed, before anything is computed: at most 512 MiB
 * (PROTOCOLS A18) and about four times the work that such files usually ask for.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

#define GM_V3_KEYSTORE_MAX_BYTES  (64 * 1024)
#define GM_V3_KEYSTORE_MAX_MEMORY (512 * 1024 * 1024ll) /* bytes, of scrypt */
#define GM_V3_KEYSTORE_MAX_WORK   (1ll << 23)           /* n·r·p of scrypt */
#define GM_V3_KEYSTORE_MAX_ROUNDS 5000000               /* of PBKDF2 */

typedef struct
{
  gint64 n, r, p; /* of scrypt (RFC 7914); n is 0 for PBKDF2-HMAC-SHA256 (RFC 8018) */
  gint64 rounds;
  GBytes *salt;
} GmV3Derivation;

typedef struct
{
  GmV3Derivation derivation;
  guint8 iv[16];
  GBytes *ciphertext; /* 1 to 32 bytes: some wallets leave out leading zeros */
  GmHash mac;
  gboolean has_address;
  GmAddress address; /* as the file says */
} GmV3Keystore;

/* BAD_DATA says what is wrong; load reads nothing of a file that is too long. */
GmV3Keystore *gm_v3_keystore_parse (GBytes *json, GError **error);
GmV3Keystore *gm_v3_keystore_load (const char *path, GError **error);
void gm_v3_keystore_free (GmV3Keystore *self);

/* The 32 bytes of the key. Blocks for seconds. DENIED: not this password; BAD_DATA: the key is
 * none, or that of another account than the file says. */
GmSecret *gm_v3_keystore_open (const GmV3Keystore *self, GmSecret *password, GError **error);

/* JSON with @key sealed by @password (scrypt, 256 MiB). Blocks for about a second. */
GBytes *gm_v3_keystore_seal (GmSecret *key, GmSecret *password, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmV3Keystore, gm_v3_keystore_free)

G_END_DECLS
