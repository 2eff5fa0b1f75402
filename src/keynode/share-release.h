/* share-release.h - whether a holder gives out its share, and the answer that carries it.
 *
 * Deny by default: every check names its own reason, cheap ones first, and a nonce is spent only by
 * a request that would be answered. No clock, file or network in here.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "keynode/nonce-window.h"
#include "keynode/policy.h"
#include "licenses/key-answer.h"
#include "licenses/key-request.h"

G_BEGIN_DECLS

typedef struct
{
  const GmPolicy *policy;
  GmNonceWindow *nonces;
  GmSecret *hpke_key;
  GmSecret *sign_seed; /* Ed25519 */
  GmHash hpke_public;
  GmHash sign_public;
} GmShareHolder;

/* Fills the public halves. */
gboolean gm_share_holder_init (GmShareHolder *self, GError **error);

/* Who asks, and when: before anything is fetched for him (PROTOCOLS D6). */
gboolean gm_share_release_check_signed (const GmKeyAsk *ask, gint64 now_unix, GError **error);

/* @revocations (nullable) is the holder's own copy, @now_unix its clock. */
GmKeyAnswer *gm_share_release (const GmShareHolder *holder,
                               const GmKeyAsk *ask,
                               const GmRevocationList *revocations,
                               gint64 now_unix,
                               GError **error);

G_END_DECLS
