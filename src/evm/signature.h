/* signature.h - secp256k1 signatures with recovery id: sign, recover, and who signs.
 *
 * Deterministic (RFC 6979), low s (EIP-2), v = 27 + recovery id. Whoever needs a signature takes a
 * GmSigner and never sees a key; the vault and credentials make them.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 b[65]; /* r ‖ s ‖ v, v is 27 or 28 */
} GmSignature;

typedef struct _GmSignable GmSignable; /* see signable.h */
typedef struct _GmSigner GmSigner;
struct _GmSigner
{
  GmAddress address;
  /* Blocks; LOCKED when the vault is, DECLINED when the person said no. Any thread. */
  gboolean (*sign) (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error);
  gpointer data;
};

/* @key is 32 bytes; BAD_DATA when it is zero or not below the group order. */
gboolean gm_signature_sign (GmSecret *key, const GmHash *digest, GmSignature *out, GError **error);
gboolean gm_signature_address (GmSecret *key, GmAddress *out, GError **error);

/* DENIED when no public key fits, or s is high. */
gboolean gm_signature_recover (const GmSignature *signature,
                               const GmHash *digest,
                               GmAddress *out,
                               GError **error);
/* Recovers and compares; DENIED with both addresses in the message. */
gboolean gm_signature_verify (const GmSignature *signature,
                              const GmHash *digest,
                              const GmAddress *signer,
                              GError **error);

gboolean gm_signature_parse (const char *hex, GmSignature *out, GError **error);
char *gm_signature_dup_hex (const GmSignature *signature);

/* EIP-191 version 0x45: "\x19Ethereum Signed Message:\n" ‖ length ‖ text. */
void gm_signature_personal_digest (const char *text, GmHash *out);

G_END_DECLS
