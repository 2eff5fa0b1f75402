/* tx-run.h - what sending takes: ask the fee, sign, keep, send, and look what became of it.
 *
 *   gm_tx_run_prepare()  io      the fee; nothing is signed
 *   gm_tx_run_send()     chain   nonce, signature, journal, send: one after the other for all
 *   gm_tx_run_look()     io      the chain is asked, and what it lost is sent again
 *   gm_tx_run_note()     chain   the journal learns it
 *
 * Each is a GmWork whose input and result is the run. The chain thread is the only writer of the
 * ledger, and hands out one nonce at a time.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/transfer.h"
#include "app/tx-journal.h"
#include "app/wallet-network.h"
#include "chain/fees.h"

G_BEGIN_DECLS

typedef struct
{
  GmWalletNetwork *network;
  char *ledger; /* path */
  GmTransfer transfer;
  GmTx *tx;           /* (nullable) until it is prepared, when it is a transfer */
  GmFees fees;        /* gas 0 until it is prepared */
  GmSigner *signer;   /* (nullable) set before sending; see gm_signing_desk_signer_new() */
  char *sentence;     /* (nullable) that of the transfer */
  char *recipient;    /* (nullable) that of the transfer */
  GmSentTx *replaces; /* (nullable) whose nonce is taken, and whose fee is outbid */
  GmSentTx *sent;     /* (nullable) */
  GmSentTxState seen; /* by a look */
} GmTxRun;

GmTxRun *gm_tx_run_new (GmWalletNetwork *network, const char *ledger, const GmTransfer *transfer);
/* The same again for a higher fee; or, to @cancel it, nothing to oneself. */
GmTxRun *gm_tx_run_new_replace (GmWalletNetwork *network,
                                const char *ledger,
                                const GmSentTx *replaced,
                                gboolean cancel,
                                GError **error);
GmTxRun *gm_tx_run_new_follow (GmWalletNetwork *network, const char *ledger, const GmSentTx *sent);
GmTxRun *gm_tx_run_ref (GmTxRun *self);
void gm_tx_run_unref (gpointer self);

/* FUNDS when the account cannot pay. */
gpointer gm_tx_run_prepare (gpointer run, GCancellable *cancellable, GError **error);
/* The first half of sending: what is signed is in the journal. Fails before that only. */
gboolean gm_tx_run_sign (GmTxRun *self, GCancellable *cancellable, GError **error);
/* Prepares what is not. LOCKED without a signer, DENIED with one of another account. What could not
 * be sent now stays SIGNED, and what is refused is DROPPED with the reason: both are no error. One
 * that was DROPPED may be sent again: it is not signed twice when a node has it after all. */
gpointer gm_tx_run_send (gpointer run, GCancellable *cancellable, GError **error);
gpointer gm_tx_run_look (gpointer run, GCancellable *cancellable, GError **error);
gpointer gm_tx_run_note (gpointer run, GCancellable *cancellable, GError **error);

G_END_DECLS
