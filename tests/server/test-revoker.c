/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/revoker.h"

#include <string.h>

#include "base/error.h"
#include "licenses/revocation.h"
#include "order-world.h"

/* Buys, and answers the uid of the license. */
static char *
buy (ServerWorld *world)
{
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *body = order_world_body (world, buyer, 1, ORDER_RIGHT, &id);
  g_autofree char *pay = g_strdup_printf ("PUT /api/orders/%s/payment", id);
  g_autoptr (JsonObject) paid = NULL;

  json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
  paid = server_expect (world, 200, pay, token, NULL, "{\"provider\":\"mock\",\"seed\":0}");
  gm_credential_signer_free (buyer);
  return g_strdup (json_object_get_string_member (paid, "licenseUid"));
}

static void
run_sql (ServerWorld *world, const char *const *statements)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;

  gm_database_begin (world->service->database, &writer, &error);
  for (guint i = 0; statements[i] != NULL; i++)
    {
      g_assert_no_error (error);
      gm_sql_run (writer.sql, statements[i], NULL, 0, NULL, &error);
    }
  g_assert_no_error (error);
  gm_database_commit (&writer, &error);
  g_assert_no_error (error);
}

static gboolean
lists (ServerWorld *world, const char *uid)
{
  g_autofree char *path = gm_revoker_dup_path (world->service);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return strstr (text, uid) != NULL;
}

static void
test_revoked (void)
{
  static const char *const revoke[] = { "UPDATE licenses SET revoked_at = 1", NULL };
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *uid = buy (world);
  g_autoptr (GError) error = NULL;

  gm_revoker_renew (world->service, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (lists (world, uid));
  run_sql (world, revoke);
  gm_revoker_renew (world->service, FALSE, &error); /* it is of this hour */
  g_assert_no_error (error);
  g_assert_false (lists (world, uid));
  gm_revoker_renew (world->service, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (lists (world, uid));
  server_world_free (world);
}

/* A list that cannot name all of them would let the rest pass: there is none, and holders refuse
 * once the last one is a day old. */
static void
test_too_many (void)
{
  static const char *const copies[] = {
    "CREATE TEMP TABLE o AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 10001) SELECT orders.* FROM orders, n",
    "CREATE TEMP TABLE l AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 10001) SELECT licenses.* FROM licenses, n",
    "UPDATE o SET id = printf ('0x%064x', rowid)",
    "UPDATE l SET order_id = printf ('0x%064x', rowid), uid = printf ('0x%064x', rowid),"
    " revoked_at = 1",
    "INSERT INTO orders SELECT * FROM o",
    "INSERT INTO licenses SELECT * FROM l",
    NULL
  };
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *uid = buy (world);
  g_autoptr (GError) error = NULL;

  G_STATIC_ASSERT (GM_REVOCATION_MAX_UIDS == 10000);
  run_sql (world, copies);
  g_assert_false (gm_revoker_renew (world->service, TRUE, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/revoker/the-list-names-what-is-revoked", test_revoked);
  g_test_add_func ("/revoker/a-list-is-never-cut", test_too_many);
  return g_test_run ();
}
