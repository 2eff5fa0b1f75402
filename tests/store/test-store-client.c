/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-client.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "evm/siwe.h"
#include "license-world.h"
#include "web/problem.h"
#include "web/web-server.h"

typedef struct
{
  const char *nonce;
  char *message; /* what was signed */
} Store;

static GmReply *
get_nonce (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "nonce", store->nonce);
  json_object_set_string_member (object, "time", "2026-11-24T10:04:02Z");
  return gm_reply_object (200, object);
}

static GmReply *
post_verify (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Store *store = request->context;
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  JsonObject *object = json_object_new ();
  JsonArray *roles = json_array_new ();

  g_free (store->message);
  store->message = g_strdup (json_object_get_string_member (body, "message"));
  json_array_add_string_element (roles, "buyer");
  json_array_add_string_element (roles, "admin");
  json_object_set_string_member (object, "token", "secret-token");
  json_object_set_array_member (object, "roles", roles);
  return gm_reply_object (200, object);
}

static GmReply *
get_mine (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *token = gm_request_header (request, "authorization");
  JsonObject *object;

  if (g_strcmp0 (token, "Bearer secret-token") != 0)
    return gm_problem_new (401, "sign in first");

  object = json_object_new ();
  json_object_set_boolean_member (object, "fine", TRUE);
  return gm_reply_object (200, object);
}

static const GmRoute routes[] = {
  { .method = "GET", .path = "/api/auth/nonce", .roles = GM_ROLE_ANYONE, .handler = get_nonce },
  { .method = "POST", .path = "/api/auth/verify", .roles = GM_ROLE_ANYONE, .handler = post_verify },
  { .method = "GET", .path = "/api/mine", .roles = GM_ROLE_ANYONE, .handler = get_mine },
};

static void
test_sign_in (void)
{
  Store store = { .nonce = "abcdefgh12345678" };
  g_autoptr (GmWebServer) web = gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = G_N_ELEMENTS (routes), .context = &store },
      NULL);
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (web));
  GmHttp *http = gm_http_new ("test");
  g_autoptr (GError) error = NULL;
  g_autoptr (GmStoreClient) client = gm_store_client_new (http, origin, &error);
  GmSigner *signer = gm_world_signer (0x46);
  g_autoptr (JsonObject) mine = NULL;
  g_autoptr (GmSiwe) siwe = NULL;
  g_auto (GStrv) roles = NULL;

  g_assert_null (gm_store_client_get (client, "/api/mine", NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);

  roles = gm_store_client_sign_in (client, WORLD_CHAIN, signer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (roles[1], ==, "admin");
  siwe = gm_siwe_parse (store.message, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (siwe->domain, ==, origin + strlen ("http://"));
  g_assert_cmpstr (siwe->uri, ==, origin);
  g_assert_cmpint (siwe->chain_id, ==, WORLD_CHAIN);
  g_assert_true (gm_address_equal (&siwe->address, &signer->address));
  mine = gm_store_client_get (client, "/api/mine", NULL, &error);
  g_assert_no_error (error);

  /* a nonce that would add a line to the text is never signed */
  store.nonce = "abcdefgh\nResources:";
  g_clear_pointer (&roles, g_strfreev);
  roles = gm_store_client_sign_in (client, WORLD_CHAIN, signer, NULL, &error);
  g_assert_null (roles);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (gm_store_client_dup_token (client));

  g_clear_pointer (&client, gm_store_client_unref);
  gm_http_free (http);
  gm_world_signer_free (signer);
  g_free (store.message);
}

static void
test_origins (void)
{
  static const struct
  {
    const char *origin;
    gboolean valid;
  } cases[] = {
    { "http://127.0.0.1:8085", TRUE },   { "http://localhost:1", TRUE },
    { "https://store.example", TRUE },   { "http://store.example", FALSE },
    { "https://store.example/", FALSE }, { "https://a:b@store.example", FALSE },
    { "ftp://127.0.0.1", FALSE },        { "https://store.example?x", FALSE },
    { "store.example", FALSE },          { "", FALSE },
  };
  GmHttp *http = gm_http_new ("test");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GmStoreClient) client = gm_store_client_new (http, cases[i].origin, &error);

      g_assert_cmpint (client != NULL, ==, cases[i].valid);
      if (!cases[i].valid)
        g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
  gm_http_free (http);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-client/signs-for-the-origin-it-is-connected-to", test_sign_in);
  g_test_add_func ("/store-client/plain-http-stays-at-home", test_origins);
  return g_test_run ();
}
