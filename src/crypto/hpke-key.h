/* hpke-key.h - the key schedule behind hpke.h: what both ends of one box agree on.
 *
 * RFC 9180 sections 4.1 (encap, decap) and 5.1 (key schedule), mode base. Deterministic, so the
 * RFC's vectors fit here; hpke.h draws the ephemeral key.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 key[32];   /* ChaCha20-Poly1305 */
  guint8 nonce[12]; /* of the first message, and there is no second */
} GmHpkeKey;

/* BAD_DATA when a public key is of small order. Whoever gets a key wipes it. */
gboolean gm_hpke_key_send (const guint8 ephemeral[32],
                           const GmHash *recipient,
                           GBytes *info,
                           GmHpkeKey *out,
                           GError **error);
gboolean gm_hpke_key_receive (const guint8 secret[32],
                              const GmHash *enc,
                              GBytes *info,
                              GmHpkeKey *out,
                              GError **error);

G_END_DECLS
