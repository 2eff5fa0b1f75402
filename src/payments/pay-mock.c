/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/pay-mock.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"

#define QUOTE_LIFE_MS (15 * 60 * 1000)
#define AGAIN_MS      200
#define DICE          10

typedef struct
{
  GmProvider parent;
  GmStoreClient *store;
  gint64 seed;
} Mock;

GmPayMockOutcome
gm_pay_mock_outcome (gint64 seed, const GmHash *order_id)
{
  guint8 preimage[40];
  guint64 salt = GUINT64_TO_BE ((guint64) seed);
  GmHash hash;

  if (seed == 0)
    return GM_PAY_MOCK_PAID;

  memcpy (preimage, &salt, sizeof salt);
  memcpy (preimage + sizeof salt, order_id->b, sizeof order_id->b);
  gm_hash_sha256 (preimage, sizeof preimage, &hash);
  switch (hash.b[0] % DICE)
    {
    case 0: return GM_PAY_MOCK_FAILED;
    case 1: return GM_PAY_MOCK_EXPIRED;
    case 2: return GM_PAY_MOCK_REFUNDED;
    default: return GM_PAY_MOCK_PAID;
    }
}

const char *
gm_pay_mock_status (GmPayMockOutcome outcome, const char **failure)
{
  static const struct
  {
    const char *status;
    const char *failure;
  } table[] = {
    [GM_PAY_MOCK_PAID] = { "paid", NULL },
    [GM_PAY_MOCK_FAILED] = { "failed", "the test payment was refused: nothing was taken" },
    [GM_PAY_MOCK_EXPIRED] = { "expired", "the test payment did not arrive in time" },
    [GM_PAY_MOCK_REFUNDED] = { "refunded", "the test payment came too late and was returned" },
  };

  if (failure != NULL)
    *failure = table[outcome].failure;
  return table[outcome].status;
}

static gboolean
quote (GmProvider *provider, GmPurchase *purchase, GError **error)
{
  purchase->quoted_until = gm_clock_now_ms () + QUOTE_LIFE_MS;
  return TRUE;
}

static GmOrder *
authorize (GmProvider *provider,
           const GmOrderTerms *terms,
           const GmPurchase *purchase,
           const GmSigner *buyer,
           GError **error)
{
  return gm_order_new (terms, purchase->currency, buyer, error);
}

static char *
order_path (const GmPurchase *purchase, const char *tail)
{
  return g_strconcat ("/api/orders/", purchase->order_id, tail, NULL);
}

/* Sent twice the store answers with the order it has: the order id is the key of both calls. */
static gboolean
submit (GmProvider *provider, const GmPurchase *purchase, GCancellable *cancellable, GError **error)
{
  Mock *self = (Mock *) provider;
  g_autoptr (GBytes) text = g_bytes_new_static (purchase->order_json,
                                                strlen (purchase->order_json));
  g_autoptr (JsonObject) order = gm_json_parse_object (text, GM_ORDER_MAX_BYTES, error);
  g_autoptr (JsonObject) placed = NULL;
  g_autoptr (JsonObject) paid = NULL;
  g_autofree char *path = order_path (purchase, "/payment");
  JsonObject *payment;

  if (order == NULL)
    return FALSE;

  placed = gm_store_client_send (self->store, "POST", "/api/orders", purchase->order_id,
                                 g_steal_pointer (&order), cancellable, error);
  if (placed == NULL)
    {
      g_prefix_error (error, "place the order: ");
      return FALSE;
    }

  payment = json_object_new ();
  json_object_set_string_member (payment, "provider", "mock");
  json_object_set_int_member (payment, "seed", self->seed);
  paid = gm_store_client_send (self->store, "PUT", path, purchase->order_id, payment, cancellable,
                               error);
  if (paid == NULL)
    g_prefix_error (error, "pay the order: ");
  return paid != NULL;
}

static const struct
{
  const char *status;
  GmPurchaseState state;
  guint next_ms;
} observations[] = {
  { "open", GM_PURCHASE_SUBMITTED, AGAIN_MS }, { "paid", GM_PURCHASE_FILLED, AGAIN_MS },
  { "licensed", GM_PURCHASE_FINAL, 0 },        { "failed", GM_PURCHASE_FAILED, 0 },
  { "expired", GM_PURCHASE_EXPIRED, 0 },       { "refunded", GM_PURCHASE_REFUNDED, 0 },
};

static gboolean
track (GmProvider *provider,
       const GmPurchase *purchase,
       GmObservation *out,
       GCancellable *cancellable,
       GError **error)
{
  Mock *self = (Mock *) provider;
  g_autofree char *path = order_path (purchase, "");
  g_autoptr (JsonObject) object = gm_store_client_get (self->store, path, cancellable, error);
  g_autoptr (GmOrder) order = object != NULL ? gm_record_from_json (&gm_order_type, object, error)
                                             : NULL;

  if (order == NULL)
    {
      g_prefix_error (error, "look at the order: ");
      return FALSE;
    }
  if (g_strcmp0 (order->id, purchase->order_id) != 0)
    return gm_fail (error, GM_ERROR_REMOTE, "the store answered with another order");

  for (guint i = 0; i < G_N_ELEMENTS (observations); i++)
    if (g_strcmp0 (order->status, observations[i].status) == 0)
      {
        *out = (GmObservation){ observations[i].state, g_strdup (order->failure),
                                observations[i].next_ms };
        return TRUE;
      }
  return gm_fail (error, GM_ERROR_REMOTE, "the store says the order is “%.32s”",
                  order->status != NULL ? order->status : "");
}

static GmLicense *
receipt (GmProvider *provider,
         const GmPurchase *purchase,
         GCancellable *cancellable,
         GError **error)
{
  Mock *self = (Mock *) provider;
  g_autofree char *path = g_strconcat ("/api/licenses?order=", purchase->order_id, NULL);
  g_autoptr (JsonObject) object = gm_store_client_get (self->store, path, cancellable, error);
  JsonArray *items = object != NULL ? gm_json_array (object, "items", error) : NULL;
  JsonNode *first;

  if (items == NULL)
    return NULL;
  if (json_array_get_length (items) != 1)
    return gm_fail_null (error, GM_ERROR_REMOTE, "the store has %u licenses for this order",
                         json_array_get_length (items));

  first = json_array_get_element (items, 0);
  if (!JSON_NODE_HOLDS_OBJECT (first))
    return gm_fail_null (error, GM_ERROR_REMOTE, "the store's license is not an object");

  return gm_record_from_json (&gm_license_type, json_node_get_object (first), error);
}

static void
mock_free (GmProvider *provider)
{
  Mock *self = (Mock *) provider;

  gm_store_client_unref (self->store);
  g_free (self);
}

GmProvider *
gm_pay_mock_new (GmStoreClient *store, gint64 seed)
{
  Mock *self = g_new0 (Mock, 1);

  self->parent = (GmProvider){ "mock", TRUE, quote, authorize, submit, track, receipt, mock_free };
  self->store = gm_store_client_ref (store);
  self->seed = seed;
  return &self->parent;
}
