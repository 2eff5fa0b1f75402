/* key-envelope.h - a content key, split t-of-n and sealed to its holders (PROTOCOLS A5).
 *
 *   { "v": 1, "assetId": "0x…", "condition": {…}, "t": 2, "n": 3,
 *     "shares": [ { "index": 1, "holderId": "holder-1", "holderHpkeKey": "0x…",
 *                   "holderSignKey": "0x…", "shareHash": "0x…", "box": "0x…" }, … ],
 *     "recovery": { "key": "0x…", "box": "0x…" } }
 *
 * A share is x ‖ y[32]; its box is HPKE with info = "gotmusic/envelope/1" ‖ JCS { assetId,
 * condition, holderHpkeKey, holderId, holderSignKey, index, n, shareHash, t }, where shareHash is
 * BLAKE2b-256 of the share. The recovery box holds the whole key, info = "gotmusic/recovery/1" ‖
 * JCS { assetId, condition }. Public and content-addressed: the SHA-256 of its JCS is its name.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/condition.h"

G_BEGIN_DECLS

#define GM_KEY_ENVELOPE_MAX_BYTES 65536
#define GM_KEY_HOLDER_MAX_ID      64 /* of [a-z0-9-] */
#define GM_KEY_SHARE_BYTES        33

typedef struct
{
  char *id;
  char *url; /* (nullable) in descriptors only: "http://127.0.0.1:7101" */
  GmHash hpke_key;
  GmHash sign_key; /* Ed25519 */
} GmKeyHolder;

typedef struct
{
  guint index; /* 1 … n, also the x of the share */
  GmKeyHolder holder;
  GmHash share_hash;
  GBytes *box;
} GmSealedShare;

typedef struct
{
  GmHash asset_id;
  GmCondition *condition;
  guint t;
  GPtrArray *shares; /* of GmSealedShare, by index; its length is n */
  GmHash recovery_key;
  GBytes *recovery_box;
} GmKeyEnvelope;

/* @holders: array of GmKeyHolder. */
GmKeyEnvelope *gm_key_envelope_seal (GmSecret *content_key,
                                     const GmCondition *condition,
                                     guint t,
                                     GPtrArray *holders,
                                     const GmHash *recovery_key,
                                     GError **error);
GmKeyEnvelope *gm_key_envelope_parse (GBytes *json, GError **error);
GmKeyEnvelope *gm_key_envelope_from_json (JsonObject *object, GError **error);
JsonObject *gm_key_envelope_to_json (const GmKeyEnvelope *self);
/* Canonical JSON; @hash (nullable) is its SHA-256. */
GBytes *gm_key_envelope_encode (const GmKeyEnvelope *self, GmHash *hash);
void gm_key_envelope_free (GmKeyEnvelope *self);

/* That an opened share is the one whose hash the envelope names. */
gboolean gm_key_envelope_check_share (const GmKeyEnvelope *self, guint index, GmSecret *share);
/* What the share of @index was sealed with. */
GBytes *gm_key_envelope_info (const GmKeyEnvelope *self, guint index);
/* A holder opens its share: DENIED when it is another holder's or anything was changed. */
GmSecret *gm_key_envelope_open_share (const GmKeyEnvelope *self,
                                      guint index,
                                      GmSecret *holder_key,
                                      GError **error);
GmSecret *gm_key_envelope_recover (const GmKeyEnvelope *self,
                                   GmSecret *recovery_key,
                                   GError **error);

GmKeyHolder *
gm_key_holder_new (const char *id, const char *url, const GmHash *hpke_key, const GmHash *sign_key);
void gm_key_holder_free (GmKeyHolder *self);
gboolean gm_key_holder_id_is_valid (const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeyEnvelope, gm_key_envelope_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeyHolder, gm_key_holder_free)

G_END_DECLS
