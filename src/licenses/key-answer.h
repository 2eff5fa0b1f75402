/* key-answer.h - a holder's signed answer; kept as proof of the license (PROTOCOLS A5, A17, D5).
 *
 *   { "v": 1, "requestHash": "0x…", "holderId": "holder-1", "index": 1, "assetId": "0x…",
 *     "orderId": "0x…", "uid": "0x…", "time": seconds, "box": "0x…", "signature": "0x… 64 bytes" }
 *
 * The box is the share, HPKE-sealed to the request's response key with info = "gotmusic/share/1" ‖
 * requestHash ‖ holderId ‖ index (one byte). The signature is Ed25519 over "gotmusic/answer/1" ‖
 * JCS of all other members, by the key that the envelope names.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/bytes.h"
#include "base/secret.h"

G_BEGIN_DECLS

#define GM_KEY_ANSWER_MAX_BYTES 8192

typedef struct
{
  GmHash request_hash;
  char *holder_id;
  guint index;
  GmHash asset_id;
  GmHash order_id;
  GmHash uid;
  gint64 time; /* of the holder's clock */
  GBytes *box;
  guint8 signature[64];
} GmKeyAnswer;

/* Seals @share into the box; all other members are set. */
gboolean
gm_key_answer_seal (GmKeyAnswer *self, const GmHash *response_key, GmSecret *share, GError **error);
GmSecret *gm_key_answer_open (const GmKeyAnswer *self, GmSecret *response_secret, GError **error);

GBytes *gm_key_answer_signed_bytes (const GmKeyAnswer *self);
/* DENIED, naming the holder. */
gboolean gm_key_answer_verify (const GmKeyAnswer *self, const GmHash *sign_key, GError **error);

GmKeyAnswer *gm_key_answer_parse (GBytes *json, GError **error);
JsonObject *gm_key_answer_to_json (const GmKeyAnswer *self);
void gm_key_answer_free (GmKeyAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmKeyAnswer, gm_key_answer_free)

G_END_DECLS
