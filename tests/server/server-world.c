/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "evm/address.h"
#include "evm/signable.h"
#include "evm/siwe.h"
#include "server/asset-row.h"
#include "server/auth.h"

static void
open_service (ServerWorld *world, gboolean demo)
{
  GmServerConfig *config = gm_server_config_new (world->folder);
  g_autofree char *database = gm_server_config_dup_path (config, "store.db");
  g_autoptr (GError) error = NULL;

  config->port = 0;
  config->demo = demo;
  gm_server_config_make_folders (config, &error);
  g_assert_no_error (error);
  gm_database_migrate (database, 0, &error);
  g_assert_no_error (error);
  world->service = gm_service_open (config, &error);
  g_assert_no_error (error);
  gm_service_start (world->service, &error);
  g_assert_no_error (error);
  world->port = gm_web_server_port (world->service->web);
}

ServerWorld *
server_world_new (gboolean demo)
{
  static gsize logging = 0;
  ServerWorld *world = g_new0 (ServerWorld, 1);
  g_autoptr (GError) error = NULL;

  if (g_once_init_enter (&logging))
    {
      gm_log_init ("test", GM_LOG_ERROR);
      g_once_init_leave (&logging, 1);
    }
  world->folder = g_dir_make_tmp ("gm-server-XXXXXX", &error);
  g_assert_no_error (error);
  open_service (world, demo);
  return world;
}

void
server_world_restart (ServerWorld *world)
{
  gboolean demo = world->service != NULL && world->service->config->demo;

  g_clear_pointer (&world->service, gm_service_close);
  open_service (world, demo);
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
server_world_remove (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  remove_tree (folder);
}

void
server_world_free (ServerWorld *world)
{
  g_clear_pointer (&world->service, gm_service_close);
  server_world_remove (world->folder);
  g_free (world->folder);
  g_free (world);
}

GmSigner *
server_person (guint number)
{
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GError) error = NULL;
  guint8 bytes[32];
  GmSigner *signer;

  memset (bytes, (int) number, sizeof bytes);
  key = gm_secret_new_copy (bytes, sizeof bytes);
  signer = gm_credential_signer_new (key, &error);
  g_assert_no_error (error);
  return signer;
}

static char *
compose (ServerWorld *world, GmSigner *person)
{
  g_autoptr (JsonObject) nonce = server_expect (world, 200, "GET /api/auth/nonce", NULL, NULL,
                                                NULL);
  g_autofree char *domain = g_strdup_printf ("127.0.0.1:%u", world->port);
  g_autofree char *uri = g_strdup_printf ("http://%s", domain);
  g_autoptr (GError) error = NULL;
  GmSiwe siwe = { .domain = domain,
                  .address = person->address,
                  .statement = (char *) "Sign in to the store.",
                  .uri = uri,
                  .chain_id = json_object_get_int_member (nonce, "chainId"),
                  .nonce = (char *) json_object_get_string_member (nonce, "nonce"),
                  .issued_at = (char *) json_object_get_string_member (nonce, "time") };
  char *text = gm_siwe_compose (&siwe, &error);

  g_assert_no_error (error);
  return text;
}

char *
server_sign_in (ServerWorld *world, GmSigner *person)
{
  g_autofree char *text = compose (world, person);
  g_autoptr (JsonObject) ask = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), ask);
  g_autoptr (JsonObject) session = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  GmSignature signature;

  person->sign (person, &(GmSignable){ GM_SIGNABLE_TEXT, .text = text }, &signature, &error);
  g_assert_no_error (error);
  hex = gm_signature_dup_hex (&signature);
  json_object_set_string_member (ask, "message", text);
  json_object_set_string_member (ask, "signature", hex);
  body = json_to_string (node, FALSE);
  session = server_expect (world, 200, "POST /api/auth/verify", NULL, NULL, body);
  return g_strdup (json_object_get_string_member (session, "token"));
}

void
server_grant (ServerWorld *world, const char *role, GmSigner *person)
{
  g_autoptr (GError) error = NULL;

  gm_auth_grant (world->service->database, role, &person->address, "system:test", &error);
  g_assert_no_error (error);
}

GmRawAnswer *
server_ask (ServerWorld *world,
            const char *start,
            const char *token,
            const char *headers,
            const char *body)
{
  g_autoptr (GString) request = g_string_new (start);

  g_string_append (request, " HTTP/1.1\r\nHost: store\r\n");
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  if (headers != NULL)
    g_string_append (request, headers);
  if (body != NULL)
    g_string_append_printf (
        request, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
        strlen (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append (request, body);
  return gm_raw_ask (world->port, request->str);
}

JsonObject *
server_json (GmRawAnswer *answer)
{
  g_autoptr (GBytes) bytes = g_bytes_new (answer->body, answer->length);
  g_autoptr (GError) error = NULL;
  JsonObject *object = gm_json_parse_object (bytes, 1 << 24, &error);

  g_assert_no_error (error);
  return object;
}

JsonObject *
server_expect (ServerWorld *world,
               guint status,
               const char *start,
               const char *token,
               const char *headers,
               const char *body)
{
  g_autoptr (GmRawAnswer) answer = server_ask (world, start, token, headers, body);

  if (answer->status != status)
    g_test_message ("%s: %u %s", start, answer->status, answer->body);
  g_assert_cmpuint (answer->status, ==, status);
  return answer->length > 0 ? server_json (answer) : json_object_new ();
}

char *
server_put_asset (ServerWorld *world, const ServerAsset *about)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) asset = g_new0 (GmAsset, 1);
  g_autoptr (GError) error = NULL;

  asset->title = g_strdup (about->title);
  asset->artist = g_strdup ("Somebody");
  asset->type = g_strdup ("track");
  asset->status = g_strdup (about->status);
  asset->genre = g_strdup (about->genre);
  asset->bpm = about->bpm;
  asset->price_units = about->price;
  asset->price_currency = g_strdup ("USDC");
  asset->created_at = about->created_at;
  gm_database_begin (world->service->database, &writer, &error);
  g_assert_no_error (error);
  gm_asset_row_create (&writer, asset, "system:test", &error);
  g_assert_no_error (error);
  gm_database_commit (&writer, &error);
  g_assert_no_error (error);
  return g_strdup (asset->id);
}
