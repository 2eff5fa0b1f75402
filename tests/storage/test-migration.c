/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage/migration.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "storage/sqlite.h"

#define OURS   GM_APP_PATH "/schema/"
#define GOOD   "/app/gotmusic/test/schema/good"
#define BROKEN "/app/gotmusic/test/schema/broken"
#define GAP    "/app/gotmusic/test/schema/gap"
#define ORPHAN "/app/gotmusic/test/schema/orphan"

typedef struct
{
  char *folder;
  char *path;
  GmSql *sql;
} Scene;

static void
set_up (Scene *scene, gconstpointer policy)
{
  scene->folder = g_dir_make_tmp ("gm-migration-XXXXXX", NULL);
  scene->path = g_build_filename (scene->folder, "a.db", NULL);
  scene->sql = gm_sql_open_sqlite (scene->path, GPOINTER_TO_UINT (policy), NULL);
  g_assert_nonnull (scene->sql);
}

static void
tear_down (Scene *scene, gconstpointer policy)
{
  static const char *const copies[] = { "001", "002", "003" };

  gm_sql_close (scene->sql);
  gm_sqlite_delete_file (scene->path);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *copy = g_strconcat (scene->path, ".before-", copies[i], NULL);

      gm_sqlite_delete_file (copy);
    }
  g_assert_cmpint (g_rmdir (scene->folder), ==, 0); /* and no half copy */
  g_free (scene->path);
  g_free (scene->folder);
}

static gboolean
has_copy (Scene *scene, const char *number)
{
  g_autofree char *copy = g_strconcat (scene->path, ".before-", number, NULL);

  return g_file_test (copy, G_FILE_TEST_EXISTS);
}

/* Everything the schema says, one line each, without the quotes that renaming a table adds. */
static char *
schema_text (GmSql *sql)
{
  g_autoptr (GmRows) rows = gm_sql_query (
      sql,
      "SELECT type || ' ' || name || ' ' || replace (coalesce (sql, ''), '\"', '')"
      " FROM sqlite_schema ORDER BY 1",
      NULL, 0, NULL);
  GString *text = g_string_new (NULL);

  while (gm_rows_next (rows, NULL))
    g_string_append_printf (text, "%s\n", gm_rows_text (rows, 0));
  return g_string_free (text, FALSE);
}

static guint
version_of (GmSql *sql)
{
  guint version = 99;

  g_assert_true (gm_migration_version (sql, &version, NULL));
  return version;
}

static void
add_rows (GmSql *sql)
{
  g_assert_true (gm_sql_script (sql,
                                "INSERT INTO artists (id, name) VALUES ('a', 'Ann');"
                                "INSERT INTO songs VALUES ('s', 'a', 'Song')",
                                NULL));
}

static char *
name_of_ann (GmSql *sql)
{
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT name FROM artists WHERE id = 'a'", NULL, 0,
                                          NULL);

  return gm_rows_next (rows, NULL) ? g_strdup (gm_rows_text (rows, 0)) : NULL;
}

static void
test_newest (void)
{
  g_assert_cmpuint (gm_migration_newest (GOOD), ==, 3);
  g_assert_cmpuint (gm_migration_newest (GOOD "/"), ==, 3);
  g_assert_cmpuint (gm_migration_newest ("/app/gotmusic/test/none"), ==, 0);
}

/* Each version gives the same schema whether it was reached from below or from above. */
static void
test_up_down_up (Scene *scene, gconstpointer policy)
{
  char *schemas[4] = { NULL };

  for (guint i = 0; i <= 3; i++)
    {
      g_assert_true (gm_migration_run_to (scene->sql, GOOD, i, NULL));
      g_assert_cmpuint (version_of (scene->sql), ==, i);
      schemas[i] = schema_text (scene->sql);
      g_assert_true (i == 0 || g_strcmp0 (schemas[i], schemas[i - 1]) != 0);
      if (i == 1)
        add_rows (scene->sql);
    }
  for (guint pass = 0; pass < 2; pass++)
    {
      for (gint i = 2; i >= 1; i--)
        {
          g_autofree char *schema = NULL;

          g_assert_true (gm_migration_run_to (scene->sql, GOOD, (guint) i, NULL));
          schema = schema_text (scene->sql);
          if (i == 1)
            g_assert_cmpstr (schema, ==, schemas[1]);
        }
      g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
      {
        g_autofree char *schema = schema_text (scene->sql);
        g_autofree char *name = name_of_ann (scene->sql);

        g_assert_cmpstr (schema, ==, schemas[3]);
        g_assert_cmpstr (name, ==, "Ann");
      }
    }
  for (guint i = 0; i < 4; i++)
    g_free (schemas[i]);
}

/* The schemas of the program itself: every step has a reverse, and above it the same schema again.
 */
static void
test_our_own (void)
{
  g_auto (GStrv) folders = g_resources_enumerate_children (OURS, 0, NULL);

  g_assert_nonnull (folders);
  g_assert_cmpuint (g_strv_length (folders), >=, 2);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_strconcat (OURS, folders[i], NULL);
      const guint newest = gm_migration_newest (folder);
      g_autoptr (GmSql) sql = gm_sql_open_sqlite (":memory:", GM_SQL_STORE, NULL);
      g_autoptr (GPtrArray) schemas = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (newest, >, 0);
      for (guint version = 0; version <= newest; version++)
        {
          gm_migration_run_to (sql, folder, version, &error);
          g_assert_no_error (error);
          g_ptr_array_add (schemas, schema_text (sql));
        }
      for (guint version = newest; version-- > 0;)
        {
          g_autofree char *below = NULL;
          g_autofree char *above = NULL;

          gm_migration_run_to (sql, folder, version, &error);
          g_assert_no_error (error);
          below = schema_text (sql);
          g_assert_cmpstr (below, ==, schemas->pdata[version]);
          gm_migration_run_to (sql, folder, version + 1, &error);
          g_assert_no_error (error);
          above = schema_text (sql);
          g_assert_cmpstr (above, ==, schemas->pdata[version + 1]);
          gm_migration_run_to (sql, folder, version, &error);
          g_assert_no_error (error);
        }
      g_test_message ("%s: %u steps", folder, newest);
    }
}

static void
test_references_on_again (Scene *scene, gconstpointer policy)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  g_assert_false (gm_sql_run (scene->sql, "INSERT INTO songs VALUES ('x', 'nobody', 'x')", NULL, 0,
                              NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
}

static void
test_orphans_refused (Scene *scene, gconstpointer policy)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_migration_run (scene->sql, ORPHAN, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "a row of b refers"));
  g_assert_cmpuint (version_of (scene->sql), ==, 0);
}

static void
test_copy (Scene *scene, gconstpointer policy)
{
  g_autofree char *path = g_strconcat (scene->path, ".before-003", NULL);
  g_autoptr (GmSql) copy = NULL;
  g_autofree char *name = NULL;
  GStatBuf status;

  g_assert_true (gm_migration_run_to (scene->sql, GOOD, 1, NULL));
  g_assert_false (has_copy (scene, "001")); /* there was nothing to lose */
  add_rows (scene->sql);
  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  copy = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);
  name = name_of_ann (copy);
  g_assert_cmpstr (name, ==, "Ann");
  g_assert_cmpuint (version_of (copy), ==, 1);
}

/* Step 2 was committed and step 3 fails: the copy takes back both. */
static void
test_failed_step (Scene *scene, gconstpointer policy)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *name = NULL;
  gint64 songs = 0;

  g_assert_true (gm_migration_run_to (scene->sql, BROKEN, 1, NULL));
  add_rows (scene->sql);
  before = schema_text (scene->sql);
  g_assert_false (gm_migration_run (scene->sql, BROKEN, &error));
  g_assert_nonnull (strstr (error->message, "003-fails.up.sql"));
  g_assert_nonnull (strstr (error->message, "nowhere"));

  after = schema_text (scene->sql);
  name = name_of_ann (scene->sql);
  g_assert_cmpuint (version_of (scene->sql), ==, 1);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (name, ==, "Ann");
  g_assert_true (gm_sql_int (scene->sql, "SELECT count(*) FROM songs", NULL, 0, &songs, NULL));
  g_assert_cmpint (songs, ==, 1);
  g_assert_true (gm_sql_check (scene->sql, NULL));
  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL)); /* a repaired program goes on */
}

static void
test_newer_refused (Scene *scene, gconstpointer policy)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  add_rows (scene->sql);
  g_assert_true (gm_sql_script (scene->sql, "PRAGMA user_version = 4", NULL));
  g_assert_false (gm_migration_run (scene->sql, GOOD, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_clear_error (&error);
  g_assert_false (gm_migration_run_to (scene->sql, GOOD, 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  name = name_of_ann (scene->sql);
  g_assert_cmpstr (name, ==, "Ann");
  g_assert_cmpuint (version_of (scene->sql), ==, 4);
  g_assert_false (has_copy (scene, "003"));
}

static void
test_newer_cache (Scene *scene, gconstpointer policy)
{
  g_autofree char *name = NULL;
  g_autofree char *journal = NULL;

  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  add_rows (scene->sql);
  g_assert_true (gm_sql_script (scene->sql, "PRAGMA user_version = 4", NULL));
  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  g_assert_cmpuint (version_of (scene->sql), ==, 3);
  name = name_of_ann (scene->sql);
  g_assert_null (name);
  add_rows (scene->sql);

  /* A cache whose steps changed under it is made anew as well. */
  g_assert_true (gm_sql_script (scene->sql, "PRAGMA user_version = 1", NULL));
  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  g_assert_cmpuint (version_of (scene->sql), ==, 3);
  g_clear_pointer (&name, g_free);
  name = name_of_ann (scene->sql);
  g_assert_null (name);
  g_assert_false (has_copy (scene, "003"));
  g_assert_true (gm_sql_check (scene->sql, NULL));
}

static void
test_gap (Scene *scene, gconstpointer policy)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_migration_run (scene->sql, GAP, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
  g_assert_nonnull (strstr (error->message, "002"));
  g_clear_error (&error);
  g_assert_false (gm_migration_run_to (scene->sql, GOOD, 9, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

/* Two programs started at once: the second finds the work done, and undoes nothing. */
static void
test_two_at_once (Scene *scene, gconstpointer policy)
{
  g_autoptr (GmSql) other = gm_sql_open_sqlite (scene->path, GM_SQL_LEDGER, NULL);

  g_assert_true (gm_migration_run (scene->sql, GOOD, NULL));
  add_rows (scene->sql);
  g_assert_true (gm_migration_run (other, GOOD, NULL));
  g_assert_cmpuint (version_of (other), ==, 3);
  {
    g_autofree char *name = name_of_ann (other);

    g_assert_cmpstr (name, ==, "Ann");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migration/newest", test_newest);
  g_test_add_func ("/migration/our-own-up-down-up", test_our_own);
#define ADD(path, policy, f)                                                                       \
  g_test_add ("/migration/" path, Scene, GUINT_TO_POINTER (policy), set_up, f, tear_down)
  ADD ("up-down-up", GM_SQL_LEDGER, test_up_down_up);
  ADD ("references-hold-afterwards", GM_SQL_LEDGER, test_references_on_again);
  ADD ("orphans-are-refused", GM_SQL_LEDGER, test_orphans_refused);
  ADD ("copy-is-made-first", GM_SQL_LEDGER, test_copy);
  ADD ("failed-step-gives-the-copy-back", GM_SQL_STORE, test_failed_step);
  ADD ("newer-is-refused-and-left-alone", GM_SQL_LEDGER, test_newer_refused);
  ADD ("newer-cache-is-made-anew", GM_SQL_CACHE, test_newer_cache);
  ADD ("missing-step-is-named", GM_SQL_LEDGER, test_gap);
  ADD ("two-at-once", GM_SQL_LEDGER, test_two_at_once);
  return g_test_run ();
}
