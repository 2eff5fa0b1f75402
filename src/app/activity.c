/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/activity.h"

#include "app/account-core.h"
#include "app/relay.h"
#include "base/error.h"
#include "evm/address.h"

#define FIRST_PAUSE_S 1 /* between two looks at what is under way */
#define LAST_PAUSE_S  30

struct _GmActivity
{
  GObject parent;
  GmActivityParts parts; /* account and settings are ours */
  GmWalletMoney *money;
  GListStore *items;
  GQueue askers; /* who waits for a send, see relay.h */
  guint looks;   /* under way */
  guint timer;
  guint pause_s;
};

G_DEFINE_FINAL_TYPE (GmActivity, gm_activity, G_TYPE_OBJECT)

static void look_later (GmActivity *self);

/* The store holds them. */
static GmActivityItem *
item_at (GmActivity *self, guint position)
{
  g_autoptr (GmActivityItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;
}

static GmActivityItem *
find (GmActivity *self, const char *hash)
{
  GmActivityItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    if (g_str_equal (gm_activity_item_get_tx (item)->hash, hash))
      return item;
  return NULL;
}

static GmWalletNetwork *
find_network (GmActivity *self, const GmSentTx *tx)
{
  GmNetworkMoney *money = gm_wallet_money_find (self->money, (guint64) tx->chain_id);

  return money != NULL ? gm_network_money_get_network (money) : NULL;
}

static gboolean
is_own (GmActivity *self, const GmSentTx *tx)
{
  GmAddress account;
  guint index;

  return gm_address_parse (tx->account, &account, NULL) &&
         gm_account_find (self->parts.account, &account, &index);
}

/* Of several with one nonce the newest is meant: an older one is not sent again. */
static gboolean
supersedes (const GmSentTx *tx, const GmSentTx *other, gboolean is_newer)
{
  if (!gm_sent_tx_is_rival (tx, other))
    return FALSE;
  return gm_sent_tx_is_mined (tx) ||
         (is_newer && gm_sent_tx_is_open (tx) && gm_sent_tx_is_open (other));
}

static void
mark_superseded (GmActivity *self)
{
  GmActivityItem *item;
  GmActivityItem *other;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    {
      gboolean superseded = FALSE;

      for (guint j = 0; (other = item_at (self, j)) != NULL; j++)
        superseded |= supersedes (gm_activity_item_get_tx (other), gm_activity_item_get_tx (item),
                                  j < i);
      gm_activity_item_set_superseded (item, superseded);
    }
}

static void
show (GmActivity *self, const GmSentTx *tx, guint position)
{
  GmWalletNetwork *network = find_network (self, tx);
  GmActivityItem *known = find (self, tx->hash);
  g_autoptr (GmActivityItem) item = NULL;

  if (known != NULL)
    {
      gm_activity_item_set_tx (known, tx);
      return;
    }
  item = gm_activity_item_new (tx, network != NULL ? network->network : NULL);
  gm_activity_item_set_own (item, is_own (self, tx));
  g_list_store_insert (self->items,
                       MIN (position, g_list_model_get_n_items (G_LIST_MODEL (self->items))), item);
}

static gpointer
list_all (gpointer path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (path, error);

  return ledger != NULL ? gm_tx_journal_list (ledger, error) : NULL;
}

/* The journal is the truth. */
static void
listed (gpointer owner, gpointer result, const GError *error)
{
  GmActivity *self = owner;
  GPtrArray *all = result;

  for (guint i = 0; all != NULL && i < all->len; i++)
    show (self, all->pdata[i], i);
  mark_superseded (self);
  look_later (self);
}

static void
reload (GmActivity *self)
{
  gm_worker_run (self->parts.db, &(GmCall){ .owner = G_OBJECT (self),
                                            .work = list_all,
                                            .input = g_strdup (self->parts.ledger),
                                            .free_input = g_free,
                                            .free_result = (GDestroyNotify) g_ptr_array_unref,
                                            .done = listed });
}

static void
call (GmActivity *self, GmWorker *worker, GmWork work, GmTxRun *run, GmDone done)
{
  gm_worker_run (worker, &(GmCall){ .owner = G_OBJECT (self),
                                    .work = work,
                                    .input = gm_tx_run_ref (run),
                                    .free_input = gm_tx_run_unref,
                                    .free_result = gm_tx_run_unref,
                                    .done = done });
}

/* It ended, or went on in another window: the journal tells, also of those it replaced. */
static void
noted (gpointer owner, gpointer result, const GError *error)
{
  GmActivity *self = owner;

  self->looks--;
  self->pause_s = FIRST_PAUSE_S;
  gm_wallet_money_refresh (self->money);
  reload (self);
}

static void
looked (gpointer owner, gpointer result, const GError *error)
{
  GmActivity *self = owner;
  GmTxRun *run = result;
  GmActivityItem *item = run != NULL ? find (self, run->sent->hash) : NULL;

  if (item != NULL && gm_activity_item_see (item, run->seen) &&
      run->seen != (GmSentTxState) run->sent->state)
    {
      call (self, self->parts.chain, gm_tx_run_note, run, noted);
      return;
    }
  self->looks--;
  look_later (self);
}

static gboolean
look (gpointer data)
{
  GmActivity *self = data;
  GmActivityItem *item;

  self->timer = 0;
  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    {
      const GmSentTx *tx = gm_activity_item_get_tx (item);
      GmWalletNetwork *network = find_network (self, tx);
      GmTxRun *run;

      if (network == NULL || !gm_activity_item_is_followed (item))
        continue;
      run = gm_tx_run_new_follow (network, self->parts.ledger, tx);
      self->looks++;
      call (self, self->parts.io, gm_tx_run_look, run, looked);
      gm_tx_run_unref (run);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
has_followed (GmActivity *self)
{
  GmActivityItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    if (gm_activity_item_is_followed (item))
      return TRUE;
  return FALSE;
}

/* When the last look is back. */
static void
look_later (GmActivity *self)
{
  if (self->looks > 0 || self->timer != 0 || !has_followed (self))
    return;
  self->timer = g_timeout_add_seconds (self->pause_s, look, self);
  self->pause_s = MIN (self->pause_s + 1, LAST_PAUSE_S);
}

static void
sent (gpointer owner, gpointer result, const GError *error)
{
  GmActivity *self = owner;
  GmTxRun *run = result;

  if (run != NULL)
    {
      show (self, run->sent, 0);
      mark_superseded (self);
      self->pause_s = FIRST_PAUSE_S;
      look_later (self);
      gm_wallet_money_refresh (self->money);
    }
  gm_relay_answer (&self->askers, result, error);
}

void
gm_activity_prepare (GmActivity *self,
                     GmWalletNetwork *network,
                     const GmTransfer *transfer,
                     GObject *owner,
                     GmDone done)
{
  gm_worker_run (self->parts.io,
                 &(GmCall){ .owner = owner,
                            .work = gm_tx_run_prepare,
                            .input = gm_tx_run_new (network, self->parts.ledger, transfer),
                            .free_input = gm_tx_run_unref,
                            .free_result = gm_tx_run_unref,
                            .done = done });
}

void
gm_activity_send (GmActivity *self, GmTxRun *run, GObject *owner, GmDone done)
{
  g_autoptr (GError) error = NULL;

  if (run->signer == NULL)
    run->signer = gm_signing_desk_signer_new_for (self->parts.desk, &run->transfer.from, &error);
  if (error != NULL && !gm_error_is (error, GM_ERROR_LOCKED)) /* sending says that one itself */
    {
      done (owner, NULL, error);
      return;
    }
  gm_relay_push (&self->askers, owner, done);
  call (self, self->parts.chain, gm_tx_run_send, run, sent);
}

void
gm_activity_replace (GmActivity *self,
                     GmActivityItem *item,
                     gboolean cancel,
                     GObject *owner,
                     GmDone done)
{
  const GmSentTx *tx = gm_activity_item_get_tx (item);
  GmWalletNetwork *network = find_network (self, tx);
  g_autoptr (GError) error = NULL;
  GmTxRun *run = NULL;

  if (network == NULL || !gm_activity_item_may_replace (item))
    error = g_error_new (GM_ERROR, GM_ERROR_CONFLICT, "it is done already");
  else
    run = gm_tx_run_new_replace (network, self->parts.ledger, tx, cancel, &error);
  if (run == NULL)
    {
      done (owner, NULL, error);
      return;
    }
  gm_activity_send (self, run, owner, done);
  gm_tx_run_unref (run);
}

GmWalletMoney *
gm_activity_get_money (GmActivity *self)
{
  return self->money;
}

GListModel *
gm_activity_get_items (GmActivity *self)
{
  return G_LIST_MODEL (self->items);
}

const char *
gm_activity_get_ledger (GmActivity *self)
{
  return self->parts.ledger;
}

/* Neither refused nor canceled: a mistake that was noticed makes nobody known. */
static gboolean
was_meant (GmActivityItem *item)
{
  const GmSentTx *tx = gm_activity_item_get_tx (item);

  return tx->state == GM_SENT_TX_DONE ||
         (gm_sent_tx_is_open (tx) && gm_activity_item_is_followed (item));
}

char **
gm_activity_list_known (GmActivity *self, GListModel *own)
{
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  const guint n_own = own != NULL ? g_list_model_get_n_items (own) : 0;
  GmActivityItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    if (was_meant (item))
      g_strv_builder_add (known, gm_activity_item_get_tx (item)->recipient);
  for (guint i = 0; i < n_own; i++)
    {
      g_autoptr (GObject) account = g_list_model_get_item (own, i);
      g_autofree char *address = NULL;

      g_object_get (account, "address", &address, NULL);
      g_strv_builder_add (known, address);
    }
  return g_strv_builder_end (known);
}

/* Those of a network that is there again are followed again. */
static void
on_networks (GmActivity *self)
{
  GmActivityItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    {
      GmWalletNetwork *network = find_network (self, gm_activity_item_get_tx (item));

      gm_activity_item_set_network (item, network != NULL ? network->network : NULL);
    }
  look_later (self);
}

static void
on_accounts (GmActivity *self)
{
  GmActivityItem *item;

  for (guint i = 0; (item = item_at (self, i)) != NULL; i++)
    gm_activity_item_set_own (item, is_own (self, gm_activity_item_get_tx (item)));
}

static void
finalize (GObject *object)
{
  GmActivity *self = GM_ACTIVITY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gm_relay_clear (&self->askers);
  g_clear_object (&self->items);
  g_clear_object (&self->parts.account);
  g_clear_object (&self->parts.desk);
  g_clear_object (&self->parts.settings);
  g_clear_object (&self->money);
  G_OBJECT_CLASS (gm_activity_parent_class)->finalize (object);
}

static void
gm_activity_class_init (GmActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
gm_activity_init (GmActivity *self)
{
  self->items = g_list_store_new (GM_TYPE_ACTIVITY_ITEM);
  self->pause_s = FIRST_PAUSE_S;
  g_queue_init (&self->askers);
}

GmActivity *
gm_activity_new (const GmActivityParts *parts)
{
  GmActivity *self = g_object_new (GM_TYPE_ACTIVITY, NULL);

  self->parts = *parts;
  g_object_ref (self->parts.account);
  g_object_ref (self->parts.desk);
  g_object_ref (self->parts.settings);
  self->money = gm_wallet_money_new (
      &(GmWalletMoneyParts){ parts->io, parts->http, parts->account, parts->settings });
  g_signal_connect_object (gm_wallet_money_get_networks (self->money), "items-changed",
                           G_CALLBACK (on_networks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->parts.account, "notify::address", G_CALLBACK (on_accounts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->parts.account, "changed", G_CALLBACK (on_accounts), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  return self;
}
