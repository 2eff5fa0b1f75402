/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"
#include "base/json.h"
#include "licenses/key-envelope.h"
#include "licenses/license.h"
#include "licenses/manifest.h"
#include "server/asset-row.h"
#include "server/routes.h"
#include "server/service.h"
#include "web/problem.h"

#define DOWNLOAD_TTL_SECONDS 300

/* { items }: the caller's own licenses, newest first; with order=ID or asset=ID only those. */
GmReply *
gm_licenses_api_list (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *buyer = gm_request_query (request, "buyer");
  const char *order = gm_request_query (request, "order");
  const char *asset = gm_request_query (request, "asset");
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GPtrArray) licenses = NULL;
  JsonObject *object;
  JsonArray *items;

  if (buyer != NULL && g_ascii_strcasecmp (buyer, request->principal.address) != 0)
    return gm_problem_new (403, "you see your own licenses only");
  if (!gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  licenses = gm_sql_list (
      reader.sql, &gm_license_type,
      "SELECT * FROM licenses WHERE buyer = ?1 AND (?2 IS NULL OR order_id = ?2)"
      " AND (?3 IS NULL OR asset = ?3 OR asset_id = ?3) ORDER BY issued_at DESC, order_id"
      " LIMIT 1000",
      (GmValue[]){ gm_value_text (request->principal.address), gm_value_text (order),
                   gm_value_text (asset) },
      3, error);
  if (licenses == NULL)
    return NULL;
  items = json_array_new ();
  for (guint i = 0; i < licenses->len; i++)
    json_array_add_object_element (items, gm_record_to_json (&gm_license_type, licenses->pdata[i]));
  object = json_object_new ();
  json_object_set_array_member (object, "items", items);
  return gm_reply_object (200, object);
}

/* NULL without error: there is none. */
static GmLicense *
find_license (GmSql *sql, const char *asset, const char *buyer, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmLicense *license = gm_sql_find (
      sql, &gm_license_type,
      "SELECT * FROM licenses WHERE asset = ?1 AND buyer = ?2 AND revoked_at = 0"
      " ORDER BY issued_at DESC LIMIT 1",
      (GmValue[]){ gm_value_text (asset), gm_value_text (buyer) }, 2, &problem);

  if (license == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&problem));
  return license;
}

static JsonObject *
load_document (GmService *service,
               GmSql *sql,
               const GmLicense *license,
               const char *kind,
               GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (
      sql,
      "SELECT storage_key FROM asset_files WHERE asset = ?1 AND manifest_hash = ?2 AND kind = ?3",
      (GmValue[]){ gm_value_text (license->asset), gm_value_text (license->manifest_hash),
                   gm_value_text (kind) },
      3, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  if (!gm_rows_next (rows, &problem))
    return gm_fail_null (error, GM_ERROR_BUG, "the %s of a licensed asset is gone", kind);
  bytes = gm_blob_get (service->blob, gm_rows_text (rows, 0), GM_KEY_ENVELOPE_MAX_BYTES, error);
  return bytes != NULL ? gm_json_parse_object (bytes, GM_KEY_ENVELOPE_MAX_BYTES, error) : NULL;
}

static char *
master_cid (JsonObject *manifest, GError **error)
{
  JsonArray *files = gm_json_array (manifest, "files", error);

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);

      if (g_strcmp0 (gm_json_text (file, "role", NULL), "master") == 0)
        return g_strdup (gm_json_text (file, "cid", error));
    }
  return gm_fail_null (error, GM_ERROR_BUG, "a manifest names no master");
}

static GmReply *
authorize (GmService *service, GmSql *sql, const GmLicense *license, GError **error)
{
  g_autoptr (JsonObject) manifest = load_document (service, sql, license, "manifest", error);
  g_autoptr (JsonObject) envelope = NULL;
  g_autofree char *cid = NULL;
  g_autofree char *url = NULL;
  JsonArray *gateways;
  JsonObject *object;

  if (manifest == NULL)
    return NULL;
  envelope = load_document (service, sql, license, "envelope", error);
  cid = envelope != NULL ? master_cid (manifest, error) : NULL;
  if (cid == NULL)
    return NULL;
  url = g_strdup_printf ("%s/ipfs/%s", gm_service_origin (service), cid);
  gateways = json_array_new ();
  json_array_add_string_element (gateways, gm_service_origin (service));
  object = json_object_new ();
  json_object_set_string_member (object, "url", url);
  json_object_set_int_member (object, "ttlSeconds", DOWNLOAD_TTL_SECONDS);
  json_object_set_string_member (object, "cid", cid);
  json_object_set_array_member (object, "gateways", gateways);
  json_object_set_object_member (object, "envelope", g_steal_pointer (&envelope));
  json_object_set_object_member (object, "manifest", g_steal_pointer (&manifest));
  return gm_reply_object (200, object);
}

/* What a licensed buyer needs to fetch and open the master: ciphertext, envelope, manifest. */
GmReply *
gm_licenses_api_download (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (GmLicense) license = NULL;
  g_autoptr (GmAsset) asset = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (GmReader) reader = { 0 };

  if (!gm_database_read (service->database, &reader, error))
    return NULL;
  asset = gm_asset_row_find (reader.sql, gm_request_param (request, "id"), error);
  if (asset == NULL)
    return NULL;
  license = find_license (reader.sql, asset->id, request->principal.address, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (license == NULL)
    return gm_problem_new (403, "you have no license for this asset");
  return authorize (service, reader.sql, license, error);
}
