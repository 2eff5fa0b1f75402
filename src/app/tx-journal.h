/* tx-journal.h - the record of every transaction this wallet signed, in the ledger.
 *
 *   SIGNED ─▶ SENT ─▶ DONE | REVERTED (mined)
 *      ├───────┴────▶ REPLACED (another of its nonce was mined)
 *      └────────────▶ DROPPED (refused, and no node knows it)
 *
 * It is put before it is sent: after that a crash loses nothing, and sending the same bytes twice
 * is harmless. Of all that have one nonce only one is mined; then the others are REPLACED.
 *
 * Nodes may be late, or not know what another one took: who is REPLACED or DROPPED may turn out to
 * be mined. That no money goes twice is in the nonce: that of a DROPPED one is the next to be used,
 * as long as nothing else has it, so that at most one of both is mined. One thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

typedef enum
{
  GM_SENT_TX_SIGNED,
  GM_SENT_TX_SENT,
  GM_SENT_TX_DONE,
  GM_SENT_TX_REVERTED,
  GM_SENT_TX_REPLACED,
  GM_SENT_TX_DROPPED,
  GM_SENT_TX_N_STATES,
} GmSentTxState;

typedef struct
{
  char *hash;
  char *account;
  gint64 chain_id;
  gint64 nonce;
  GBytes *raw;
  char *sentence;  /* what it does */
  char *recipient; /* of the money, also when a token's contract is asked to move it */
  gint64 state;    /* GmSentTxState */
  char *cost;      /* (nullable) wei, once it is mined */
  char *failure;   /* (nullable) a sentence */
  gint64 created_at;
  gint64 updated_at; /* ms */
} GmSentTx;

extern const GmRecordType gm_sent_tx_type;
void gm_sent_tx_free (GmSentTx *tx);
gboolean gm_sent_tx_is_open (const GmSentTx *tx); /* it has to be sent or followed */
gboolean gm_sent_tx_is_mined (const GmSentTx *tx);
gboolean gm_sent_tx_is_rival (const GmSentTx *a, const GmSentTx *b); /* of one nonce */

/* As SIGNED. One that was dropped may come again. */
gboolean gm_tx_journal_put (GmSql *ledger, GmSentTx *tx, GError **error);
/* Changes the state in the row and in @tx, with its cost and failure as they are now. BUG when the
 * move is not legal, CONFLICT when the row is not in the state @tx believes. */
gboolean gm_tx_journal_move (GmSql *ledger, GmSentTx *tx, GmSentTxState to, GError **error);

GPtrArray *gm_tx_journal_list (GmSql *ledger, GError **error); /* newest first */

/* What the nodes say of an account: below @mined all is used, and @pending is the first they have
 * not seen. */
typedef struct
{
  guint64 mined;
  guint64 pending;
} GmNonces;

/* The lowest that is free: also one in front of what waits, which waits for it. */
gboolean gm_tx_journal_next_nonce (GmSql *ledger,
                                   const char *account,
                                   guint64 chain_id,
                                   const GmNonces *nonces,
                                   guint64 *out,
                                   GError **error);
/* Whether an open one waits for @tx to be mined. */
gboolean gm_tx_journal_has_later (GmSql *ledger, const GmSentTx *tx, gboolean *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSentTx, gm_sent_tx_free)

G_END_DECLS
