/* signable.h - what can be signed, whole: never a bare digest.
 *
 * Whoever asks for a signature shows all of it, so that the signer can refuse it or say in words
 * what it means. The digest is computed from what was shown.
 *
 *   signer->sign (signer, &(GmSignable){ GM_SIGNABLE_TEXT, .text = text }, &signature, error)
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/tx.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_SIGNABLE_TYPED_DATA, /* EIP-712, see typed-data.h */
  GM_SIGNABLE_TEXT,       /* EIP-191 */
  GM_SIGNABLE_TX,
} GmSignableKind;

/* Borrowed; the one that @kind says is set. */
struct _GmSignable
{
  GmSignableKind kind;
  JsonObject *typed_data;
  const char *text;
  const GmTx *tx;
};

/* BAD_DATA when typed data has no digest. */
gboolean gm_signable_digest (const GmSignable *self, GmHash *out, GError **error);
/* What a GmSigner that holds @key does. */
gboolean gm_signable_sign (const GmSignable *self, GmSecret *key, GmSignature *out, GError **error);

G_END_DECLS
