/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "payments/purchase.h"

#include <glib/gi18n-lib.h>

static const GmField fields[] = {
  GM_FIELD (GmPurchase, id, "id", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, store, "store", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, asset_id, "assetId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, asset, "asset", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, title, "title", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, artist, "artist", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, artwork, "artwork", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, duration_ms, "durationMs", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, buyer, "buyer", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, provider, "provider", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, amount_units, "amountUnits", UNITS, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, currency, "currency", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, quoted_until, "quotedUntil", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, state, "state", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, delivery, "delivery", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, live, "live", BOOL, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, manifest_hash, "manifestHash", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, envelope_hash, "envelopeHash", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, order_id, "orderId", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, order_json, "orderJson", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, delegate_json, "delegateJson", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, session_box, "sessionBox", BYTES, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, failure, "failure", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmPurchase, created_at, "createdAt", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmPurchase, updated_at, "updatedAt", INT, GM_FIELD_REQUIRED),
};

const GmRecordType gm_purchase_type = { "purchases", sizeof (GmPurchase), fields,
                                        G_N_ELEMENTS (fields) };

#define TO(state) (1u << GM_PURCHASE_##state)

/* What a seen payment may still become, besides going on. */
#define REFUND (TO (REFUND_PENDING) | TO (REFUNDED))

/* The drawing in the header: bit s of row r is set when r may become s. */
static const guint moves[GM_PURCHASE_N_STATES] = {
  [GM_PURCHASE_QUOTED] = TO (AUTHORIZED) | TO (EXPIRED) | TO (FAILED),
  [GM_PURCHASE_AUTHORIZED] = TO (SUBMITTED) | TO (EXPIRED) | TO (FAILED),
  [GM_PURCHASE_SUBMITTED] = TO (SOURCE_SEEN) | TO (FILLED) | TO (RECORDED) | TO (FINAL) |
                            TO (EXPIRED) | TO (FAILED) | REFUND | TO (ATTENTION),
  [GM_PURCHASE_SOURCE_SEEN] = TO (SUBMITTED) | TO (FILLED) | TO (RECORDED) | TO (FINAL) | REFUND |
                              TO (ATTENTION),
  [GM_PURCHASE_FILLED] = TO (SUBMITTED) | TO (RECORDED) | TO (FINAL) | REFUND | TO (ATTENTION),
  [GM_PURCHASE_RECORDED] = TO (SUBMITTED) | TO (FINAL) | REFUND | TO (ATTENTION),
  [GM_PURCHASE_FINAL] = 0,
  [GM_PURCHASE_EXPIRED] = 0,
  [GM_PURCHASE_REFUND_PENDING] = TO (FILLED) | TO (RECORDED) | TO (REFUNDED) | TO (ATTENTION),
  [GM_PURCHASE_REFUNDED] = 0,
  [GM_PURCHASE_FAILED] = 0,
  [GM_PURCHASE_ATTENTION] = TO (SUBMITTED) | TO (SOURCE_SEEN) | TO (FILLED) | TO (RECORDED) |
                            TO (FINAL) | TO (EXPIRED) | TO (FAILED) | REFUND,
};

static const char *const ids[GM_PURCHASE_N_STATES] = {
  "quoted", "authorized", "submitted",      "source-seen", "filled", "recorded",
  "final",  "expired",    "refund-pending", "refunded",    "failed", "attention"
};

static const char *const words[GM_PURCHASE_N_STATES] = {
  N_ ("Waiting for your confirmation"),
      N_ ("Sending the payment…"),
          N_ ("Payment submitted…"),
              N_ ("Bridging to Base…"),
                  N_ ("Executing purchase…"),
                      N_ ("Purchase complete!"),
                          N_ ("Purchase complete!"),
                              N_ ("The offer expired. Nothing was paid."),
                                  N_ ("The payment is on its way back…"),
                                      N_ ("The payment came back to you."),
                                          N_ ("The payment failed. Nothing was paid."),
                                              N_ ("Checking what happened to the payment…"),
                                          };

static const char *const delivery_words[] = {
  N_ ("Getting the license…"),
      N_ ("Getting the music…"),
          N_ ("Getting the key…"),
              N_ ("Purchase complete!"),
          };

void
gm_purchase_free (GmPurchase *purchase)
{
  gm_record_free (&gm_purchase_type, purchase);
}

gboolean
gm_purchase_may_go (GmPurchaseState from, GmPurchaseState to)
{
  return from < GM_PURCHASE_N_STATES && to < GM_PURCHASE_N_STATES &&
         (moves[from] & (1u << to)) != 0;
}

gboolean
gm_purchase_is_live (GmPurchaseState state)
{
  return state != GM_PURCHASE_EXPIRED && state != GM_PURCHASE_REFUNDED &&
         state != GM_PURCHASE_FAILED;
}

gboolean
gm_purchase_is_paid (GmPurchaseState state)
{
  return state == GM_PURCHASE_RECORDED || state == GM_PURCHASE_FINAL;
}

const char *
gm_purchase_state_id (GmPurchaseState state)
{
  return ids[state];
}

const char *
gm_purchase_state_words (GmPurchaseState state, GmDelivery delivery)
{
  return gm_purchase_is_paid (state) ? _ (delivery_words[delivery]) : _ (words[state]);
}
