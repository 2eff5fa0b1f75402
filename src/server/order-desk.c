/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/order-desk.h"

#include "base/clock.h"
#include "base/error.h"
#include "evm/address.h"
#include "licenses/license-receipt.h"
#include "licenses/license.h"
#include "payments/pay-mock.h"
#include "server/asset-row.h"

static void
set_text (char **field, char *take)
{
  g_free (*field);
  *field = take;
}

GmOrder *
gm_order_desk_find (GmSql *sql, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmOrder *order = gm_sql_find (sql, &gm_order_type, "SELECT * FROM orders WHERE id = ?1",
                                (GmValue[]){ gm_value_text (id) }, 1, &problem);

  if (order == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such order");
  if (order == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return order;
}

/* Texts as the store writes them, whatever case the client chose. */
static void
write_terms (GmOrder *order, const GmOrderTerms *terms)
{
  GmHash id;

  gm_order_terms_id (terms, &id);
  set_text (&order->id, gm_hash_dup_hex (&id));
  set_text (&order->marketplace, gm_address_dup_text (&terms->marketplace));
  set_text (&order->listing_id, gm_hash_dup_hex (&terms->listing_id));
  set_text (&order->asset_id, gm_hash_dup_hex (&terms->asset_id));
  set_text (&order->buyer, gm_address_dup_text (&terms->buyer));
  set_text (&order->payer, gm_address_dup_text (&terms->payer));
  set_text (&order->token, gm_address_dup_text (&terms->token));
  set_text (&order->manifest_hash, gm_hash_dup_hex (&terms->manifest_hash));
  set_text (&order->license_hash, gm_hash_dup_hex (&terms->license_hash));
  set_text (&order->salt, gm_hash_dup_hex (&terms->salt));
}

static gboolean
check_terms (GmService *service, const GmOrderTerms *terms, GError **error)
{
  /* Test money buys nothing here, and its licenses would be none. */
  if (service->deployment != NULL)
    return gm_fail (error, GM_ERROR_DENIED,
                    "this store sells on %s, and this version of it cannot take orders there yet",
                    service->deployment->network.name);
  if (terms->chain_id != service->chain_id)
    return gm_fail (error, GM_ERROR_DENIED, "the order was signed for another store");
  if (!gm_address_is_zero (&terms->marketplace) || !gm_address_is_zero (&terms->token))
    return gm_fail (error, GM_ERROR_DENIED, "the order was signed for a marketplace on a chain");
  if (!gm_address_equal (&terms->buyer, &terms->payer))
    return gm_fail (error, GM_ERROR_DENIED, "here the buyer pays");
  if (!gm_hash_equal (&terms->listing_id, &terms->asset_id))
    return gm_fail (error, GM_ERROR_BAD_DATA, "listingId and assetId differ");
  return TRUE;
}

/* What was signed is what is offered now. */
static gboolean
check_offer (const GmAsset *asset, const GmOrder *order, GError **error)
{
  if (!g_str_equal (asset->status, "published"))
    return gm_fail (error, GM_ERROR_CONFLICT, "this asset is not for sale");
  if (order->listing_version != asset->version || order->amount_units != asset->price_units ||
      g_strcmp0 (order->currency, asset->price_currency) != 0 ||
      g_strcmp0 (order->manifest_hash, asset->manifest_hash) != 0 ||
      g_strcmp0 (order->license_hash, asset->license_hash) != 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "the offer changed since you signed it");
  return TRUE;
}

/* One license per buyer and offer, and one at all of what is exclusive. */
static gboolean
check_not_sold (GmSql *sql, const GmAsset *asset, const GmOrder *order, GError **error)
{
  gint64 own, any;

  if (!gm_sql_int (sql,
                   "SELECT count(*) FROM orders WHERE asset = ?1 AND buyer = ?2 AND"
                   " listing_version = ?3 AND status IN ('paid', 'licensed') AND id <> ?4",
                   (GmValue[]){ gm_value_text (asset->id), gm_value_text (order->buyer),
                                gm_value_int (order->listing_version), gm_value_text (order->id) },
                   4, &own, error) ||
      !gm_sql_int (sql,
                   "SELECT count(*) FROM orders WHERE asset = ?1"
                   " AND status IN ('paid', 'licensed') AND id <> ?2",
                   (GmValue[]){ gm_value_text (asset->id), gm_value_text (order->id) }, 2, &any,
                   error))
    return FALSE;
  if (own > 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "you own this already");
  if (asset->is_exclusive && any > 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "this exclusive license is sold");
  return TRUE;
}

static GmAsset *
find_asset (GmSql *sql, const char *asset_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmAsset *asset = gm_sql_find (sql, &gm_asset_type, "SELECT * FROM assets WHERE asset_id = ?1",
                                (GmValue[]){ gm_value_text (asset_id) }, 1, &problem);

  if (asset == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "Asset not found");
  if (asset == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return asset;
}

/* NULL without error when there is none. */
static GmOrder *
find_placed (GmSql *sql, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmOrder *order = gm_order_desk_find (sql, id, &problem);

  if (order == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&problem));
  return order;
}

GmOrder *
gm_order_desk_place (GmService *service,
                     GmWriter *writer,
                     GmOrder *order,
                     gboolean *created,
                     GError **error)
{
  g_autoptr (GmAsset) asset = NULL;
  g_autoptr (GmOrder) placed = NULL;
  g_autoptr (GError) problem = NULL;
  GmOrderTerms terms;

  *created = FALSE;
  if (!gm_order_check (order, &terms, error) || !check_terms (service, &terms, error))
    return NULL;
  write_terms (order, &terms);
  placed = find_placed (writer->sql, order->id, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (placed == NULL)
    asset = find_asset (writer->sql, order->asset_id, error);
  if (placed != NULL || asset == NULL)
    return g_steal_pointer (&placed);
  if (!check_offer (asset, order, error) || !check_not_sold (writer->sql, asset, order, error))
    return NULL;

  set_text (&order->asset, g_strdup (asset->id));
  set_text (&order->status, g_strdup ("open"));
  g_clear_pointer (&order->provider, g_free);
  g_clear_pointer (&order->failure, g_free);
  g_clear_pointer (&order->license_uid, g_free);
  order->created_at = order->updated_at = gm_clock_now_ms ();
  if (!gm_sql_put (writer->sql, &gm_order_type, order, error))
    return NULL;
  *created = TRUE;
  return gm_record_copy (&gm_order_type, order);
}

static gboolean
settle (GmWriter *writer, GmOrder *order, gint64 seed, GError **error)
{
  g_autoptr (GmAsset) asset = gm_asset_row_find (writer->sql, order->asset, error);
  g_autoptr (GError) changed = NULL;
  const char *failure = NULL;
  const char *status;
  GmHash id;

  if (asset == NULL || !gm_hash_parse (order->id, &id, error))
    return FALSE;
  if (!check_offer (asset, order, &changed) ||
      !check_not_sold (writer->sql, asset, order, &changed))
    {
      status = "failed";
      failure = changed->message;
    }
  else
    status = gm_pay_mock_status (gm_pay_mock_outcome (seed, &id), &failure);

  set_text (&order->status, g_strdup (status));
  set_text (&order->provider, g_strdup ("mock"));
  set_text (&order->failure, g_strdup (failure));
  order->updated_at = gm_clock_now_ms ();
  return gm_sql_put (writer->sql, &gm_order_type, order, error);
}

GmOrder *
gm_order_desk_pay_mock (GmWriter *writer, const char *id, gint64 seed, GError **error)
{
  g_autoptr (GmOrder) order = gm_order_desk_find (writer->sql, id, error);

  if (order == NULL)
    return NULL;
  if (g_str_equal (order->status, "open") && !settle (writer, order, seed, error))
    return NULL;
  return g_steal_pointer (&order);
}

/* The salt of the attestation is the order id and its time that of the payment, so issuing again
 * after a crash makes the very same one. */
static GmLicense *
issue (GmService *service, const GmOrder *order, const GmAsset *asset, GError **error)
{
  g_autoptr (GmAttestation) attestation = NULL;
  g_autoptr (GmLicense) license = g_new0 (GmLicense, 1);
  GmLicenseReceipt receipt = { 0 };
  GmOrderTerms terms;

  if (!gm_order_check (order, &terms, error))
    return NULL;
  gm_order_terms_id (&terms, &receipt.order_id);
  receipt.asset_id = terms.asset_id;
  receipt.asset_version = terms.listing_version;
  receipt.manifest_hash = terms.manifest_hash;
  receipt.license_hash = terms.license_hash;
  receipt.payer = terms.payer;
  receipt.token = terms.token;
  receipt.amount_units = terms.amount_units;
  attestation = gm_license_receipt_issue (&receipt, &terms.buyer, service->chain_id,
                                          (guint64) order->updated_at / 1000, service->issuer,
                                          error);
  if (attestation == NULL)
    return NULL;

  license->order_id = g_strdup (order->id);
  license->uid = gm_hash_dup_hex (&attestation->uid);
  license->asset_id = g_strdup (order->asset_id);
  license->asset = g_strdup (order->asset);
  license->asset_version = order->listing_version;
  license->buyer = g_strdup (order->buyer);
  license->seller = g_strdup (asset->seller);
  license->manifest_hash = g_strdup (order->manifest_hash);
  license->license_hash = g_strdup (order->license_hash);
  license->kind = g_strdup (asset->is_exclusive ? "exclusive" : "standard");
  license->amount_units = order->amount_units;
  license->currency = g_strdup (order->currency);
  license->issued_at = order->updated_at / 1000 * 1000;
  license->attestation = gm_attestation_dup_text (attestation);
  return g_steal_pointer (&license);
}

gboolean
gm_order_desk_finish (GmService *service, const char *id, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmOrder) order = NULL;
  g_autoptr (GmAsset) asset = NULL;
  g_autoptr (GmLicense) license = NULL;

  if (!gm_database_begin (service->database, &writer, error))
    return FALSE;
  order = gm_order_desk_find (writer.sql, id, error);
  if (order == NULL)
    return FALSE;
  if (!g_str_equal (order->status, "paid"))
    return TRUE;
  asset = gm_asset_row_find (writer.sql, order->asset, error);
  license = asset != NULL ? issue (service, order, asset, error) : NULL;
  if (license == NULL)
    return FALSE;

  set_text (&order->status, g_strdup ("licensed"));
  set_text (&order->license_uid, g_strdup (license->uid));
  order->updated_at = gm_clock_now_ms ();
  return gm_sql_put (writer.sql, &gm_license_type, license, error) &&
         gm_sql_put (writer.sql, &gm_order_type, order, error) &&
         gm_database_commit (&writer, error);
}

gboolean
gm_order_desk_finish_all (GmService *service, GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_auto (GmReader) reader = { 0 };

  if (!gm_database_read (service->database, &reader, error))
    return FALSE;
  orders = gm_sql_list (reader.sql, &gm_order_type, "SELECT * FROM orders WHERE status = 'paid'",
                        NULL, 0, error);
  gm_reader_clear (&reader);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (!gm_order_desk_finish (service, ((GmOrder *) orders->pdata[i])->id, error))
      return FALSE;
  return orders != NULL;
}
