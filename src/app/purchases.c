/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/purchases.h"

#include "app/session-core.h"
#include "payments/journal.h"

static GListStore *
store_of (GmSession *session)
{
  return G_LIST_STORE (gm_session_get_purchases (session));
}

/* Lists are short-lived pointers: the store holds the jobs. */
static GmBuyJob *
job_at (GListStore *store, guint position)
{
  g_autoptr (GmBuyJob) job = g_list_model_get_item (G_LIST_MODEL (store), position);

  return job;
}

static gboolean
is_of (GmBuyJob *job, const char *id)
{
  const GmPurchase *purchase = gm_buy_job_get_purchase (job);

  return purchase != NULL && g_strcmp0 (purchase->id, id) == 0;
}

GmBuyJob *
gm_purchases_find (GmSession *session, const char *id)
{
  GListStore *store = store_of (session);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  for (guint i = 0; i < n; i++)
    if (is_of (job_at (store, i), id))
      return job_at (store, i);
  return NULL;
}

static gboolean
is_under_way (GmBuyJob *job, const char *asset_id, const char *store)
{
  const GmPurchase *purchase = gm_buy_job_get_purchase (job);

  return gm_buy_job_get_phase (job) != GM_BUY_PHASE_FAILED && purchase != NULL &&
         g_strcmp0 (purchase->asset_id, asset_id) == 0 && g_strcmp0 (purchase->store, store) == 0;
}

GmBuyJob *
gm_purchases_begin (GmSession *session, const GmAsset *asset)
{
  const GmSessionCore *core = gm_session_get_core (session);
  GListStore *store = store_of (session);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_autofree char *id = core->descriptor != NULL ? gm_descriptor_dup_id (core->descriptor) : NULL;

  for (guint i = 0; i < n; i++)
    if (is_under_way (job_at (store, i), asset->asset_id, id))
      return g_object_ref (job_at (store, i));
  return gm_buy_job_new (session, asset);
}

void
gm_purchases_note (GmSession *session, GmBuyJob *job)
{
  const gboolean is_signed = gm_buy_job_get_phase (job) == GM_BUY_PHASE_RUNNING ||
                             gm_buy_job_get_phase (job) == GM_BUY_PHASE_WAITING ||
                             gm_buy_job_get_phase (job) == GM_BUY_PHASE_DONE ||
                             (gm_buy_job_get_phase (job) == GM_BUY_PHASE_FAILED &&
                              gm_buy_job_get_purchase (job) != NULL);
  guint position;
  gboolean is_kept = g_list_store_find (store_of (session), job, &position);

  if (is_signed && !is_kept)
    g_list_store_insert (store_of (session), 0, job);
  else if (!is_signed && is_kept)
    g_list_store_remove (store_of (session), position);
}

static gboolean
may_continue (GmSession *session, GmBuyJob *job, GmErrorCode code)
{
  const GmSessionCore *core = gm_session_get_core (session);
  const GError *error = gm_buy_job_get_error (job);
  g_autofree char *id = gm_descriptor_dup_id (core->descriptor);

  return gm_buy_job_get_phase (job) == GM_BUY_PHASE_WAITING &&
         g_strcmp0 (gm_buy_job_get_purchase (job)->store, id) == 0 &&
         (error == NULL || gm_error_is (error, code));
}

/* Those of this store: others wait until theirs is opened. Oldest first. */
void
gm_purchases_continue (GmSession *session, GmErrorCode code)
{
  GListStore *store = store_of (session);

  if (gm_session_get_core (session)->descriptor == NULL)
    return;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (store)); i > 0; i--)
    if (may_continue (session, job_at (store, i - 1), code))
      gm_buy_job_resume (job_at (store, i - 1));
}

static gpointer
list_all (gpointer path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (path, error);

  return ledger != NULL ? gm_journal_list (ledger, error) : NULL;
}

/* A price nobody confirmed is no attempt. */
static void
listed (gpointer owner, gpointer result, const GError *error)
{
  GmSession *session = owner;
  GPtrArray *all = result;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const GmPurchase *purchase = all->pdata[i];
      g_autoptr (GmBuyJob) job = NULL;

      if (purchase->state == GM_PURCHASE_QUOTED ||
          gm_purchases_find (session, purchase->id) != NULL)
        continue;
      job = gm_buy_job_new_resume (session, gm_record_copy (&gm_purchase_type, purchase));
      g_list_store_append (store_of (session), job);
    }
  gm_purchases_continue (session, GM_ERROR_OFFLINE);
}

void
gm_purchases_load (GmSession *session)
{
  const GmSessionCore *core = gm_session_get_core (session);

  gm_worker_run (core->db, &(GmCall){ .owner = G_OBJECT (session),
                                      .work = list_all,
                                      .input = g_strdup (core->ledger),
                                      .free_input = g_free,
                                      .free_result = (GDestroyNotify) g_ptr_array_unref,
                                      .done = listed });
}
