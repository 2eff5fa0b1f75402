/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tx-journal.h"

#include "base/clock.h"
#include "base/error.h"

#define ALL        "SELECT * FROM transactions ORDER BY created_at DESC, hash"
#define OF_ACCOUNT "FROM transactions WHERE account = ?1 AND chain_id = ?2 AND "
#define NEXT                                                                                       \
  "SELECT MIN (n) FROM (SELECT ?5 AS n "                                                           \
  "UNION SELECT nonce " OF_ACCOUNT "state = ?3 AND nonce >= ?4 "                                   \
  "UNION SELECT nonce + 1 " OF_ACCOUNT "state <> ?3 AND nonce >= ?5) "                             \
  "WHERE n NOT IN (SELECT nonce " OF_ACCOUNT "state <> ?3)"
#define LATER "SELECT COUNT (*) " OF_ACCOUNT "nonce > ?3 AND state IN (?4, ?5)"
#define UPDATE                                                                                     \
  "UPDATE transactions SET state = ?1, cost = ?2, failure = ?3, updated_at = ?4 "                  \
  "WHERE hash = ?5 AND state = ?6"
#define REPLACE                                                                                    \
  "UPDATE transactions SET state = ?1, updated_at = ?2 WHERE account = ?3 AND chain_id = ?4 AND "  \
  "nonce = ?5 AND hash <> ?6 AND state IN (?7, ?8)"

static const GmField fields[] = {
  GM_FIELD (GmSentTx, hash, NULL, TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, account, NULL, TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, chain_id, NULL, INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, nonce, NULL, INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, raw, NULL, BYTES, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, sentence, NULL, TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, recipient, NULL, TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, state, NULL, INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, cost, NULL, TEXT, GM_FIELD_NO_JSON | GM_FIELD_OPTIONAL),
  GM_FIELD (GmSentTx, failure, NULL, TEXT, GM_FIELD_NO_JSON | GM_FIELD_OPTIONAL),
  GM_FIELD (GmSentTx, created_at, NULL, INT, GM_FIELD_NO_JSON),
  GM_FIELD (GmSentTx, updated_at, NULL, INT, GM_FIELD_NO_JSON),
};

const GmRecordType gm_sent_tx_type = { "transactions", sizeof (GmSentTx), fields,
                                       G_N_ELEMENTS (fields) };

#define TO(state) (1u << GM_SENT_TX_##state)
#define MINED     (TO (DONE) | TO (REVERTED))
#define END       (MINED | TO (REPLACED) | TO (DROPPED))

/* The drawing in the header: bit s of row r is set when r may become s. */
static const guint moves[GM_SENT_TX_N_STATES] = {
  [GM_SENT_TX_SIGNED] = TO (SENT) | END,
  [GM_SENT_TX_SENT] = END,
  [GM_SENT_TX_REPLACED] = MINED,
  [GM_SENT_TX_DROPPED] = MINED | TO (SENT),
};

void
gm_sent_tx_free (GmSentTx *tx)
{
  gm_record_free (&gm_sent_tx_type, tx);
}

gboolean
gm_sent_tx_is_open (const GmSentTx *tx)
{
  return tx->state == GM_SENT_TX_SIGNED || tx->state == GM_SENT_TX_SENT;
}

gboolean
gm_sent_tx_is_mined (const GmSentTx *tx)
{
  return tx->state == GM_SENT_TX_DONE || tx->state == GM_SENT_TX_REVERTED;
}

gboolean
gm_sent_tx_is_rival (const GmSentTx *a, const GmSentTx *b)
{
  return a->chain_id == b->chain_id && a->nonce == b->nonce &&
         g_str_equal (a->account, b->account) && !g_str_equal (a->hash, b->hash);
}

gboolean
gm_tx_journal_put (GmSql *ledger, GmSentTx *tx, GError **error)
{
  tx->state = GM_SENT_TX_SIGNED;
  tx->created_at = tx->updated_at = gm_clock_now_ms ();
  if (!gm_sql_put (ledger, &gm_sent_tx_type, tx, error))
    {
      g_prefix_error (error, "keep a transaction: ");
      return FALSE;
    }
  return TRUE;
}

static gboolean
update_row (GmSql *ledger, const GmSentTx *tx, GmSentTxState to, gint64 now, GError **error)
{
  const GmValue values[] = {
    gm_value_int (to),  gm_value_text (tx->cost), gm_value_text (tx->failure),
    gm_value_int (now), gm_value_text (tx->hash), gm_value_int (tx->state),
  };
  gint64 changed = 0;

  if (!gm_sql_run (ledger, UPDATE, values, G_N_ELEMENTS (values), &changed, error))
    return FALSE;
  return changed == 1 ||
         gm_fail (error, GM_ERROR_CONFLICT, "this transaction went on somewhere else");
}

/* A nonce is used once. */
static gboolean
replace_others (GmSql *ledger, const GmSentTx *mined, gint64 now, GError **error)
{
  const GmValue values[] = {
    gm_value_int (GM_SENT_TX_REPLACED), gm_value_int (now),
    gm_value_text (mined->account),     gm_value_int (mined->chain_id),
    gm_value_int (mined->nonce),        gm_value_text (mined->hash),
    gm_value_int (GM_SENT_TX_SIGNED),   gm_value_int (GM_SENT_TX_SENT),
  };

  return gm_sql_run (ledger, REPLACE, values, G_N_ELEMENTS (values), NULL, error);
}

gboolean
gm_tx_journal_move (GmSql *ledger, GmSentTx *tx, GmSentTxState to, GError **error)
{
  const gboolean is_mined = to == GM_SENT_TX_DONE || to == GM_SENT_TX_REVERTED;
  const gint64 now = gm_clock_now_ms ();

  if ((moves[tx->state] & (1u << to)) == 0)
    return gm_fail (error, GM_ERROR_BUG, "a transaction cannot go from %d to %d", (int) tx->state,
                    (int) to);
  if (!gm_sql_begin (ledger, error))
    return FALSE;
  if (!update_row (ledger, tx, to, now, error) ||
      (is_mined && !replace_others (ledger, tx, now, error)) || !gm_sql_commit (ledger, error))
    {
      gm_sql_rollback (ledger);
      return FALSE;
    }
  tx->state = to;
  tx->updated_at = now;
  return TRUE;
}

GPtrArray *
gm_tx_journal_list (GmSql *ledger, GError **error)
{
  return gm_sql_list (ledger, &gm_sent_tx_type, ALL, NULL, 0, error);
}

gboolean
gm_tx_journal_next_nonce (GmSql *ledger,
                          const char *account,
                          guint64 chain_id,
                          const GmNonces *nonces,
                          guint64 *out,
                          GError **error)
{
  const GmValue values[] = { gm_value_text (account), gm_value_int ((gint64) chain_id),
                             gm_value_int (GM_SENT_TX_DROPPED),
                             gm_value_int ((gint64) nonces->mined),
                             gm_value_int ((gint64) nonces->pending) };
  gint64 next;

  if (!gm_sql_int (ledger, NEXT, values, G_N_ELEMENTS (values), &next, error))
    return FALSE;
  *out = (guint64) next;
  return TRUE;
}

gboolean
gm_tx_journal_has_later (GmSql *ledger, const GmSentTx *tx, gboolean *out, GError **error)
{
  const GmValue values[] = { gm_value_text (tx->account), gm_value_int (tx->chain_id),
                             gm_value_int (tx->nonce), gm_value_int (GM_SENT_TX_SIGNED),
                             gm_value_int (GM_SENT_TX_SENT) };
  gint64 n;

  if (!gm_sql_int (ledger, LATER, values, G_N_ELEMENTS (values), &n, error))
    return FALSE;
  *out = n > 0;
  return TRUE;
}
