/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/signable.h"
#include "evm/siwe.h"
#include "server/auth.h"

/* What is wrong with a text to sign, or nothing. */
typedef struct
{
  const char *domain; /* (nullable) instead of the right one */
  const char *uri;
  gint64 chain_off;
  gint64 issued_off_s;
  gint64 expires_off_s; /* 0: none */
  const char *nonce;
  gboolean other_signer;
  guint status;
  const char *words;
} Case;

static const Case cases[] = {
  { .status = 200 },
  { .expires_off_s = 60, .status = 200 },
  { .domain = "evil.example",
    .uri = "http://evil.example",
    .status = 401,
    .words = "not for this" },
  { .uri = "http://evil.example", .status = 401, .words = "not for this store" },
  { .domain = "127.0.0.1", .status = 401, .words = "not for this store" },
  { .chain_off = 1, .status = 401, .words = "another chain" },
  { .issued_off_s = -400, .status = 401, .words = "not of now" },
  { .issued_off_s = 400, .status = 401, .words = "not of now" },
  { .expires_off_s = -1, .status = 401, .words = "is over" },
  { .nonce = "0123456789abcdef", .status = 401, .words = "used before" },
  { .other_signer = TRUE, .status = 401, .words = NULL },
};

static char *
compose (ServerWorld *world, const Case *c, GmSigner *person)
{
  g_autoptr (JsonObject) nonce = server_expect (world, 200, "GET /api/auth/nonce", NULL, NULL,
                                                NULL);
  g_autofree char *domain = g_strdup_printf ("127.0.0.1:%u", world->port);
  g_autofree char *uri = g_strdup_printf ("http://%s", domain);
  gint64 now_ms = gm_clock_now_ms ();
  g_autofree char *issued = gm_clock_format_iso (now_ms + c->issued_off_s * 1000);
  g_autofree char *expires = c->expires_off_s != 0
                                 ? gm_clock_format_iso (now_ms + c->expires_off_s * 1000)
                                 : NULL;
  g_autoptr (GError) error = NULL;
  GmSiwe siwe = { .domain = c->domain != NULL ? (char *) c->domain : domain,
                  .address = person->address,
                  .uri = c->uri != NULL ? (char *) c->uri : uri,
                  .chain_id = json_object_get_int_member (nonce, "chainId") + c->chain_off,
                  .nonce = c->nonce != NULL
                               ? (char *) c->nonce
                               : (char *) json_object_get_string_member (nonce, "nonce"),
                  .issued_at = issued,
                  .expires_at = expires };
  char *text = gm_siwe_compose (&siwe, &error);

  g_assert_no_error (error);
  return text;
}

static char *
sign_body (const char *text, GmSigner *signer)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *hex = NULL;
  GmSignature signature;

  g_assert_true (
      signer->sign (signer, &(GmSignable){ GM_SIGNABLE_TEXT, .text = text }, &signature, NULL));
  hex = gm_signature_dup_hex (&signature);
  json_object_set_string_member (object, "message", text);
  json_object_set_string_member (object, "signature", hex);
  return json_to_string (node, FALSE);
}

static void
test_texts (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *person = server_person (5);
  GmSigner *other = server_person (6);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = compose (world, &cases[i], person);
      g_autofree char *body = sign_body (text, cases[i].other_signer ? other : person);
      g_autoptr (GmRawAnswer) answer = server_ask (world, "POST /api/auth/verify", NULL, NULL,
                                                   body);

      g_test_message ("%u %s", i, answer->body);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (answer->body, cases[i].words));
    }
  gm_credential_signer_free (person);
  gm_credential_signer_free (other);
  server_world_free (world);
}

static void
test_once (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *person = server_person (5);
  g_autofree char *text = compose (world, &cases[0], person);
  g_autofree char *body = sign_body (text, person);

  json_object_unref (server_expect (world, 200, "POST /api/auth/verify", NULL, NULL, body));
  json_object_unref (server_expect (world, 401, "POST /api/auth/verify", NULL, NULL, body));
  gm_credential_signer_free (person);
  server_world_free (world);
}

static void
test_session (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *person = server_person (5);
  g_autofree char *token = server_sign_in (world, person);
  g_autoptr (JsonObject) session = server_expect (world, 200, "GET /api/auth/session", token, NULL,
                                                  NULL);
  g_autofree char *path = g_build_filename (world->folder, "store.db", NULL);
  g_autofree char *content = NULL;
  gsize length;
  gint64 count;
  g_auto (GmReader) reader = { 0 };

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (session, "roles")), ==, 1);
  json_object_unref (server_expect (world, 401, "GET /api/auth/session", NULL, NULL, NULL));
  json_object_unref (server_expect (world, 401, "GET /api/auth/session", "00ff", NULL, NULL));
  json_object_unref (server_expect (world, 401, "GET /api/auth/session", NULL,
                                    "Authorization: Basic YWRtaW46cGFzc3dvcmQ=\r\n", NULL));

  /* the token is nowhere in the database file */
  g_assert_true (gm_database_read (world->service->database, &reader, NULL));
  g_assert_true (gm_sql_int (reader.sql, "SELECT count(*) FROM sessions WHERE token_hash = ?1",
                             (GmValue[]){ gm_value_text (token) }, 1, &count, NULL));
  g_assert_cmpint (count, ==, 0);
  gm_reader_clear (&reader);
  server_world_restart (world);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (memmem (content, length, token, strlen (token)));

  /* it outlives a restart, and ends by signing out */
  json_object_unref (server_expect (world, 200, "GET /api/auth/session", token, NULL, NULL));
  json_object_unref (server_expect (world, 204, "POST /api/auth/logout", token, NULL, NULL));
  json_object_unref (server_expect (world, 401, "GET /api/auth/session", token, NULL, NULL));
  gm_credential_signer_free (person);
  server_world_free (world);
}

static void
test_over (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *person = server_person (5);
  g_autofree char *token = server_sign_in (world, person);

  gm_clock_set_for_test (gm_clock_now_ms () + (GM_AUTH_SESSION_SECONDS + 1) * 1000);
  json_object_unref (server_expect (world, 401, "GET /api/auth/session", token, NULL, NULL));
  gm_clock_set_for_test (0);
  gm_credential_signer_free (person);
  server_world_free (world);
}

static gboolean
is_admin (ServerWorld *world, const char *token)
{
  g_autoptr (JsonObject) session = server_expect (world, 200, "GET /api/auth/session", token, NULL,
                                                  NULL);
  JsonArray *roles = json_object_get_array_member (session, "roles");

  for (guint i = 0; i < json_array_get_length (roles); i++)
    if (g_str_equal (json_array_get_string_element (roles, i), "admin"))
      return TRUE;
  return FALSE;
}

/* The first wallet is admin at a demo on loopback, the second is not; elsewhere nobody is. */
static void
test_first_admin (void)
{
  for (guint demo = 0; demo < 2; demo++)
    {
      ServerWorld *world = server_world_new (demo == 1);
      GmSigner *first = server_person (5);
      GmSigner *second = server_person (6);
      g_autofree char *first_token = server_sign_in (world, first);
      g_autofree char *second_token = server_sign_in (world, second);

      g_assert_cmpint (is_admin (world, first_token), ==, demo == 1);
      g_assert_false (is_admin (world, second_token));
      gm_credential_signer_free (first);
      gm_credential_signer_free (second);
      server_world_free (world);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth-api/only-texts-for-this-store", test_texts);
  g_test_add_func ("/auth-api/nonce-works-once", test_once);
  g_test_add_func ("/auth-api/session-is-kept-by-hash", test_session);
  g_test_add_func ("/auth-api/session-ends-after-a-day", test_over);
  g_test_add_func ("/auth-api/first-wallet-is-admin-in-demo-only", test_first_admin);
  return g_test_run ();
}
