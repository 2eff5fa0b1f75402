/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tx-journal.h"

#include "base/error.h"
#include "licenses/license-db.h"

#define FRIEND "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
#define OTHER  "0x5FbDB2315678afecb367f032d93F642f64180aa3"

static GmSentTx *
make_record (const char *hash, gint64 nonce)
{
  GmSentTx *tx = g_new0 (GmSentTx, 1);

  tx->hash = g_strdup (hash);
  tx->account = g_strdup (FRIEND);
  tx->chain_id = 1;
  tx->nonce = nonce;
  tx->raw = g_bytes_new_static ("raw", 3);
  tx->sentence = g_strdup ("Send");
  tx->recipient = g_strdup (FRIEND);
  return tx;
}

static void
test_which_moves_are_legal (void)
{
  g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", NULL);
  g_autoptr (GmSentTx) first = make_record ("0x01", 4);
  g_autoptr (GmSentTx) rival = make_record ("0x02", 4);
  g_autoptr (GmSentTx) again = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_tx_journal_put (ledger, first, &error));
  g_assert_true (gm_tx_journal_put (ledger, rival, &error));
  again = gm_record_copy (&gm_sent_tx_type, first);
  g_assert_true (gm_tx_journal_move (ledger, first, GM_SENT_TX_SENT, &error));
  g_assert_true (gm_tx_journal_move (ledger, first, GM_SENT_TX_DONE, &error));
  g_assert_no_error (error);
  all = gm_tx_journal_list (ledger, &error);
  for (guint i = 0; i < all->len; i++)
    {
      const GmSentTx *tx = all->pdata[i];

      g_assert_cmpint (tx->state, ==,
                       g_str_equal (tx->hash, "0x01") ? GM_SENT_TX_DONE : GM_SENT_TX_REPLACED);
    }
  g_assert_false (gm_tx_journal_move (ledger, first, GM_SENT_TX_SENT, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
  g_clear_error (&error);
  g_assert_false (gm_tx_journal_move (ledger, again, GM_SENT_TX_SENT, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
}

/* A node was late: it is mined after all. */
static void
test_what_was_given_up_may_be_mined (void)
{
  static const GmSentTxState given_up[] = { GM_SENT_TX_REPLACED, GM_SENT_TX_DROPPED };
  static const GmSentTxState mined[] = { GM_SENT_TX_DONE, GM_SENT_TX_REVERTED };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", NULL);
      g_autoptr (GmSentTx) tx = make_record ("0x01", 4);
      g_autoptr (GError) error = NULL;

      g_assert_true (gm_tx_journal_put (ledger, tx, &error));
      g_assert_true (gm_tx_journal_move (ledger, tx, given_up[i / 2], &error));
      g_assert_true (gm_tx_journal_move (ledger, tx, mined[i % 2], &error));
      g_assert_no_error (error);
    }
}

static void
put (GmSql *ledger, gint64 nonce, GmSentTxState state)
{
  g_autofree char *hash = g_strdup_printf ("0x%02x%02x", (guint) nonce, (guint) state);
  g_autoptr (GmSentTx) tx = make_record (hash, nonce);

  g_assert_true (gm_tx_journal_put (ledger, tx, NULL));
  if (state != GM_SENT_TX_SIGNED)
    g_assert_true (gm_tx_journal_move (ledger, tx, state, NULL));
}

static void
test_the_lowest_free_nonce_is_next (void)
{
  static const struct
  {
    const char
        *rows; /* of the nonces 4, 5, 6 …: . none, o signed, d dropped, r replaced, m mined */
    GmNonces nonces;
    guint64 next;
  } cases[] = {
    { "", { 0, 0 }, 0 },    { "", { 4, 6 }, 6 },    /* another wallet waits */
    { "oo", { 4, 4 }, 6 },                          /* a node forgot both */
    { "doo", { 4, 4 }, 4 }, { "odo", { 4, 5 }, 5 }, /* they wait for it */
    { ".oo", { 4, 4 }, 4 },                         /* and for what another wallet took back */
    { "d", { 4, 5 }, 4 },                           /* the node may have it */
    { "dd", { 4, 6 }, 4 },  { "d", { 5, 5 }, 5 },   /* used by another one */
    { "mr", { 4, 4 }, 6 },                          /* a node is late */
    { "mmo", { 6, 6 }, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", NULL);
      guint64 next = 99;

      for (guint row = 0; cases[i].rows[row] != '\0'; row++)
        switch (cases[i].rows[row])
          {
          case 'o': put (ledger, 4 + row, GM_SENT_TX_SIGNED); break;
          case 'd': put (ledger, 4 + row, GM_SENT_TX_DROPPED); break;
          case 'r': put (ledger, 4 + row, GM_SENT_TX_REPLACED); break;
          case 'm': put (ledger, 4 + row, GM_SENT_TX_DONE); break;
          default: break;
          }
      put (ledger, 40, GM_SENT_TX_DROPPED); /* far away */
      g_assert_true (gm_tx_journal_next_nonce (ledger, FRIEND, 1, &cases[i].nonces, &next, NULL));
      g_assert_cmpuint (next, ==, cases[i].next);
      g_assert_true (gm_tx_journal_next_nonce (ledger, OTHER, 1, &cases[i].nonces, &next, NULL));
      g_assert_cmpuint (next, ==, cases[i].nonces.pending); /* of another account */
    }
}

static void
test_what_waits_for_it_is_known (void)
{
  g_autoptr (GmSql) ledger = gm_license_db_open (":memory:", NULL);
  g_autoptr (GmSentTx) tx = make_record ("0x01", 5);
  gboolean later = TRUE;

  put (ledger, 4, GM_SENT_TX_SIGNED);
  put (ledger, 6, GM_SENT_TX_DROPPED);
  put (ledger, 7, GM_SENT_TX_DONE);
  g_assert_true (gm_tx_journal_has_later (ledger, tx, &later, NULL));
  g_assert_false (later);
  put (ledger, 8, GM_SENT_TX_SENT);
  g_assert_true (gm_tx_journal_has_later (ledger, tx, &later, NULL));
  g_assert_true (later);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tx-journal/knows-which-moves-are-legal", test_which_moves_are_legal);
  g_test_add_func ("/tx-journal/what-was-given-up-may-be-mined",
                   test_what_was_given_up_may_be_mined);
  g_test_add_func ("/tx-journal/the-lowest-free-nonce-is-next", test_the_lowest_free_nonce_is_next);
  g_test_add_func ("/tx-journal/what-waits-for-it-is-known", test_what_waits_for_it_is_known);
  return g_test_run ();
}
