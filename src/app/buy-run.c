/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/buy-run.h"

#include "base/error.h"
#include "licenses/license-db.h"
#include "payments/pay-mock.h"

GmBuyRun *
gm_buy_run_new (const GmSessionCore *core, GmAccount *account, GmProgress *progress)
{
  GmBuyRun *self = g_new0 (GmBuyRun, 1);

  self->store = gm_store_client_ref (core->store);
  self->descriptor = core->descriptor;
  self->library_key = gm_library_key_ref (core->library_key);
  self->ledger = g_strdup (core->ledger);
  self->masters = g_strdup (core->masters);
  self->signer = gm_signing_desk_signer_new (core->desk, NULL);
  self->has_buyer = gm_account_dup_main (account, &self->buyer);
  self->progress = gm_progress_ref (progress);
  return self;
}

void
gm_buy_run_free (gpointer data)
{
  GmBuyRun *self = data;

  gm_store_client_unref (self->store);
  gm_library_key_unref (self->library_key);
  g_free (self->ledger);
  g_free (self->masters);
  g_clear_pointer (&self->signer, gm_signing_desk_signer_free);
  gm_progress_unref (self->progress);
  gm_asset_free (self->asset);
  gm_purchase_free (self->purchase);
  g_free (self);
}

void
gm_buy_outcome_free (gpointer data)
{
  GmBuyOutcome *outcome = data;

  gm_purchase_free (outcome->purchase);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static void
on_progress (const GmPurchase *purchase, GmBuyStep step, double fraction, gpointer progress)
{
  gm_progress_set (
      progress, (int) step, fraction,
      gm_purchase_state_words ((GmPurchaseState) purchase->state, (GmDelivery) purchase->delivery));
}

static gboolean
sign_in (GmBuyRun *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) roles = NULL;

  if (self->signer == NULL)
    return gm_fail (error, GM_ERROR_LOCKED, "unlock the wallet to sign in to the store");
  roles = gm_store_client_sign_in (self->store, self->descriptor->chain_id, self->signer,
                                   cancellable, error);
  return roles != NULL;
}

static gboolean
advance (GmBuyRun *self, GmTill *till, GCancellable *cancellable, GError **error)
{
  if (self->authorize && self->purchase->state == GM_PURCHASE_QUOTED)
    {
      if (self->signer == NULL)
        return gm_fail (error, GM_ERROR_LOCKED, "unlock the wallet to sign the order");
      if (!gm_buy_authorize (till, self->purchase, self->signer, cancellable, error))
        return FALSE;
    }
  return self->purchase->state == GM_PURCHASE_QUOTED ||
         gm_buy_resume (till, self->purchase, cancellable, error);
}

/* Once there is a license, the rest is public: only sealed things are fetched. */
static gboolean
needs_sign_in (const GmBuyRun *self)
{
  return self->authorize || self->purchase->delivery == GM_DELIVERY_NONE;
}

/* A sign-in lasts a day: a refusal is worth a second one, once. */
static gboolean
go_on (GmBuyRun *self, GmTill *till, GCancellable *cancellable, GError **error)
{
  g_autofree char *token = gm_store_client_dup_token (self->store);
  g_autoptr (GError) problem = NULL;

  if (token == NULL && needs_sign_in (self) && !sign_in (self, cancellable, error))
    return FALSE;
  if (advance (self, till, cancellable, &problem))
    return TRUE;
  if (gm_error_is (problem, GM_ERROR_DENIED) && token != NULL && self->signer != NULL)
    return sign_in (self, cancellable, error) && advance (self, till, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
ask_price (GmBuyRun *self, GmTill *till, GCancellable *cancellable, GError **error)
{
  if (!self->has_buyer)
    return gm_fail (error, GM_ERROR_LOCKED, "make a wallet first");
  self->purchase = gm_buy_quote (till, self->asset, &self->buyer, cancellable, error);
  return self->purchase != NULL;
}

static gboolean
tell (GmBuyRun *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmProvider) provider = gm_pay_mock_new (self->store, 0);
  g_autoptr (GmSql) ledger = gm_license_db_open (self->ledger, error);
  g_autoptr (GmSecret) library_key = NULL;
  GmTill till = { .ledger = ledger,
                  .store = self->store,
                  .descriptor = self->descriptor,
                  .provider = provider,
                  .masters = self->masters,
                  .progress = on_progress,
                  .user_data = self->progress };

  if (ledger == NULL)
    return FALSE;
  if (self->purchase == NULL && !ask_price (self, &till, cancellable, error))
    return FALSE;
  if (self->purchase->state == GM_PURCHASE_QUOTED && !self->authorize)
    return TRUE;

  library_key = gm_library_key_get (self->library_key, cancellable, error);
  till.library_key = library_key;
  return library_key != NULL && go_on (self, &till, cancellable, error);
}

gpointer
gm_buy_run (gpointer data, GCancellable *cancellable, GError **error)
{
  GmBuyRun *self = data;
  GmBuyOutcome *outcome = g_new0 (GmBuyOutcome, 1);
  GmSigningPurpose purpose = { .cancellable = cancellable };

  if (self->purchase != NULL)
    {
      purpose.title = self->purchase->title;
      purpose.currency = self->purchase->currency;
    }
  if (self->signer != NULL)
    gm_signing_desk_signer_set_purpose (self->signer, &purpose);
  tell (self, cancellable, &outcome->error);
  outcome->purchase = g_steal_pointer (&self->purchase);
  return outcome;
}
