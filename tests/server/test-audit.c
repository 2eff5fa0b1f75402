/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/audit.h"

#include <string.h>

#include "base/error.h"
#include "server-world.h"

static const ServerAsset one = { "One", "draft", NULL, 100, 1, 0 };

static gboolean
verify (ServerWorld *world, GError **error)
{
  g_auto (GmReader) reader = { 0 };
  gint64 rows;

  g_assert_true (gm_database_read (world->service->database, &reader, NULL));
  return gm_audit_verify (reader.sql, &rows, error);
}

static void
run (ServerWorld *world, const char *statement)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;

  gm_database_begin (world->service->database, &writer, &error);
  g_assert_no_error (error);
  gm_sql_run (writer.sql, statement, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  gm_database_commit (&writer, &error);
  g_assert_no_error (error);
}

static void
test_append_only (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *id = server_put_asset (world, &one);
  static const char *const attempts[] = { "DELETE FROM asset_audit",
                                          "UPDATE asset_audit SET actor = 'me'" };

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_auto (GmWriter) writer = { 0 };
      g_autoptr (GError) error = NULL;

      gm_database_begin (world->service->database, &writer, &error);
      g_assert_no_error (error);
      g_assert_false (gm_sql_run (writer.sql, attempts[i], NULL, 0, NULL, &error));
      g_assert_nonnull (error);
    }
  server_world_free (world);
}

/* Whoever can drop the trigger is still found out. */
static const struct
{
  const char *statement;
  const char *words;
} tamperings[] = {
  { "UPDATE asset_audit SET actor = 'somebody else' WHERE rev = 2", "row 2 was altered" },
  { "UPDATE asset_audit SET after = '{}' WHERE rev = 1", "row 1 was altered" },
  { "UPDATE asset_audit SET created_at = 0 WHERE rev = 3", "row 3 was altered" },
  { "DELETE FROM asset_audit WHERE rev = 2", "row 3 was altered, or one before it is gone" },
  { "DELETE FROM asset_audit WHERE rev = 3", "newest audit rows are gone" },
};

static void
test_tampering (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      ServerWorld *world = server_world_new (FALSE);
      g_autoptr (GError) error = NULL;

      for (guint n = 0; n < 3; n++)
        g_free (server_put_asset (world, &one));
      g_assert_true (verify (world, NULL));
      run (world, "DROP TRIGGER asset_audit_no_update");
      run (world, "DROP TRIGGER asset_audit_no_delete");
      run (world, tamperings[i].statement);
      g_assert_false (verify (world, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, tamperings[i].words));
      server_world_free (world);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/append-only", test_append_only);
  g_test_add_func ("/audit/tampering-shows", test_tampering);
  return g_test_run ();
}
