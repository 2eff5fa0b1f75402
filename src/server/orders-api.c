/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"
#include "base/json.h"
#include "server/idempotency.h"
#include "server/order-desk.h"
#include "server/routes.h"
#include "web/problem.h"

#define MOST_SEED 1000000

static GmReply *
reply_with (guint status, const GmOrder *order)
{
  return gm_reply_object (status, gm_record_to_json (&gm_order_type, order));
}

static gboolean
is_buyer (const GmRequest *request, const GmOrder *order)
{
  return g_strcmp0 (order->buyer, request->principal.address) == 0;
}

static GmReply *
place (GmWriter *writer, const GmRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  g_autoptr (GmOrder) asked = NULL;
  g_autoptr (GmOrder) order = NULL;
  gboolean created;

  if (body == NULL)
    return NULL;
  asked = gm_record_from_json (&gm_order_type, body, error);
  if (asked == NULL)
    return NULL;
  order = gm_order_desk_place (gm_service_of (request), writer, asked, &created, error);
  if (order == NULL)
    return NULL;
  if (!is_buyer (request, order))
    return gm_problem_new (403, "this order is another buyer's");
  return reply_with (created ? 201 : 200, order);
}

/* The signed terms of payments/order.h. The same terms again answer the same order. */
GmReply *
gm_orders_api_create (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  return gm_idempotency_run (
      &(GmIdempotent){ gm_service_of (request)->database, FALSE, place, NULL }, request, error);
}

static GmOrder *
find (const GmRequest *request, GmReply **refusal, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GmOrder) order = NULL;

  if (!gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  order = gm_order_desk_find (reader.sql, gm_request_param (request, "id"), error);
  if (order == NULL)
    return NULL;
  if (!is_buyer (request, order) && !gm_request_has_role (request, GM_ROLE_ADMIN | GM_ROLE_AUDITOR))
    {
      *refusal = gm_problem_new (403, "this order is another buyer's");
      return NULL;
    }
  return g_steal_pointer (&order);
}

GmReply *
gm_orders_api_get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmReply *refusal = NULL;
  g_autoptr (GmOrder) order = find (request, &refusal, error);

  if (order == NULL)
    return refusal;
  if (g_str_equal (order->status, "paid")) /* stopped before the license was written */
    {
      if (!gm_order_desk_finish (gm_service_of (request), order->id, error))
        return NULL;
      g_clear_pointer (&order, gm_order_free);
      order = find (request, &refusal, error);
    }
  return order != NULL ? reply_with (200, order) : refusal;
}

GmReply *
gm_orders_api_list (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GPtrArray) orders = NULL;
  JsonObject *object;
  JsonArray *items;

  if (!gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  orders = gm_sql_list (reader.sql, &gm_order_type,
                        "SELECT * FROM orders WHERE buyer = ?1 ORDER BY created_at DESC, id"
                        " LIMIT 200",
                        (GmValue[]){ gm_value_text (request->principal.address) }, 1, error);
  if (orders == NULL)
    return NULL;
  items = json_array_new ();
  for (guint i = 0; i < orders->len; i++)
    json_array_add_object_element (items, gm_record_to_json (&gm_order_type, orders->pdata[i]));
  object = json_object_new ();
  json_object_set_array_member (object, "items", items);
  return gm_reply_object (200, object);
}

static GmReply *
pay (GmWriter *writer, const GmRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  const char *provider = body != NULL ? gm_json_text (body, "provider", error) : NULL;
  g_autoptr (GmOrder) order = NULL;
  gint64 seed = 0;

  if (provider == NULL ||
      (json_object_has_member (body, "seed") && !gm_json_int (body, "seed", &seed, error)))
    return NULL;
  if (!g_str_equal (provider, "mock"))
    return gm_problem_new (422, "this store takes test money only: provider \"mock\"");
  if (seed < 0 || seed > MOST_SEED)
    return gm_problem_new (422, "seed is from 0 to %d", MOST_SEED);
  order = gm_order_desk_pay_mock (writer, gm_request_param (request, "id"), seed, error);
  return order != NULL ? reply_with (200, order) : NULL;
}

/* { provider: "mock", seed } answers the order, licensed when the payment went through. */
GmReply *
gm_orders_api_pay (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  GmReply *refusal = NULL;
  g_autoptr (GmOrder) order = find (request, &refusal, error);
  g_autoptr (GmReply) paid = NULL;

  if (order == NULL)
    return refusal;
  if (!is_buyer (request, order))
    return gm_problem_new (403, "this order is another buyer's");
  paid = gm_idempotency_run (&(GmIdempotent){ service->database, FALSE, pay, NULL }, request,
                             error);
  if (paid == NULL || paid->status != 200)
    return g_steal_pointer (&paid);
  return gm_orders_api_get (request, cancellable, error);
}
