/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/tx-run.h"

#include <glib/gi18n-lib.h>

#include "app/signing-desk.h"
#include "base/error.h"
#include "chain/balances.h"
#include "chain/tx-receipt.h"
#include "chain/tx-sender.h"
#include "evm/address.h"
#include "evm/raw-tx.h"
#include "licenses/license-db.h"

static void
clear (gpointer data)
{
  GmTxRun *self = data;

  g_clear_pointer (&self->network, gm_wallet_network_unref);
  g_free (self->ledger);
  g_clear_pointer (&self->tx, gm_tx_free);
  g_clear_pointer (&self->signer, gm_signing_desk_signer_free);
  g_free (self->sentence);
  g_free (self->recipient);
  g_clear_pointer (&self->replaces, gm_sent_tx_free);
  g_clear_pointer (&self->sent, gm_sent_tx_free);
}

GmTxRun *
gm_tx_run_ref (GmTxRun *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gm_tx_run_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static GmTxRun *
run_new (GmWalletNetwork *network, const char *ledger)
{
  GmTxRun *self = g_atomic_rc_box_new0 (GmTxRun);

  self->network = gm_wallet_network_ref (network);
  self->ledger = g_strdup (ledger);
  self->transfer.network = network->network;
  return self;
}

GmTxRun *
gm_tx_run_new (GmWalletNetwork *network, const char *ledger, const GmTransfer *transfer)
{
  GmTxRun *self = run_new (network, ledger);

  self->transfer = *transfer;
  return self;
}

GmTxRun *
gm_tx_run_new_replace (GmWalletNetwork *network,
                       const char *ledger,
                       const GmSentTx *replaced,
                       gboolean cancel,
                       GError **error)
{
  GmTxRun *self = run_new (network, ledger);
  GmSignature signature;

  self->replaces = gm_record_copy (&gm_sent_tx_type, replaced);
  if (!gm_address_parse (replaced->account, &self->transfer.from, error))
    return gm_tx_run_unref (self), NULL;
  self->transfer.to = self->transfer.from;
  self->recipient = g_strdup (cancel ? replaced->account : replaced->recipient);
  self->sentence = cancel ? g_strdup_printf (_ ("Cancel: %s"), replaced->sentence)
                          : g_strdup (replaced->sentence);
  self->tx = cancel ? gm_transfer_build (&self->transfer)
                    : gm_raw_tx_parse (replaced->raw, &signature, error);
  if (self->tx == NULL)
    return gm_tx_run_unref (self), NULL;
  return self;
}

GmTxRun *
gm_tx_run_new_follow (GmWalletNetwork *network, const char *ledger, const GmSentTx *sent)
{
  GmTxRun *self = run_new (network, ledger);

  self->sent = gm_record_copy (&gm_sent_tx_type, sent);
  self->seen = (GmSentTxState) sent->state;
  return self;
}

/* What the fee leaves. */
static gboolean
take_all (GmTxRun *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) balances = gm_balances_read (self->network->chain, &self->transfer.from,
                                                  cancellable, error);
  const GmU256 *ether = balances != NULL ? &g_array_index (balances, GmBalance, 0).units : NULL;

  if (ether == NULL)
    return FALSE;
  if (gm_u256_compare (ether, &self->fees.total) <= 0)
    return gm_fail (error, GM_ERROR_FUNDS, _ ("The fee is more than the account has."));
  if (!gm_u256_subtract (ether, &self->fees.total, &self->transfer.units, error))
    return FALSE;
  self->tx->value = self->transfer.units;
  return TRUE;
}

/* A transfer of all that there was leaves nothing for more. */
static gboolean
outbid (GmTxRun *self, GError **error)
{
  GmSignature signature;
  g_autoptr (GmTx) replaced = gm_raw_tx_parse (self->replaces->raw, &signature, error);
  const GmFees now = self->fees;

  if (replaced == NULL || !gm_fees_raise (replaced, &now, &self->fees, error))
    return FALSE;
  if (gm_u256_is_zero (&self->tx->value))
    return gm_fees_check (&self->fees, self->tx, error);
  return gm_fees_check (&self->fees, self->tx, NULL) ||
         gm_fail (error, GM_ERROR_FUNDS,
                  _ ("There is nothing left for a higher fee: cancel it instead."));
}

static gboolean
prepare (GmTxRun *self, GCancellable *cancellable, GError **error)
{
  const gboolean all = self->transfer.all && self->transfer.token == NULL;

  if (all) /* with any value: a contract may take ether another way than nothing */
    self->transfer.units = gm_u256_from_u64 (1);
  if (self->tx == NULL)
    self->tx = gm_transfer_build (&self->transfer);
  if (!gm_fees_estimate (self->network->chain, &self->transfer.from, self->tx, &self->fees,
                         cancellable, error))
    return FALSE;
  if ((all && !take_all (self, cancellable, error)) ||
      (self->replaces != NULL && !outbid (self, error)))
    {
      self->fees.gas = 0;
      return FALSE;
    }
  gm_fees_apply (&self->fees, self->tx);
  return TRUE;
}

gpointer
gm_tx_run_prepare (gpointer run, GCancellable *cancellable, GError **error)
{
  return prepare (run, cancellable, error) ? gm_tx_run_ref (run) : NULL;
}

static gboolean
choose_nonce (GmTxRun *self,
              GmSql *ledger,
              const char *account,
              GCancellable *cancellable,
              GError **error)
{
  GmNonces nonces;

  if (self->replaces != NULL)
    {
      self->tx->nonce = (guint64) self->replaces->nonce;
      return TRUE;
    }
  return gm_tx_sender_mined_nonce (self->network->chain, &self->transfer.from, &nonces.mined,
                                   cancellable, error) &&
         gm_tx_sender_next_nonce (self->network->chain, &self->transfer.from, &nonces.pending,
                                  cancellable, error) &&
         gm_tx_journal_next_nonce (ledger, account, self->tx->chain_id, &nonces, &self->tx->nonce,
                                   error);
}

static GmSentTx *
sent_new (GmTxRun *self, const char *account, GBytes *raw)
{
  GmSentTx *sent = g_new0 (GmSentTx, 1);
  GmHash hash;

  gm_raw_tx_hash (raw, &hash);
  sent->hash = gm_hash_dup_hex (&hash);
  sent->account = g_strdup (account);
  sent->chain_id = (gint64) self->tx->chain_id;
  sent->nonce = (gint64) self->tx->nonce;
  sent->raw = g_bytes_ref (raw);
  sent->sentence = self->sentence != NULL ? g_strdup (self->sentence)
                                          : gm_transfer_dup_sentence (&self->transfer);
  sent->recipient = self->recipient != NULL ? g_strdup (self->recipient)
                                            : gm_address_dup_text (&self->transfer.to);
  return sent;
}

/* Tried out and read before it is signed. */
static GBytes *
sign_tx (GmTxRun *self, GCancellable *cancellable, GError **error)
{
  const GmSigningPurpose purpose = { .chain_id = self->tx->chain_id,
                                     .chain = self->network->chain,
                                     .l1_fee = self->fees.l1_fee,
                                     .cancellable = cancellable };
  GBytes *raw;

  gm_signing_desk_signer_set_purpose (self->signer, &purpose);
  raw = gm_tx_sign (self->tx, self->signer, error);
  gm_signing_desk_signer_set_purpose (self->signer, NULL);
  return raw;
}

static gboolean
sign (GmTxRun *self, GmSql *ledger, GCancellable *cancellable, GError **error)
{
  g_autofree char *account = gm_address_dup_text (&self->transfer.from);
  g_autoptr (GmSentTx) sent = NULL;
  g_autoptr (GBytes) raw = NULL;

  if (self->signer == NULL)
    return gm_fail (error, GM_ERROR_LOCKED, _ ("Unlock the wallet to send."));
  if (!gm_address_equal (&self->transfer.from, &self->signer->address))
    return gm_fail (error, GM_ERROR_DENIED, _ ("This belongs to another account."));
  if (self->fees.gas == 0 && !prepare (self, cancellable, error))
    return FALSE;
  if (!choose_nonce (self, ledger, account, cancellable, error))
    return FALSE;
  raw = sign_tx (self, cancellable, error);
  if (raw == NULL)
    return FALSE;
  sent = sent_new (self, account, raw);
  if (!gm_tx_journal_put (ledger, sent, error))
    return FALSE;
  gm_sent_tx_free (self->sent);
  self->sent = g_steal_pointer (&sent);
  return TRUE;
}

gboolean
gm_tx_run_sign (GmTxRun *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSql) ledger = gm_license_db_open (self->ledger, error);

  return ledger != NULL && sign (self, ledger, cancellable, error);
}

/* A node may have taken what it, or another one, then refuses. */
static gboolean
is_known (GmTxRun *self, GCancellable *cancellable)
{
  GmTxReceipt receipt = { .state = GM_TX_UNKNOWN };
  GmHash hash;

  gm_raw_tx_hash (self->sent->raw, &hash);
  return !gm_tx_receipt_read (self->network->chain, &hash, &receipt, cancellable, NULL) ||
         receipt.state != GM_TX_UNKNOWN;
}

/* Where it stands after an attempt to send it; a refusal of what was never sent is its end. But
 * CONFLICT says that something of its nonce is there: the chain tells what became of both. */
static GmSentTxState
deliver (GmTxRun *self, GCancellable *cancellable)
{
  g_autoptr (GError) problem = NULL;

  if (gm_tx_sender_send (self->network->chain, self->sent->raw, cancellable, &problem))
    return GM_SENT_TX_SENT;
  if (self->sent->state == GM_SENT_TX_SENT || gm_error_is (problem, GM_ERROR_OFFLINE) ||
      gm_error_is (problem, GM_ERROR_DECLINED) || gm_error_is (problem, GM_ERROR_CONFLICT))
    return (GmSentTxState) self->sent->state;
  if (is_known (self, cancellable))
    return GM_SENT_TX_SENT;
  g_free (self->sent->failure);
  self->sent->failure = g_strdup (problem->message);
  return GM_SENT_TX_DROPPED;
}

/* What was sent stays sent when the journal does not learn it: it is SIGNED, and looked after. */
static gboolean
sign_and_deliver (GmTxRun *self, GmSql *ledger, GCancellable *cancellable, GError **error)
{
  if (!sign (self, ledger, cancellable, error))
    return FALSE;
  self->seen = deliver (self, cancellable);
  if (self->seen != (GmSentTxState) self->sent->state)
    gm_tx_journal_move (ledger, self->sent, self->seen, NULL);
  return TRUE;
}

/* A node that refused it did not know that another one had taken it. */
static gboolean
send_again (GmTxRun *self, GmSql *ledger, GCancellable *cancellable, GError **error)
{
  GmTxReceipt receipt;
  GmHash hash;

  gm_raw_tx_hash (self->sent->raw, &hash);
  if (!gm_tx_receipt_read (self->network->chain, &hash, &receipt, cancellable, error))
    return FALSE;
  if (receipt.state == GM_TX_UNKNOWN)
    return sign_and_deliver (self, ledger, cancellable, error);
  g_clear_pointer (&self->sent->failure, g_free);
  gm_tx_journal_move (ledger, self->sent, GM_SENT_TX_SENT, NULL); /* unless it knows more */
  self->sent->state = self->seen = GM_SENT_TX_SENT;
  return TRUE;
}

gpointer
gm_tx_run_send (gpointer run, GCancellable *cancellable, GError **error)
{
  GmTxRun *self = run;
  g_autoptr (GmSql) ledger = gm_license_db_open (self->ledger, error);
  gboolean ok;

  if (ledger == NULL)
    return NULL;
  ok = self->sent != NULL ? send_again (self, ledger, cancellable, error)
                          : sign_and_deliver (self, ledger, cancellable, error);
  return ok ? gm_tx_run_ref (self) : NULL;
}

/* One that others wait for has to come, or be replaced: without it they never would be mined. */
static gboolean
is_waited_for (GmTxRun *self)
{
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (self->ledger, NULL);
  gboolean later = TRUE;

  return ledger == NULL || !gm_tx_journal_has_later (ledger, self->sent, &later, NULL) || later;
}

static GmSentTxState
deliver_again (GmTxRun *self, GCancellable *cancellable)
{
  const GmSentTxState seen = deliver (self, cancellable);

  return seen == GM_SENT_TX_DROPPED && is_waited_for (self) ? (GmSentTxState) self->sent->state
                                                            : seen;
}

static void
see_receipt (GmTxRun *self, const GmTxReceipt *receipt)
{
  g_free (self->sent->cost);
  self->sent->cost = gm_u256_format (&receipt->cost);
  self->seen = receipt->state == GM_TX_DONE ? GM_SENT_TX_DONE : GM_SENT_TX_REVERTED;
}

/* The count is read before the receipt: what is unknown after its nonce was used will never be,
 * but for a node that is late. What ended without a block is only looked for. */
gpointer
gm_tx_run_look (gpointer run, GCancellable *cancellable, GError **error)
{
  GmTxRun *self = run;
  GmTxReceipt receipt;
  GmAddress account;
  GmHash hash;
  guint64 mined;

  gm_raw_tx_hash (self->sent->raw, &hash);
  if (!gm_address_parse (self->sent->account, &account, error) ||
      !gm_tx_sender_mined_nonce (self->network->chain, &account, &mined, cancellable, error) ||
      !gm_tx_receipt_read (self->network->chain, &hash, &receipt, cancellable, error))
    return NULL;
  if (receipt.state == GM_TX_DONE || receipt.state == GM_TX_REVERTED)
    see_receipt (self, &receipt);
  else if (self->sent->state == GM_SENT_TX_REPLACED)
    self->seen = GM_SENT_TX_REPLACED;
  else if (receipt.state == GM_TX_PENDING)
    self->seen = GM_SENT_TX_SENT;
  else if (self->sent->state == GM_SENT_TX_DROPPED)
    self->seen = GM_SENT_TX_DROPPED;
  else if (mined > (guint64) self->sent->nonce)
    self->seen = GM_SENT_TX_REPLACED;
  else
    self->seen = deliver_again (self, cancellable);
  return gm_tx_run_ref (self);
}

gpointer
gm_tx_run_note (gpointer run, GCancellable *cancellable, GError **error)
{
  GmTxRun *self = run;
  g_autoptr (GmSql) ledger = gm_license_db_open (self->ledger, error);

  if (ledger == NULL || !gm_tx_journal_move (ledger, self->sent, self->seen, error))
    return NULL;
  return gm_tx_run_ref (self);
}
