/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "server/asset-edit.h"
#include "server/asset-row.h"
#include "server/job.h"
#include "server/routes.h"
#include "server/upload.h"
#include "web/problem.h"

static GmReply *
check_sign (JsonObject *body, GmUpload *upload)
{
  g_autoptr (JsonObject) wrong = json_object_new ();
  const char *filename = gm_json_text (body, "filename", NULL);
  const char *type = gm_json_text (body, "contentType", NULL);

  if (filename == NULL || *filename == '\0' || strlen (filename) > 1024)
    gm_asset_edit_complain (wrong, "filename", "Filename is required");
  if (type == NULL || !gm_upload_type_is_known (type))
    gm_asset_edit_complain (wrong, "contentType", "Only audio files are allowed");
  if (!gm_json_int (body, "fileSize", &upload->bytes, NULL) || upload->bytes < 1)
    gm_asset_edit_complain (wrong, "fileSize", "must be the number of bytes");
  else if ((guint64) upload->bytes > GM_UPLOAD_MAX_BYTES)
    gm_asset_edit_complain (wrong, "fileSize", "exceeds 500 MiB");
  if (json_object_get_size (wrong) > 0)
    return gm_problem_new_fields (400, "Validation failed", g_steal_pointer (&wrong));
  upload->filename = g_strdup (filename);
  upload->content_type = g_strdup (type);
  return NULL;
}

/* { filename, contentType, fileSize } to { url, key, contentType }: PUT the file to url. */
GmReply *
gm_upload_api_sign (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  g_autoptr (GmUpload) upload = g_new0 (GmUpload, 1);
  g_autofree char *token = NULL;
  g_autofree char *url = NULL;
  JsonObject *object;
  GmReply *refusal;
  gint64 pending;

  if (body == NULL)
    return NULL;
  refusal = check_sign (body, upload);
  if (refusal != NULL)
    return refusal;
  upload->address = g_strdup (request->principal.address);
  if (!gm_upload_pending (service, upload->address, &pending, error))
    return NULL;
  if ((guint64) (pending + upload->bytes) > GM_UPLOAD_QUOTA_BYTES)
    return gm_problem_new (429, "20 GiB of your uploads wait to be published; publish them first");
  upload = gm_upload_sign (service, g_steal_pointer (&upload), &token, error);
  if (upload == NULL)
    return NULL;
  url = g_strdup_printf ("%s/api/upload/put/%s", gm_service_origin (service), token);
  object = json_object_new ();
  json_object_set_string_member (object, "url", url);
  json_object_set_string_member (object, "key", upload->key);
  json_object_set_string_member (object, "contentType", upload->content_type);
  json_object_set_int_member (object, "maxFileSize", (gint64) GM_UPLOAD_MAX_BYTES);
  return gm_reply_object (200, object);
}

/* The bytes themselves. */
GmReply *
gm_upload_api_put (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmUpload) upload = NULL;

  if (request->body_path == NULL)
    return gm_problem_new (400, "the file is empty");
  upload = gm_upload_receive (gm_service_of (request), gm_request_param (request, "token"),
                              request->principal.address, request->body_path, error);
  return upload != NULL ? gm_reply_new (204) : NULL;
}

static GmAsset *
find_editable (GmSql *sql, const GmRequest *request, const char *id, GError **error)
{
  g_autoptr (GmAsset) asset = gm_asset_row_find (sql, id, error);

  if (asset == NULL)
    return NULL;
  if (!gm_request_has_role (request, GM_ROLE_ADMIN) &&
      g_strcmp0 (asset->seller, request->principal.address) != 0)
    return gm_fail_null (error, GM_ERROR_DENIED, "this is another producer's asset");
  return g_steal_pointer (&asset);
}

static GmReply *
answer (const GmAsset *asset, const char *file, const char *job, const char *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "ok", TRUE);
  json_object_set_string_member (object, "assetId", asset->id);
  json_object_set_string_member (object, "status", asset->status);
  if (file != NULL)
    json_object_set_string_member (object, "fileId", file);
  if (job != NULL)
    json_object_set_string_member (object, "jobId", job);
  if (message != NULL)
    json_object_set_string_member (object, "message", message);
  return gm_reply_object (200, object);
}

/* Puts the asset to processing and queues its job, together. */
static char *
start_processing (GmWriter *writer,
                  const GmRequest *request,
                  GmAsset *asset,
                  const GmUpload *upload,
                  GError **error)
{
  g_autoptr (GmAsset) before = gm_record_copy (&gm_asset_type, asset);
  g_autoptr (JsonObject) input = json_object_new ();

  if (!gm_asset_row_step (asset, "processing", error))
    return NULL;
  g_clear_pointer (&asset->error, g_free);
  json_object_set_string_member (input, "upload", upload->id);
  json_object_set_string_member (input, "filename", upload->filename);
  json_object_set_string_member (input, "actor", request->principal.address);
  if (!gm_asset_row_update (writer, before, asset, request->principal.address, error) ||
      !gm_upload_take (writer, upload, asset->id, error))
    return NULL;
  return gm_job_enqueue (writer, "publish", asset->id, input, error);
}

/* { assetId, key } to { ok, fileId, jobId, assetId, status: "processing" }. */
GmReply *
gm_upload_api_notify (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  const char *id = body != NULL ? gm_json_text (body, "assetId", error) : NULL;
  const char *key = id != NULL ? gm_json_text (body, "key", error) : NULL;
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) asset = NULL;
  g_autoptr (GmUpload) upload = NULL;
  g_autofree char *job = NULL;

  if (key == NULL || !gm_database_begin (service->database, &writer, error))
    return NULL;
  asset = find_editable (writer.sql, request, id, error);
  upload = asset != NULL ? gm_upload_find (writer.sql, key, request->principal.address, error)
                         : NULL;
  if (upload == NULL)
    return NULL;
  if (g_str_equal (upload->state, "taken") && g_strcmp0 (upload->asset, asset->id) == 0)
    return answer (asset, upload->id, NULL, NULL); /* told twice */
  if (!g_str_equal (upload->state, "received"))
    return gm_problem_new (409, "the file of this key has not arrived");
  job = start_processing (&writer, request, asset, upload, error);
  if (job == NULL || !gm_database_commit (&writer, error))
    return NULL;
  return answer (asset, upload->id, job, NULL);
}

static GmReply *
give_up (GmWriter *writer,
         const GmRequest *request,
         GmAsset *asset,
         JsonObject *body,
         GError **error)
{
  g_autoptr (GmAsset) before = gm_record_copy (&gm_asset_type, asset);
  const char *message = gm_json_text (body, "errorMessage", NULL);

  if (!gm_asset_row_step (asset, "error", error))
    return NULL;
  g_free (asset->error);
  asset->error = g_strndup (message != NULL ? message : "Processing failed", 500);
  if (!gm_job_cancel (writer, asset->id, error) ||
      !gm_asset_row_update (writer, before, asset, request->principal.address, error) ||
      !gm_database_commit (writer, error))
    return NULL;
  return answer (asset, NULL, NULL, asset->error);
}

/* { assetId, status: "ready" | "error", errorMessage }: says whether processing has ended; "error"
 * ends it. The pipeline itself makes an asset ready. */
GmReply *
gm_upload_api_complete (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  const char *id = body != NULL ? gm_json_text (body, "assetId", error) : NULL;
  const char *status = body != NULL ? gm_json_text (body, "status", NULL) : NULL;
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) asset = NULL;

  if (id == NULL || !gm_database_begin (service->database, &writer, error))
    return NULL;
  asset = find_editable (writer.sql, request, id, error);
  if (asset == NULL)
    return NULL;
  if (g_strcmp0 (status, "error") == 0)
    return give_up (&writer, request, asset, body, error);
  if (status != NULL && !g_str_equal (status, "ready"))
    return gm_problem_new (422, "status is ready or error");
  if (g_str_equal (asset->status, "ready") || g_str_equal (asset->status, "published"))
    return answer (asset, NULL, NULL, "Asset processing complete");
  return gm_problem_new (409, "the asset is %s", asset->status);
}

GmReply *
gm_upload_api_job (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GmJob) job = NULL;
  g_autoptr (GmAsset) asset = NULL;

  if (!gm_database_read (gm_service_of (request)->database, &reader, error))
    return NULL;
  job = gm_job_find (reader.sql, gm_request_param (request, "id"), error);
  asset = job != NULL ? find_editable (reader.sql, request, job->asset, error) : NULL;
  return asset != NULL ? gm_reply_object (200, gm_job_to_json (job)) : NULL;
}
