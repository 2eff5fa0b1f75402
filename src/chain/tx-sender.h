/* tx-sender.h - the next nonce of an account, and handing signed bytes to the nodes.
 *
 * Sending is safe to repeat: the same bytes are the same transaction. What was signed is on disk
 * before it is sent, so that a crash in between loses nothing (the caller's journal).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"

G_BEGIN_DECLS

/* The first that no node has seen, mined or waiting; one may have forgotten what we sent. */
gboolean gm_tx_sender_next_nonce (GmChain *chain,
                                  const GmAddress *account,
                                  guint64 *out,
                                  GCancellable *cancellable,
                                  GError **error);

/* What every node says is mined: a nonce below it is used for ever. */
gboolean gm_tx_sender_mined_nonce (GmChain *chain,
                                   const GmAddress *account,
                                   guint64 *out,
                                   GCancellable *cancellable,
                                   GError **error);

/* To every node: one that takes it is enough, and one that had it already took it. CONFLICT when
 * its nonce is used by another transaction, FUNDS when the account cannot pay for it. */
gboolean gm_tx_sender_send (GmChain *chain, GBytes *raw, GCancellable *cancellable, GError **error);

G_END_DECLS
