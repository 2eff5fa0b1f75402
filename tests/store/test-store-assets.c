/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-assets.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "web/problem.h"
#include "web/web-server.h"

#define ID "01J00000000000000000000077"
#define ROW(version, status)                                                                       \
  "{\"id\":\"" ID "\",\"title\":\"T\",\"artist\":\"A\",\"type\":\"beat\",\"status\":\"" status     \
  "\",\"priceUnits\":\"0\",\"priceCurrency\":\"USDC\",\"version\":" version                        \
  ",\"rev\":2,\"createdAt\":1,\"updatedAt\":1"

/* What came, as the store saw it. */
typedef struct
{
  char *origin;
  char *query, *if_match, *key, *body;
  char *url; /* (nullable) told by sign instead */
  gsize bytes;
} Store;

static GmReply *
say (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return gm_reply_bytes (200, "application/json", body);
}

static void
note (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static GmReply *
list (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;

  note (&store->query, gm_request_query (request, "q"));
  return say ("{\"items\":[" ROW ("1", "draft") "}],\"nextCursor\":\"c2\","
                                                "\"pagination\":{\"totalCount\":7}}");
}

static GmReply *
get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  return say (ROW ("2", "processing") ",\"job\":{\"state\":\"running\",\"step\":\"measure\","
                                      "\"permille\":250,\"error\":null}}");
}

static GmReply *
patch (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;

  note (&store->if_match, gm_request_header (request, "if-match"));
  note (&store->key, gm_request_header (request, "idempotency-key"));
  if (g_strcmp0 (store->if_match, "\"1\"") != 0)
    return gm_problem_new (412, "the asset changed meanwhile");
  return say (ROW ("2", "ready") "}");
}

static GmReply *
audit (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  return say ("{\"auditLogs\":[{\"id\":\"x\",\"operation\":\"update\",\"userId\":\"0xabc\","
              "\"createdAt\":5,\"changedFields\":[\"title\",\"bpm\"],\"before\":null,"
              "\"after\":{\"title\":\"T\"}},7]}");
}

static GmReply *
sign (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;
  g_autofree char *text = g_strdup_printf (
      "{\"url\":\"%s\",\"key\":\"uploads/k1\",\"contentType\":\"audio/flac\"}",
      store->url != NULL ? store->url : "");

  return say (text);
}

static GmReply *
put (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;

  store->bytes = g_bytes_get_size (request->body);
  return gm_reply_new (204);
}

static const GmRoute routes[] = {
  { "GET", "/api/assets", GM_ROLE_ANYONE, list },
  { "GET", "/api/assets/:id", GM_ROLE_ANYONE, get },
  { "PATCH", "/api/assets/:id", GM_ROLE_ANYONE, patch },
  { "GET", "/api/assets/:id/audit", GM_ROLE_ANYONE, audit },
  { "POST", "/api/upload/sign", GM_ROLE_ANYONE, sign },
  { "PUT", "/put/:token", GM_ROLE_ANYONE, put, GM_ROUTE_BODY_ANY, .max_body = 1 << 22 },
};

typedef struct
{
  Store store;
  GmWebServer *web;
  GmHttp *http;
  GmStoreClient *client;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->web = gm_web_server_start (&(GmWebConfig){ .routes = routes,
                                                   .n_routes = G_N_ELEMENTS (routes),
                                                   .context = &self->store },
                                   NULL);
  self->http = gm_http_new ("test");
  self->store.origin = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (self->web));
  self->client = gm_store_client_new (self->http, self->store.origin, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gm_store_client_unref (self->client);
  gm_web_server_stop (self->web);
  gm_http_free (self->http);
  g_free (self->store.origin);
  g_free (self->store.query);
  g_free (self->store.if_match);
  g_free (self->store.key);
  g_free (self->store.url);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmStorePage) page = gm_store_assets_list (self->client, "r&b #1", "all", NULL, NULL,
                                                       &error);

  g_assert_no_error (error);
  g_assert_cmpstr (self->store.query, ==, "r&b #1");
  g_assert_cmpuint (page->assets->len, ==, 1);
  g_assert_cmpstr (page->next, ==, "c2");
  g_assert_cmpint (page->total, ==, 7);
}

static void
test_edit (Fixture *self, gconstpointer data)
{
  g_auto (GmStoreJob) job = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAsset) asset = gm_store_assets_get (self->client, ID, &job, NULL, &error);
  g_autoptr (GmAsset) after = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (job.step, ==, "measure");
  g_assert_cmpint (job.permille, ==, 250);
  g_assert_null (job.error);

  after = gm_store_assets_edit (self->client, asset, "key-0001", json_object_new (), NULL, &error);
  g_assert_null (after);
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  asset->version = 1;
  after = gm_store_assets_edit (self->client, asset, "key-0002", json_object_new (), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->store.key, ==, "key-0002");
  g_assert_cmpint (after->version, ==, 2);
}

static void
test_audit (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) records = gm_store_assets_audit (self->client, ID, NULL, NULL);
  const GmAuditRecord *record = records->pdata[0];

  g_assert_cmpuint (records->len, ==, 1); /* what is no entry is left out */
  g_assert_cmpstr (record->changed, ==, "title, bpm");
  g_assert_null (record->before);
  g_assert_nonnull (strstr (record->after, "title"));
}

static void
on_sent (guint64 done, guint64 total, gpointer last)
{
  g_assert_cmpuint (done, >=, *(guint64 *) last);
  g_assert_cmpuint (total, ==, 1000000);
  *(guint64 *) last = done;
}

static void
test_upload (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("gotmusic-upload-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.flac", NULL);
  g_autofree char *text = g_build_filename (folder, "a.txt", NULL);
  g_autofree char *content = g_malloc0 (1000000);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  g_assert_true (g_file_set_contents (path, content, 1000000, NULL));
  self->store.url = g_strconcat (self->store.origin, "/put/t1", NULL);
  key = gm_store_assets_upload (self->client, path, on_sent, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "uploads/k1");
  g_assert_cmpuint (self->store.bytes, ==, 1000000);
  g_assert_cmpuint (last, ==, 1000000);

  /* the token goes nowhere else, also not to an address that begins alike */
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->store.url);
      self->store.url = g_strconcat (i == 0 ? "http://127.0.0.1:1" : self->store.origin,
                                     i == 0 ? "/put/t1" : "9/put/t1", NULL);
      g_assert_null (gm_store_assets_upload (self->client, path, NULL, NULL, NULL, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
      g_clear_error (&error);
    }
  g_assert_null (gm_store_assets_upload (self->client, text, NULL, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/store-assets/" path, Fixture, NULL, set_up, f, tear_down)
  ADD ("a-page-and-how-many-there-are", test_list);
  ADD ("an-edit-names-the-version-it-was-made-on", test_edit);
  ADD ("audit-entries-are-read", test_audit);
  ADD ("a-file-goes-to-the-store-only", test_upload);
  return g_test_run ();
}
