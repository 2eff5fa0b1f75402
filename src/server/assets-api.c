/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"
#include "base/json.h"
#include "server/asset-edit.h"
#include "server/asset-query.h"
#include "server/audit.h"
#include "server/idempotency.h"
#include "server/job.h"
#include "server/routes.h"
#include "server/service.h"
#include "web/problem.h"

/* Admins and auditors see everything, a producer what is his. */
static gboolean
is_inside (const GmRequest *request, const GmAsset *asset)
{
  if (gm_request_has_role (request, GM_ROLE_ADMIN | GM_ROLE_AUDITOR))
    return TRUE;
  return gm_request_has_role (request, GM_ROLE_PRODUCER) &&
         g_strcmp0 (asset->seller, request->principal.address) == 0;
}

static gboolean
may_edit (const GmRequest *request, const GmAsset *asset)
{
  return gm_request_has_role (request, GM_ROLE_ADMIN) ||
         g_strcmp0 (asset->seller, request->principal.address) == 0;
}

static JsonObject *
pagination (const GmAssetPage *page)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "page", page->page);
  json_object_set_int_member (object, "limit", page->limit);
  json_object_set_int_member (object, "totalCount", page->total);
  json_object_set_int_member (object, "totalPages", (page->total + page->limit - 1) / page->limit);
  json_object_set_boolean_member (object, "hasNextPage", page->next_cursor != NULL);
  json_object_set_boolean_member (object, "hasPrevPage", page->page > 1);
  return object;
}

/* { items, nextCursor, pagination }; parameters: asset-query.h. */
GmReply *
gm_assets_api_list (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *seller = gm_request_has_role (request, GM_ROLE_PRODUCER) ? request->principal.address
                                                                       : NULL;
  g_autoptr (GmAssetQuery) query = gm_asset_query_parse (request, seller, error);
  g_autoptr (GmAssetPage) page = NULL;
  g_auto (GmReader) reader = { 0 };
  g_autofree char *total = NULL;
  JsonObject *object;
  JsonArray *items;
  GmReply *reply;

  if (query == NULL || !gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  page = gm_asset_query_run (query, reader.sql, error);
  if (page == NULL)
    return NULL;

  items = json_array_sized_new (page->assets->len);
  for (guint i = 0; i < page->assets->len; i++)
    {
      GmAsset *asset = page->assets->pdata[i];

      json_array_add_object_element (items,
                                     gm_asset_row_to_json (asset, is_inside (request, asset)));
    }
  object = json_object_new ();
  json_object_set_array_member (object, "items", items);
  if (page->next_cursor != NULL)
    json_object_set_string_member (object, "nextCursor", page->next_cursor);
  else
    json_object_set_null_member (object, "nextCursor");
  json_object_set_object_member (object, "pagination", pagination (page));
  reply = gm_reply_object (200, object);
  total = g_strdup_printf ("%" G_GINT64_FORMAT, page->total);
  gm_reply_set_header (reply, "X-Total-Count", total);
  return reply;
}

static GmReply *
reply_with (guint status, const GmAsset *asset, gboolean inside)
{
  GmReply *reply = gm_reply_object (status, gm_asset_row_to_json (asset, inside));

  gm_reply_set_etag (reply, "%" G_GINT64_FORMAT, asset->version);
  return reply;
}

/* How far processing is, for those who work on the asset. */
static gboolean
add_job (GmSql *sql, const GmAsset *asset, JsonObject *object, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmJob) job = gm_job_find_newest (sql, asset->id, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (job != NULL)
    json_object_set_object_member (object, "job", gm_job_to_json (job));
  return TRUE;
}

GmReply *
gm_assets_api_get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmAsset) asset = NULL;
  g_auto (GmReader) reader = { 0 };
  JsonObject *object;
  GmReply *reply;

  if (!gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  asset = gm_asset_row_find (reader.sql, gm_request_param (request, "id"), error);
  if (asset == NULL)
    return NULL;
  if (!g_str_equal (asset->status, "published") && !is_inside (request, asset))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "Asset not found");
  object = gm_asset_row_to_json (asset, is_inside (request, asset));
  if (is_inside (request, asset) && !add_job (reader.sql, asset, object, error))
    {
      json_object_unref (object);
      return NULL;
    }
  reply = gm_reply_object (200, object);
  gm_reply_set_etag (reply, "%" G_GINT64_FORMAT, asset->version);
  return reply;
}

static GmReply *
invalid (JsonObject *wrong)
{
  return gm_problem_new_fields (422, "Validation failed", json_object_ref (wrong));
}

static GmReply *
create (GmWriter *writer, const GmRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  g_autoptr (JsonObject) wrong = json_object_new ();
  g_autoptr (GmAsset) asset = g_new0 (GmAsset, 1);
  GmReply *reply;
  g_autofree char *location = NULL;

  if (body == NULL)
    return NULL;
  asset->type = g_strdup ("track");
  asset->status = g_strdup ("draft");
  asset->price_currency = g_strdup ("USDC");
  asset->seller = g_strdup (request->principal.address);
  asset->is_new = TRUE;
  gm_asset_edit_apply (body, asset, wrong);
  if (asset->title == NULL && !json_object_has_member (wrong, "title"))
    gm_asset_edit_complain (wrong, "title", "is required");
  if (asset->artist == NULL && !json_object_has_member (wrong, "artist"))
    gm_asset_edit_complain (wrong, "artist", "is required");
  if (json_object_get_size (wrong) > 0)
    return invalid (wrong);
  if (!gm_asset_row_create (writer, asset, request->principal.address, error))
    return NULL;
  reply = reply_with (201, asset, TRUE);
  location = g_strdup_printf ("/api/assets/%s", asset->id);
  gm_reply_set_header (reply, "Location", location);
  return reply;
}

/* A draft without a file: { title, artist, … } (asset-edit.c says what). */
GmReply *
gm_assets_api_create (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error); /* 400 before all else */

  if (body == NULL)
    return NULL;
  return gm_idempotency_run (
      &(GmIdempotent){ gm_service_of (request)->database, TRUE, create, NULL }, request, error);
}

/* NULL when the condition holds. */
static GmReply *
check_condition (const GmRequest *request, const GmAsset *asset, gboolean required)
{
  const char *if_match = gm_request_header (request, "if-match");
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", asset->version);

  if (if_match == NULL)
    return required ? gm_problem_new (428, "If-Match is required: send the ETag you edited") : NULL;
  if (g_str_equal (if_match, "*") || g_str_equal (if_match, etag))
    return NULL;
  return gm_problem_new (412, "the asset changed meanwhile: reload it");
}

/* What has to be there before an asset is sold. */
static GmReply *
check_complete (const GmAsset *asset)
{
  if (asset->preview == NULL || asset->manifest_hash == NULL || asset->asset_id == NULL)
    return gm_problem_new (409, "the asset has no processed file yet");
  return NULL;
}

static GmReply *
step (GmAsset *asset, JsonNode *status, JsonObject *wrong)
{
  g_autoptr (GError) problem = NULL;
  const char *to = json_node_get_value_type (status) == G_TYPE_STRING
                       ? json_node_get_string (status)
                       : NULL;
  static const char *const known[] = { "draft",    "processing", "ready", "published",
                                       "archived", "error",      NULL };

  if (to == NULL || !g_strv_contains (known, to))
    {
      gm_asset_edit_complain (wrong, "status", "is not a status of an asset");
      return invalid (wrong);
    }
  if (g_str_equal (asset->status, to))
    return NULL;
  if (g_str_equal (to, "processing") || g_str_equal (to, "error") ||
      (g_str_equal (to, "ready") && g_str_equal (asset->status, "processing")))
    return gm_problem_new (409, "only an upload brings an asset to %s", to);
  if (!gm_asset_row_step (asset, to, &problem))
    return gm_problem_from_error (problem);
  return g_str_equal (to, "published") || g_str_equal (to, "ready") ? check_complete (asset) : NULL;
}

/* What was sold as the only license, or beside others, stays what it was sold as (PROTOCOLS A7). */
static GmReply *
check_exclusive (GmWriter *writer, const GmAsset *before, const GmAsset *after, GError **error)
{
  gint64 sold = 0;

  if (before->is_exclusive == after->is_exclusive ||
      (gm_sql_int (writer->sql,
                   "SELECT count(*) FROM orders WHERE asset = ?1"
                   " AND status IN ('paid', 'licensed')",
                   (GmValue[]){ gm_value_text (before->id) }, 1, &sold, error) &&
       sold == 0))
    return NULL;
  return sold > 0 ? gm_problem_new (409, "it was sold: isExclusive stays what it is") : NULL;
}

static GmReply *
save (GmWriter *writer,
      const GmRequest *request,
      const GmAsset *before,
      GmAsset *after,
      GError **error)
{
  if (!gm_record_equal (&gm_asset_type, before, after) &&
      !gm_asset_row_update (writer, before, after, request->principal.address, error))
    return NULL;
  return reply_with (200, after, TRUE);
}

static GmReply *
patch (GmWriter *writer, const GmRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  g_autoptr (GmAsset) before = NULL;
  g_autoptr (GmAsset) after = NULL;
  g_autoptr (JsonObject) wrong = json_object_new ();
  g_autoptr (GError) problem = NULL;
  GmReply *refusal;
  JsonNode *status;
  guint meant;

  if (body == NULL)
    return NULL;
  before = gm_asset_row_find (writer->sql, gm_request_param (request, "id"), error);
  if (before == NULL)
    return NULL;
  if (!may_edit (request, before))
    return gm_problem_new (403, "this is another producer's asset");
  refusal = check_condition (request, before, TRUE);
  if (refusal != NULL)
    return refusal;

  after = gm_record_copy (&gm_asset_type, before);
  status = json_object_get_member (body, "status");
  meant = gm_asset_edit_apply (body, after, wrong) + (status != NULL);
  if (json_object_get_size (wrong) > 0)
    return invalid (wrong);
  if (meant == 0)
    return gm_problem_new (400, "No valid fields to update");
  refusal = status != NULL ? step (after, status, wrong) : NULL;
  if (refusal == NULL)
    refusal = check_exclusive (writer, before, after, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return refusal != NULL ? refusal : save (writer, request, before, after, error);
}

GmReply *
gm_assets_api_patch (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) body = gm_request_json (request, error); /* 400 before all else */

  if (body == NULL)
    return NULL;
  return gm_idempotency_run (
      &(GmIdempotent){ gm_service_of (request)->database, TRUE, patch, NULL }, request, error);
}

static GmReply *
archive (GmWriter *writer, const GmRequest *request, gpointer user_data, GError **error)
{
  g_autoptr (GmAsset) before = gm_asset_row_find (writer->sql, gm_request_param (request, "id"),
                                                  error);
  g_autoptr (GmAsset) after = NULL;
  GmReply *refusal;

  if (before == NULL)
    return NULL;
  if (!may_edit (request, before))
    return gm_problem_new (403, "this is another producer's asset");
  refusal = check_condition (request, before, FALSE);
  if (refusal != NULL)
    return refusal;
  after = gm_record_copy (&gm_asset_type, before);
  if (!g_str_equal (before->status, "archived") && !gm_asset_row_step (after, "archived", error))
    return NULL;
  return save (writer, request, before, after, error);
}

/* Archives: what was sold stays with its buyers. */
GmReply *
gm_assets_api_delete (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  return gm_idempotency_run (
      &(GmIdempotent){ gm_service_of (request)->database, FALSE, archive, NULL }, request, error);
}

/* { assetId, auditLogs, total, nextCursor } newest first; limit, cursor. */
GmReply *
gm_assets_api_audit (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmAsset) asset = NULL;
  g_auto (GmReader) reader = { 0 };
  JsonObject *object;
  gint64 limit, before_rev;

  if (!gm_request_query_int (request, "limit", (gint64[]){ 1, 100 }, 50, &limit, error) ||
      !gm_request_query_int (request, "cursor", (gint64[]){ 1, G_MAXINT64 }, G_MAXINT64,
                             &before_rev, error) ||
      !gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  asset = gm_asset_row_find (reader.sql, gm_request_param (request, "id"), error);
  if (asset == NULL)
    return NULL;
  if (!is_inside (request, asset))
    return gm_problem_new (403, "this is another producer's asset");
  object = gm_audit_list (reader.sql, asset->id, before_rev, limit, error);
  return object != NULL ? gm_reply_object (200, object) : NULL;
}
