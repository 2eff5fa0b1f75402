/* key-client.h - gathers t answers from the holders and makes the content key of them.
 *
 * t holders are asked at once; another one as soon as one fails or half a second passes. Each gets
 * a request of its own (response key, nonce, and its own clock from GET /status), so holders learn
 * nothing of each other. A holder whose signature or share does not fit the envelope is named and
 * passed over. The key is checked against the file's commitment before anybody sees it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-answer.h"
#include "licenses/key-request.h"
#include "net/http.h"
#include "storage/cipher.h"

G_BEGIN_DECLS

typedef struct
{
  GmHttp *http;
  const GmKeyEnvelope *envelope;
  GPtrArray *holders; /* of GmKeyHolder with their URLs, of the pinned descriptor */
  const GmCipherHeader *header;
  const GmAttestation *attestation;
  GmHash order_id;
  const GmKeyDelegate *delegate; /* (nullable): then @signer is the buyer */
  const GmSigner *signer;
} GmKeyQuery;

/* Blocks. @proofs (nullable) gets the t answers used (GmKeyAnswer); @liars (nullable) gets one
 * sentence per holder that lied. OFFLINE when too few answer, DENIED with the holders' reasons when
 * they refuse. */
GmSecret *gm_key_client_fetch (const GmKeyQuery *query,
                               GPtrArray **proofs,
                               GPtrArray **liars,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
