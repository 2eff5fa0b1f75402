/* key-request.h - asking a holder for its share, signed (PROTOCOLS A17, A18).
 *
 *   KeyRequest(bytes32 assetId,bytes32 orderId,bytes32 uid,address buyer,bytes32 responseKey,
 *              bytes32 nonce,uint64 issuedAt,uint64 expiresAt)
 *   KeyDelegate(address buyer,bytes32 scope,address sessionKey,uint64 expiresAt)
 *
 * EIP-712 in the domain "GotMusic Keys". The request is signed by the buyer, or by the session key
 * of a delegate that the buyer signed (scope: the order id, or 0 for the whole library; at most 7
 * days). JSON sent to POST /v1/share:
 *   { "v": 1, "request": {…, "signature" }, "delegate": {…, "signature" } or absent,
 *     "attestation": {…}, "envelope": {…} }
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-envelope.h"

G_BEGIN_DECLS

#define GM_KEY_REQUEST_MAX_BYTES   (128 * 1024)
#define GM_KEY_REQUEST_WINDOW_S    120 /* issuedAt may differ so much from the holder's clock */
#define GM_KEY_REQUEST_LIFE_S      300 /* expiresAt − issuedAt at most */
#define GM_KEY_DELEGATE_MAX_LIFE_S (7 * 24 * 3600)

typedef struct
{
  GmHash asset_id;
  GmHash order_id;
  GmHash uid;
  GmAddress buyer;
  GmHash response_key; /* fresh X25519 */
  GmHash nonce;
  gint64 issued_at; /* seconds since 1970, of the holder's clock */
  gint64 expires_at;
  GmSignature signature;
} GmKeyRequest;

typedef struct
{
  GmAddress buyer;
  GmHash scope;
  GmAddress session_key;
  gint64 expires_at;
  GmSignature signature;
} GmKeyDelegate;

typedef struct
{
  GmKeyRequest request;
  GmKeyDelegate *delegate; /* (nullable) */
  GmAttestation *attestation;
  GmKeyEnvelope *envelope;
} GmKeyAsk;

/* EIP-712 digest: the requestHash of answers. */
void gm_key_request_hash (const GmKeyRequest *self,
                          guint64 chain_id,
                          const GmAddress *issuer,
                          GmHash *out);
gboolean gm_key_request_sign (GmKeyRequest *self,
                              guint64 chain_id,
                              const GmAddress *issuer,
                              const GmSigner *signer,
                              GError **error);
/* Window, life, signature, delegate: everything but the replayed nonce. DENIED with the reason. */
gboolean gm_key_request_check (const GmKeyRequest *self,
                               const GmKeyDelegate *delegate,
                               guint64 chain_id,
                               const GmAddress *issuer,
                               gint64 now_unix,
                               GError **error);

/* The wallet's only signature for keys, made at authorize. */
gboolean gm_key_delegate_sign (GmKeyDelegate *self,
                               guint64 chain_id,
                               const GmAddress *issuer,
                               const GmSigner *buyer,
                               GError **error);
void gm_key_delegate_hash (const GmKeyDelegate *self,
                           guint64 chain_id,
                           const GmAddress *issuer,
                           GmHash *out);
JsonObject *gm_key_delegate_to_json (const GmKeyDelegate *self);
GmKeyDelegate *gm_key_delegate_from_json (JsonObject *object, GError **error);

GmKeyAsk *gm_key_ask_parse (GBytes *json, GError **error);
GBytes *gm_key_ask_encode (const GmKeyAsk *self);
void gm_key_ask_free (GmKeyAsk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeyAsk, gm_key_ask_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeyDelegate, g_free)

G_END_DECLS
