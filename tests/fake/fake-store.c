/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-store.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "evm/address.h"
#include "licenses/license.h"
#include "licenses/wire.h"
#include "payments/order.h"
#include "payments/pay-mock.h"
#include "web/problem.h"

typedef GmReply *(*Answer) (FakeStore *self, const GmRequest *request, GError **error);

static GmReply *
get_asset (FakeStore *self, const GmRequest *request, GError **error)
{
  return gm_reply_object (200, gm_record_to_json (&gm_asset_type, &self->asset));
}

static GmReply *
get_content (FakeStore *self, const GmRequest *request, GError **error)
{
  GBytes *content = g_hash_table_lookup (self->content, gm_request_param (request, "cid"));

  if (content == NULL)
    return gm_problem_new (404, "no such content");

  return gm_reply_bytes (200, "application/octet-stream", g_bytes_ref (content));
}

static GmReply *
reply_order (const GmOrder *order)
{
  return gm_reply_object (200, gm_record_to_json (&gm_order_type, order));
}

static GmReply *
post_order (FakeStore *self, const GmRequest *request, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  g_autoptr (GmOrder) order = body != NULL ? gm_record_from_json (&gm_order_type, body, error)
                                           : NULL;
  const GmOrder *placed;
  GmOrderTerms terms;

  if (order == NULL || !gm_order_check (order, &terms, error))
    return NULL;

  placed = g_hash_table_lookup (self->orders, order->id);
  if (placed != NULL)
    return reply_order (placed);
  if (order->listing_version != self->asset.version ||
      order->amount_units != self->asset.price_units)
    return gm_problem_new (409, "the offer changed since you signed it");

  order->status = g_strdup ("open");
  placed = g_steal_pointer (&order);
  g_hash_table_insert (self->orders, g_strdup (placed->id), (gpointer) placed);
  return reply_order (placed);
}

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
issue (FakeStore *self, GmOrder *order)
{
  GmLicense *license = g_new0 (GmLicense, 1);
  GmLicenseReceipt receipt = { 0 };
  g_autoptr (GmAttestation) attestation = NULL;
  GmOrderTerms terms;

  g_assert_true (gm_order_check (order, &terms, NULL));
  gm_order_terms_id (&terms, &receipt.order_id);
  receipt.asset_id = terms.asset_id;
  receipt.asset_version = terms.listing_version;
  receipt.manifest_hash = terms.manifest_hash;
  receipt.license_hash = terms.license_hash;
  receipt.payer = terms.payer;
  receipt.amount_units = terms.amount_units;
  attestation = gm_license_receipt_issue (&receipt, &terms.buyer, WORLD_CHAIN, WORLD_NOW,
                                          self->scene->world->issuer, NULL);
  license->order_id = g_strdup (order->id);
  license->uid = gm_hash_dup_hex (&attestation->uid);
  license->asset_id = g_strdup (order->asset_id);
  license->asset = g_strdup (self->asset.id);
  license->asset_version = order->listing_version;
  license->buyer = g_strdup (order->buyer);
  license->seller = g_strdup (self->asset.seller);
  license->manifest_hash = g_strdup (order->manifest_hash);
  license->license_hash = g_strdup (order->license_hash);
  license->kind = g_strdup ("standard");
  license->amount_units = order->amount_units;
  license->currency = g_strdup (order->currency);
  license->issued_at = WORLD_NOW * 1000;
  license->attestation = gm_attestation_dup_text (attestation);
  if (self->forge != NULL)
    self->forge (license);
  g_ptr_array_add (self->licenses, license);
  set_text (&order->status, "licensed");
}

static GmReply *
put_payment (FakeStore *self, const GmRequest *request, GError **error)
{
  GmOrder *order = g_hash_table_lookup (self->orders, gm_request_param (request, "id"));
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  const char *failure;
  GmHash id;

  if (order == NULL)
    return gm_problem_new (404, "no such order");
  if (body == NULL || !gm_json_int (body, "seed", &self->seed, error))
    return NULL;
  if (g_str_equal (order->status, "open"))
    {
      g_assert_true (gm_hash_parse (order->id, &id, NULL));
      set_text (&order->status,
                gm_pay_mock_status (gm_pay_mock_outcome (self->seed, &id), &failure));
      set_text (&order->failure, failure);
      if (g_str_equal (order->status, "paid"))
        issue (self, order);
    }
  return reply_order (order);
}

static GmReply *
get_order (FakeStore *self, const GmRequest *request, GError **error)
{
  const GmOrder *order = g_hash_table_lookup (self->orders, gm_request_param (request, "id"));

  return order != NULL ? reply_order (order) : gm_problem_new (404, "no such order");
}

static GmReply *
get_licenses (FakeStore *self, const GmRequest *request, GError **error)
{
  const char *order_id = gm_request_query (request, "order");
  JsonObject *object = json_object_new ();
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < self->licenses->len; i++)
    {
      const GmLicense *license = g_ptr_array_index (self->licenses, i);

      if (g_strcmp0 (license->order_id, order_id) == 0)
        json_array_add_object_element (items, gm_record_to_json (&gm_license_type, license));
    }
  json_object_set_array_member (object, "items", items);
  return gm_reply_object (200, object);
}

/* Counts, and loses the request that is to be lost. */
static GmReply *
run (const GmRequest *request, Answer answer, GError **error)
{
  FakeStore *self = request->context;
  g_autoptr (GmReply) reply = NULL;
  gboolean lost;

  g_mutex_lock (&self->lock);
  lost = ++self->requests == self->fail_at;
  if (!lost || self->fail_after)
    reply = answer (self, request, error);
  g_mutex_unlock (&self->lock);
  if (lost)
    {
      g_clear_error (error);
      return gm_problem_new (502, "lost");
    }
  return g_steal_pointer (&reply);
}

#define HANDLER(name)                                                                              \
  static GmReply *on_##name (const GmRequest *request, GCancellable *cancellable, GError **error)  \
  {                                                                                                \
    return run (request, name, error);                                                             \
  }
HANDLER (get_asset)
HANDLER (get_content)
HANDLER (post_order)
HANDLER (put_payment)
HANDLER (get_order)
HANDLER (get_licenses)

static const GmRoute routes[] = {
  { "GET", "/api/assets/:id", GM_ROLE_ANYONE, on_get_asset },
  { "GET", "/ipfs/:cid", GM_ROLE_ANYONE, on_get_content },
  { "POST", "/api/orders", GM_ROLE_ANYONE, on_post_order },
  { "PUT", "/api/orders/:id/payment", GM_ROLE_ANYONE, on_put_payment },
  { "GET", "/api/orders/:id", GM_ROLE_ANYONE, on_get_order },
  { "GET", "/api/licenses", GM_ROLE_ANYONE, on_get_licenses },
};

static void
put_document (FakeStore *self, GBytes *content, char **hash_text)
{
  GmCid cid = { 1, GM_CID_RAW, { { 0 } } };

  gm_hash_sha256 (g_bytes_get_data (content, NULL), g_bytes_get_size (content), &cid.digest);
  *hash_text = gm_hash_dup_hex (&cid.digest);
  g_hash_table_insert (self->content, gm_cid_dup_text (&cid), content);
}

static void
put_asset (FakeStore *self)
{
  const GmWorld *world = self->scene->world;
  g_autoptr (GmManifest) manifest = gm_manifest_new ();
  GmCid cid = { 1, GM_CID_RAW, { { 0 } } };

  gm_hash_sha256 (g_bytes_get_data (world->stored, NULL), g_bytes_get_size (world->stored),
                  &cid.digest);
  manifest->chain_id = WORLD_CHAIN;
  manifest->asset_id = world->asset_id;
  manifest->seller = world->owner->address;
  gm_manifest_add_file (manifest, "master", "audio/flac", &cid,
                        (gint64) g_bytes_get_size (world->stored), &world->header);
  g_hash_table_insert (self->content, gm_cid_dup_text (&cid), g_bytes_ref (world->stored));

  put_document (self, gm_manifest_encode (manifest, NULL), &self->asset.manifest_hash);
  put_document (self, gm_key_envelope_encode (world->envelope, NULL), &self->asset.envelope_hash);
  self->asset.id = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  self->asset.title = g_strdup ("Tide");
  self->asset.artist = g_strdup ("Nadir");
  self->asset.type = g_strdup ("track");
  self->asset.status = g_strdup ("published");
  self->asset.tags = g_new0 (char *, 1);
  self->asset.price_units = 25000000;
  self->asset.price_currency = g_strdup ("USDC");
  self->asset.asset_id = gm_hash_dup_hex (&world->asset_id);
  self->asset.seller = gm_address_dup_text (&world->owner->address);
  self->asset.license_hash = gm_hash_dup_hex (&manifest->license_hash);
  self->asset.version = 7;
}

static GmDescriptor *
descriptor_of (FakeStore *self)
{
  const GmWorld *world = self->scene->world;
  GmDescriptor *descriptor = g_new0 (GmDescriptor, 1);

  descriptor->api_version = GM_DESCRIPTOR_API_VERSION;
  descriptor->name = g_strdup ("Fake store");
  descriptor->owner = world->owner->address;
  descriptor->chain_id = WORLD_CHAIN;
  descriptor->issuer = world->issuer->address;
  gm_license_receipt_schema_uid (&descriptor->license_schema);
  descriptor->eas_version = g_strdup (GM_ATTESTATION_EAS_VERSION);
  descriptor->threshold = 2;
  descriptor->holders = g_ptr_array_ref (self->scene->holders);
  return descriptor;
}

FakeStore *
fake_store_new (void)
{
  static gsize logging = 0;
  FakeStore *self = g_new0 (FakeStore, 1);
  g_autoptr (GError) error = NULL;

  if (g_once_init_enter (&logging)) /* what is lost on purpose is no news */
    {
      gm_log_init ("test", GM_LOG_ERROR);
      g_once_init_leave (&logging, 1);
    }
  g_mutex_init (&self->lock);
  self->scene = holder_scene_new ();
  self->content = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_bytes_unref);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) gm_order_free);
  self->licenses = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_license_free);
  put_asset (self);
  self->descriptor = descriptor_of (self);
  self->web = gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = G_N_ELEMENTS (routes), .context = self },
      &error);
  g_assert_no_error (error);
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (self->web));
  return self;
}

void
fake_store_free (FakeStore *self)
{
  GmAsset *asset = g_memdup2 (&self->asset, sizeof self->asset);

  gm_web_server_stop (self->web);
  gm_asset_free (asset);
  g_hash_table_unref (self->content);
  g_hash_table_unref (self->orders);
  g_ptr_array_unref (self->licenses);
  gm_descriptor_free (self->descriptor);
  holder_scene_free (self->scene);
  g_mutex_clear (&self->lock);
  g_free (self->origin);
  g_free (self);
}
