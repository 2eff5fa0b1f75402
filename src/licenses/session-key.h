/* session-key.h - a throw-away signing key that may ask for content keys after the vault locked.
 *
 * Kept in the ledger sealed to the library key (PROTOCOLS A18).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/signature.h"

G_BEGIN_DECLS

GmSigner *gm_session_key_new (void);
void gm_session_key_free (GmSigner *signer);

GBytes *gm_session_key_seal (const GmSigner *signer, GmSecret *library_key);
GmSigner *gm_session_key_open (GBytes *box, GmSecret *library_key, GError **error);

G_END_DECLS
