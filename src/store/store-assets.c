/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-assets.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/ulid.h"

#define AUDIT_ROWS "100"

void
gm_store_page_free (GmStorePage *page)
{
  g_clear_pointer (&page->assets, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}

void
gm_store_job_clear (GmStoreJob *job)
{
  g_free (job->state);
  g_free (job->step);
  g_free (job->error);
}

static void
audit_record_free (gpointer data)
{
  GmAuditRecord *record = data;

  g_free (record->id);
  g_free (record->operation);
  g_free (record->actor);
  g_free (record->changed);
  g_free (record->before);
  g_free (record->after);
  g_free (record);
}

/* NULL when it is absent, null or of another type. */
static char *
dup_text (JsonObject *object, const char *member)
{
  return g_strdup (gm_json_text (object, member, NULL));
}

static GmAsset *
read_asset (JsonObject *object, GError **error)
{
  g_autoptr (GmAsset) asset = gm_record_from_json (&gm_asset_type, object, error);

  if (asset != NULL && !gm_ulid_is_valid (asset->id))
    return gm_fail_null (error, GM_ERROR_REMOTE, "“%.40s” is no name of an asset", asset->id);
  return g_steal_pointer (&asset);
}

static gboolean
read_items (JsonObject *answer, GPtrArray *assets, GError **error)
{
  JsonArray *items = gm_json_array (answer, "items", error);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      GmAsset *asset;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return gm_fail (error, GM_ERROR_REMOTE, "entry %u is no asset", i);
      asset = read_asset (json_node_get_object (node), error);
      if (asset == NULL)
        return FALSE;
      g_ptr_array_add (assets, asset);
    }
  return items != NULL;
}

static char *
list_path (const char *text, const char *status, const char *cursor)
{
  g_autoptr (GString) path = g_string_new ("/api/assets?sort=newest&status=");

  g_string_append_uri_escaped (path, status, NULL, FALSE);
  g_string_append_printf (path, "&limit=%d", GM_STORE_ASSETS_PAGE);
  if (text != NULL && *text != '\0')
    {
      g_string_append (path, "&q=");
      g_string_append_uri_escaped (path, text, NULL, FALSE);
    }
  if (cursor != NULL)
    {
      g_string_append (path, "&cursor=");
      g_string_append_uri_escaped (path, cursor, NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

GmStorePage *
gm_store_assets_list (GmStoreClient *store,
                      const char *text,
                      const char *status,
                      const char *cursor,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *path = list_path (text, status, cursor);
  g_autoptr (JsonObject) answer = gm_store_client_get (store, path, cancellable, error);
  g_autoptr (GmStorePage) page = NULL;
  JsonObject *pagination;

  if (answer == NULL)
    return NULL;

  page = g_new0 (GmStorePage, 1);
  page->assets = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  page->next = dup_text (answer, "nextCursor");
  if (!read_items (answer, page->assets, error))
    return NULL;
  page->total = page->assets->len;
  pagination = gm_json_object (answer, "pagination", NULL);
  if (pagination != NULL)
    gm_json_int (pagination, "totalCount", &page->total, NULL);
  return g_steal_pointer (&page);
}

static char *
asset_path (const char *id, const char *more)
{
  return g_strconcat ("/api/assets/", id, more, NULL);
}

GmAsset *
gm_store_assets_get (GmStoreClient *store,
                     const char *id,
                     GmStoreJob *job,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *path = asset_path (id, NULL);
  g_autoptr (JsonObject) answer = gm_store_client_get (store, path, cancellable, error);
  GmAsset *asset = answer != NULL ? read_asset (answer, error) : NULL;
  JsonObject *told;

  if (asset == NULL || job == NULL)
    return asset;

  *job = (GmStoreJob){ 0 };
  told = gm_json_object (answer, "job", NULL);
  if (told == NULL)
    return asset;
  job->state = dup_text (told, "state");
  job->step = dup_text (told, "step");
  job->error = dup_text (told, "error");
  gm_json_int (told, "permille", &job->permille, NULL);
  return asset;
}

GmAsset *
gm_store_assets_create (GmStoreClient *store,
                        const char *key,
                        JsonObject *body,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (JsonObject) answer = gm_store_client_send (store, "POST", "/api/assets", key, body,
                                                        cancellable, error);

  return answer != NULL ? read_asset (answer, error) : NULL;
}

GmAsset *
gm_store_assets_edit (GmStoreClient *store,
                      const GmAsset *asset,
                      const char *key,
                      JsonObject *body,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *path = asset_path (asset->id, NULL);
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", asset->version);
  const char *const headers[] = { "Idempotency-Key", key, "If-Match", etag, NULL };
  g_autoptr (JsonObject) answer = gm_store_client_send_with (store, "PATCH", path, headers, body,
                                                             cancellable, error);

  return answer != NULL ? read_asset (answer, error) : NULL;
}

static char *
join_names (JsonObject *log)
{
  JsonArray *names = gm_json_array (log, "changedFields", NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonNode *node = json_array_get_element (names, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", json_node_get_string (node));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_json (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? json_to_string (node, TRUE) : NULL;
}

static GmAuditRecord *
read_audit (JsonObject *log)
{
  GmAuditRecord *record = g_new0 (GmAuditRecord, 1);

  record->id = dup_text (log, "id");
  record->operation = dup_text (log, "operation");
  record->actor = dup_text (log, "userId");
  record->changed = join_names (log);
  record->before = dup_json (log, "before");
  record->after = dup_json (log, "after");
  gm_json_int (log, "createdAt", &record->created_at, NULL);
  return record;
}

GPtrArray *
gm_store_assets_audit (GmStoreClient *store,
                       const char *id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *path = asset_path (id, "/audit?limit=" AUDIT_ROWS);
  g_autoptr (JsonObject) answer = gm_store_client_get (store, path, cancellable, error);
  JsonArray *logs = answer != NULL ? gm_json_array (answer, "auditLogs", error) : NULL;
  GPtrArray *records;

  if (logs == NULL)
    return NULL;

  records = g_ptr_array_new_with_free_func (audit_record_free);
  for (guint i = 0; i < json_array_get_length (logs); i++)
    {
      JsonNode *node = json_array_get_element (logs, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (records, read_audit (json_node_get_object (node)));
    }
  return records;
}

static const char *
content_type_of (const char *path)
{
  static const char *const types[][2] = {
    { ".wav", "audio/wav" },   { ".flac", "audio/flac" }, { ".mp3", "audio/mpeg" },
    { ".aiff", "audio/aiff" }, { ".aif", "audio/aiff" },  { ".ogg", "audio/ogg" },
    { ".oga", "audio/ogg" },   { ".opus", "audio/opus" }, { ".m4a", "audio/mp4" },
    { ".mp4", "audio/mp4" },   { ".aac", "audio/aac" },
  };
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i][0], dot) == 0)
      return types[i][1];
  return NULL;
}

static JsonObject *
sign (GmStoreClient *store,
      const char *path,
      const char *type,
      gsize bytes,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *raw = g_path_get_basename (path);
  g_autofree char *name = g_utf8_make_valid (raw, -1);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "filename", name);
  json_object_set_string_member (body, "contentType", type);
  json_object_set_int_member (body, "fileSize", (gint64) bytes);
  return gm_store_client_send (store, "POST", "/api/upload/sign", NULL, body, cancellable, error);
}

/* The token goes with it: only to the store itself, whatever address it names. */
static gboolean
put (GmStoreClient *store,
     const char *url,
     const char *type,
     GBytes *content,
     GmHttpProgress sent,
     gpointer user_data,
     GCancellable *cancellable,
     GError **error)
{
  const char *origin = gm_store_client_origin (store);
  g_autofree char *token = gm_store_client_dup_token (store);
  const GmHttpAsk ask = { .method = "PUT",
                          .url = url,
                          .token = token,
                          .content_type = type,
                          .body = content,
                          .timeout_s = 120,
                          .sent = sent,
                          .sent_data = user_data };
  g_autoptr (GmHttpAnswer) answer = NULL;

  if (!g_str_has_prefix (url, origin) || url[strlen (origin)] != '/')
    return gm_fail (error, GM_ERROR_REMOTE, "the store wants the file at another address");
  answer = gm_http_send (gm_store_client_http (store), &ask, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (answer->status < 200 || answer->status > 299)
    return gm_fail (error, GM_ERROR_REMOTE, "the store did not take the file (%u)", answer->status);
  return TRUE;
}

char *
gm_store_assets_upload (GmStoreClient *store,
                        const char *path,
                        GmHttpProgress sent,
                        gpointer user_data,
                        GCancellable *cancellable,
                        GError **error)
{
  const char *type = content_type_of (path);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (JsonObject) place = NULL;
  const char *url;
  const char *key;

  if (type == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "this is no kind of music file a store takes");
  file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    {
      gm_error_adopt (error);
      return NULL;
    }

  content = g_mapped_file_get_bytes (file);
  if (g_bytes_get_size (content) == 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the file is empty");
  place = sign (store, path, type, g_bytes_get_size (content), cancellable, error);
  url = place != NULL ? gm_json_text (place, "url", error) : NULL;
  key = url != NULL ? gm_json_text (place, "key", error) : NULL;
  if (key == NULL || !put (store, url, type, content, sent, user_data, cancellable, error))
    return NULL;
  return g_strdup (key);
}

gboolean
gm_store_assets_notify (GmStoreClient *store,
                        const char *asset,
                        const char *upload,
                        GCancellable *cancellable,
                        GError **error)
{
  JsonObject *body = json_object_new ();
  g_autoptr (JsonObject) answer = NULL;

  json_object_set_string_member (body, "assetId", asset);
  json_object_set_string_member (body, "key", upload);
  answer = gm_store_client_send (store, "POST", "/api/upload/notify", NULL, body, cancellable,
                                 error);
  return answer != NULL;
}
