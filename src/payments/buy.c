/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/buy.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/ulid.h"
#include "evm/address.h"
#include "licenses/key-request.h"
#include "licenses/session-key.h"
#include "licenses/wire.h"
#include "payments/delivery.h"
#include "payments/documents.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSigner, gm_session_key_free)

static void
report (GmTill *till, const GmPurchase *purchase, GmBuyStep step)
{
  if (till->progress != NULL)
    till->progress (purchase, step, -1, till->user_data);
}

char *
gm_buy_master_path (const char *masters, const char *cid)
{
  g_autofree char *name = g_strconcat (cid, ".gma1", NULL);

  return g_build_filename (masters, name, NULL);
}

/* The offer as it is now. */
static GmAsset *
fetch_asset (GmTill *till, const char *id, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strconcat ("/api/assets/", id, NULL);
  g_autoptr (JsonObject) object = gm_store_client_get (till->store, path, cancellable, error);
  g_autoptr (GmAsset) asset = object != NULL ? gm_record_from_json (&gm_asset_type, object, error)
                                             : NULL;

  if (asset == NULL)
    return NULL;
  if (g_strcmp0 (asset->status, "published") != 0 || asset->asset_id == NULL ||
      asset->manifest_hash == NULL || asset->envelope_hash == NULL || asset->seller == NULL ||
      asset->license_hash == NULL)
    return gm_fail_null (error, GM_ERROR_CONFLICT, "“%s” is not for sale at the moment",
                         asset->title);

  return g_steal_pointer (&asset);
}

static GmPurchase *
purchase_new (GmTill *till, const GmAsset *asset, const GmAddress *buyer)
{
  GmPurchase *purchase = g_new0 (GmPurchase, 1);

  purchase->id = gm_ulid_new ();
  purchase->store = gm_descriptor_dup_id (till->descriptor);
  purchase->asset_id = g_strdup (asset->asset_id);
  purchase->asset = g_strdup (asset->id);
  purchase->title = g_strdup (asset->title);
  purchase->artist = g_strdup (asset->artist);
  purchase->artwork = g_strdup (asset->artwork);
  purchase->duration_ms = asset->duration_ms;
  purchase->buyer = gm_address_dup_text (buyer);
  purchase->provider = g_strdup (till->provider->id);
  purchase->amount_units = asset->price_units;
  purchase->currency = g_strdup (asset->price_currency);
  purchase->manifest_hash = g_strdup (asset->manifest_hash);
  purchase->envelope_hash = g_strdup (asset->envelope_hash);
  return purchase;
}

/* An attempt that is under way; one that nobody signed makes room. NULL without error: none. */
static GmPurchase *
find_attempt (GmTill *till, const char *asset_id, const GmAddress *buyer, GError **error)
{
  g_autofree char *store = gm_descriptor_dup_id (till->descriptor);
  g_autofree char *address = gm_address_dup_text (buyer);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmPurchase) purchase = gm_journal_find_live (till->ledger, store, asset_id, address,
                                                          &problem);

  if (purchase == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (purchase == NULL || purchase->state != GM_PURCHASE_QUOTED)
    return g_steal_pointer (&purchase);

  gm_journal_drop (till->ledger, purchase, error);
  return NULL;
}

GmPurchase *
gm_buy_quote (GmTill *till,
              const GmAsset *asset,
              const GmAddress *buyer,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmAsset) fresh = NULL;
  g_autoptr (GmPurchase) purchase = NULL;

  if (asset->asset_id == NULL)
    return gm_fail_null (error, GM_ERROR_CONFLICT, "“%s” is not for sale yet", asset->title);
  /* What is signed here is for test money; on a chain it could be taken for more (PROTOCOLS D17).
   */
  if (!gm_descriptor_is_local (till->descriptor))
    return gm_fail_null (error, GM_ERROR_DENIED,
                         "this store sells on a blockchain, where this version cannot buy yet");

  purchase = find_attempt (till, asset->asset_id, buyer, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (purchase != NULL)
    return g_steal_pointer (&purchase);

  fresh = fetch_asset (till, asset->id, cancellable, error);
  if (fresh == NULL)
    return NULL;

  purchase = purchase_new (till, fresh, buyer);
  if (!till->provider->quote (till->provider, purchase, error) ||
      !gm_journal_begin (till->ledger, purchase, error))
    return NULL;

  report (till, purchase, GM_BUY_QUOTE);
  return g_steal_pointer (&purchase);
}

static gboolean
check_quote (const GmPurchase *purchase, const GmAsset *fresh, GError **error)
{
  if (gm_clock_now_ms () > purchase->quoted_until)
    return gm_fail (error, GM_ERROR_CONFLICT, "the price was valid for a while only: look again");
  if (fresh->price_units != purchase->amount_units ||
      g_strcmp0 (fresh->price_currency, purchase->currency) != 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "the price has changed: look again");
  if (g_strcmp0 (fresh->asset_id, purchase->asset_id) != 0 ||
      g_strcmp0 (fresh->manifest_hash, purchase->manifest_hash) != 0 ||
      g_strcmp0 (fresh->envelope_hash, purchase->envelope_hash) != 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "the offer has changed: look again");

  return TRUE;
}

/* The embedded form: the listing is the asset at its version, and money has no token. */
static gboolean
build_terms (GmTill *till,
             const GmAsset *fresh,
             const GmAddress *buyer,
             GmOrderTerms *out,
             GError **error)
{
  GmOrderTerms terms = { .chain_id = till->descriptor->chain_id,
                         .marketplace = till->descriptor->marketplace,
                         .listing_version = (guint64) fresh->version,
                         .buyer = *buyer,
                         .payer = *buyer,
                         .amount_units = fresh->price_units };

  if (!gm_hash_parse (fresh->asset_id, &terms.asset_id, error) ||
      !gm_hash_parse (fresh->manifest_hash, &terms.manifest_hash, error) ||
      !gm_hash_parse (fresh->license_hash, &terms.license_hash, error))
    return FALSE;

  terms.listing_id = terms.asset_id;
  gm_hash_random (&terms.salt);
  *out = terms;
  return TRUE;
}

static char *
encode_text (JsonObject *object)
{
  g_autoptr (GBytes) bytes = gm_wire_encode (object, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* The second and last signature of the wallet: from here on the session key asks for the key. */
static gboolean
delegate_key (GmTill *till,
              GmPurchase *purchase,
              const GmHash *order_id,
              const GmSigner *wallet,
              GError **error)
{
  g_autoptr (GmSigner) session = gm_session_key_new ();
  GmKeyDelegate delegate = { .scope = *order_id, .session_key = session->address };

  delegate.expires_at = gm_clock_now_unix () + GM_KEY_DELEGATE_MAX_LIFE_S;
  if (!gm_key_delegate_sign (&delegate, till->descriptor->chain_id, &till->descriptor->issuer,
                             wallet, error))
    return FALSE;

  g_free (purchase->delegate_json);
  purchase->delegate_json = encode_text (gm_key_delegate_to_json (&delegate));
  g_clear_pointer (&purchase->session_box, g_bytes_unref);
  purchase->session_box = gm_session_key_seal (session, till->library_key);
  return TRUE;
}

static gboolean
sign_all (GmTill *till,
          GmPurchase *purchase,
          const GmAsset *fresh,
          const GmSigner *wallet,
          GError **error)
{
  g_autoptr (GmOrder) order = NULL;
  GmOrderTerms terms;
  GmHash order_id;

  if (!build_terms (till, fresh, &wallet->address, &terms, error))
    return FALSE;

  order = till->provider->authorize (till->provider, &terms, purchase, wallet, error);
  if (order == NULL)
    return FALSE;

  gm_order_terms_id (&terms, &order_id);
  if (!delegate_key (till, purchase, &order_id, wallet, error))
    return FALSE;

  g_free (purchase->order_id);
  purchase->order_id = gm_hash_dup_hex (&order_id);
  g_free (purchase->order_json);
  purchase->order_json = encode_text (gm_record_to_json (&gm_order_type, order));
  return TRUE;
}

static gboolean
is_buyer (const GmPurchase *purchase, const GmSigner *wallet)
{
  g_autofree char *address = gm_address_dup_text (&wallet->address);

  return strcmp (purchase->buyer, address) == 0;
}

gboolean
gm_buy_authorize (GmTill *till,
                  GmPurchase *purchase,
                  const GmSigner *wallet,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GmAsset) fresh = NULL;
  g_autoptr (GmDocuments) documents = NULL;

  if (purchase->state != GM_PURCHASE_QUOTED)
    return TRUE;
  if (!is_buyer (purchase, wallet))
    return gm_fail (error, GM_ERROR_BUG, "the price was asked for another account");

  fresh = fetch_asset (till, purchase->asset, cancellable, error);
  if (fresh == NULL || !check_quote (purchase, fresh, error))
    return FALSE;

  report (till, purchase, GM_BUY_DOCUMENTS);
  if (!gm_documents_fetch (till->ledger, till->store, till->descriptor, fresh, cancellable, error))
    return FALSE;
  documents = gm_documents_load (till->ledger, purchase->manifest_hash, purchase->envelope_hash,
                                 error);
  if (documents == NULL || !gm_documents_check (documents, till->descriptor, fresh, error))
    return FALSE;

  report (till, purchase, GM_BUY_AUTHORIZE);
  return sign_all (till, purchase, fresh, wallet, error) &&
         gm_journal_move (till->ledger, purchase, GM_PURCHASE_AUTHORIZED, error);
}

/* FALSE when cancelled meanwhile. */
static gboolean
wait_ms (guint ms, GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep (ms * 1000ul);
      return TRUE;
    }

  g_poll (&fd, 1, (int) ms);
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable) ||
         gm_fail (error, GM_ERROR_DECLINED, "the purchase waits until you continue it");
}

static gboolean
note_submitted (GmTill *till, GmPurchase *purchase, GError **error)
{
  return purchase->state == GM_PURCHASE_SUBMITTED ||
         gm_journal_move (till->ledger, purchase, GM_PURCHASE_SUBMITTED, error);
}

/* After a refusal the other side is asked what it knows: only an order it never saw has failed. */
static gboolean
give_up (GmTill *till,
         GmPurchase *purchase,
         const GError *refusal,
         GCancellable *cancellable,
         GError **error)
{
  GmObservation observation = { 0 };
  g_autoptr (GError) unknown = NULL;

  if (till->provider->track (till->provider, purchase, &observation, cancellable, &unknown))
    {
      gm_observation_clear (&observation);
      return note_submitted (till, purchase, error);
    }
  if (gm_error_is (unknown, GM_ERROR_NOT_FOUND))
    {
      g_free (purchase->failure);
      purchase->failure = g_strdup (refusal->message);
      if (!gm_journal_move (till->ledger, purchase, GM_PURCHASE_FAILED, error))
        return FALSE;
    }
  if (error != NULL && *error == NULL)
    *error = g_error_copy (refusal);
  return FALSE;
}

static gboolean
submit (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;

  report (till, purchase, GM_BUY_SUBMIT);
  if (till->provider->submit (till->provider, purchase, cancellable, &problem))
    return note_submitted (till, purchase, error);

  if (gm_error_is (problem, GM_ERROR_CONFLICT) || gm_error_is (problem, GM_ERROR_BAD_DATA) ||
      gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return give_up (till, purchase, problem, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
conclude_unpaid (const GmPurchase *purchase, GError **error)
{
  return gm_fail (error, GM_ERROR_REMOTE, "%s",
                  purchase->failure != NULL
                      ? purchase->failure
                      : gm_purchase_state_words ((GmPurchaseState) purchase->state, 0));
}

/* NOT_FOUND: the store forgot the order, so the same signed one is sent again, once. */
static gboolean
look (GmTill *till,
      GmPurchase *purchase,
      GmObservation *out,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (till->provider->track (till->provider, purchase, out, cancellable, &problem))
    return TRUE;
  if (gm_error_is (problem, GM_ERROR_NOT_FOUND) && purchase->state == GM_PURCHASE_SUBMITTED)
    return submit (till, purchase, cancellable, error) &&
           till->provider->track (till->provider, purchase, out, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Looks until it is paid or over. An order that was never paid is sent again. */
static gboolean
track (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  GmObservation seen = { 0 };

  report (till, purchase, GM_BUY_TRACK);
  while (!gm_purchase_is_paid ((GmPurchaseState) purchase->state) &&
         gm_purchase_is_live ((GmPurchaseState) purchase->state))
    {
      gboolean moved = TRUE;

      if (!look (till, purchase, &seen, cancellable, error))
        return FALSE;
      if ((gint64) seen.state != purchase->state)
        {
          g_free (purchase->failure);
          purchase->failure = g_steal_pointer (&seen.note);
          moved = gm_journal_move (till->ledger, purchase, seen.state, error);
          report (till, purchase, GM_BUY_TRACK);
        }
      else if (seen.state == GM_PURCHASE_SUBMITTED)
        moved = till->provider->submit (till->provider, purchase, cancellable, error);
      gm_observation_clear (&seen);
      if (!moved)
        return FALSE;
      if (seen.next_ms > 0 && !gm_purchase_is_paid ((GmPurchaseState) purchase->state) &&
          !wait_ms (seen.next_ms, cancellable, error))
        return FALSE;
    }
  return gm_purchase_is_paid ((GmPurchaseState) purchase->state) ||
         conclude_unpaid (purchase, error);
}

static gboolean
deliver (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    GmDelivery before;
    GmBuyStep step;
    gboolean (*run) (GmTill *, GmPurchase *, GCancellable *, GError **);
  } steps[] = {
    { GM_DELIVERY_NONE, GM_BUY_RECEIPT, gm_delivery_license },
    { GM_DELIVERY_LICENSED, GM_BUY_MASTER, gm_delivery_master },
    { GM_DELIVERY_MASTER, GM_BUY_KEY, gm_delivery_key },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (purchase->delivery == (gint64) steps[i].before)
      {
        report (till, purchase, steps[i].step);
        if (!steps[i].run (till, purchase, cancellable, error))
          return FALSE;
      }
  report (till, purchase, GM_BUY_READY);
  return TRUE;
}

gboolean
gm_buy_resume (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  gboolean told;

  if (purchase->state == GM_PURCHASE_QUOTED)
    return gm_fail (error, GM_ERROR_BUG, "a purchase must be authorized before it goes on");

  told = (purchase->state != GM_PURCHASE_AUTHORIZED ||
          submit (till, purchase, cancellable, error)) &&
         track (till, purchase, cancellable, error) && deliver (till, purchase, cancellable, error);
  if (!told)
    g_prefix_error (error, "buy “%s”: ", purchase->title);
  return told;
}
