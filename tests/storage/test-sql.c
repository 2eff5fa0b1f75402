/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/sql.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "storage/sqlite.h"

typedef struct
{
  char *id;
  char *title;
  char *genre;
  gint64 price_units;
  gboolean explicit_lyrics;
  char **tags;
  GBytes *cover;
} Track;

static const GmField fields[] = {
  GM_FIELD (Track, id, "id", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (Track, title, "title", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (Track, genre, "genre", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (Track, price_units, "priceUnits", UNITS, GM_FIELD_REQUIRED),
  GM_FIELD (Track, explicit_lyrics, "explicit", BOOL, GM_FIELD_REQUIRED),
  GM_FIELD (Track, tags, "tags", LIST, GM_FIELD_REQUIRED),
  GM_FIELD (Track, cover, "cover", BYTES, GM_FIELD_OPTIONAL),
};
static const GmRecordType track_type = { "tracks", sizeof (Track), fields, G_N_ELEMENTS (fields) };

#define SCHEMA                                                                                     \
  "CREATE TABLE tracks (id TEXT PRIMARY KEY, title TEXT NOT NULL UNIQUE, genre TEXT,"              \
  " price_units INTEGER NOT NULL CHECK (price_units >= 0), explicit_lyrics INTEGER NOT NULL,"      \
  " tags TEXT NOT NULL, cover BLOB);"                                                              \
  "CREATE TABLE plays (track TEXT NOT NULL REFERENCES tracks (id), at INTEGER NOT NULL)"

typedef struct
{
  char *folder;
  char *path;
  GmSql *sql;
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->folder = g_dir_make_tmp ("gm-sql-XXXXXX", NULL);
  scene->path = g_build_filename (scene->folder, "ledger.db", NULL);
  scene->sql = gm_sql_open_sqlite (scene->path, GM_SQL_LEDGER, &error);
  g_assert_no_error (error);
  g_assert_true (gm_sql_script (scene->sql, SCHEMA, &error));
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  g_clear_pointer (&scene->sql, gm_sql_close);
  g_chmod (scene->folder, 0700);
  gm_sqlite_delete_file (scene->path);
  g_assert_cmpint (g_rmdir (scene->folder), ==, 0);
  g_free (scene->path);
  g_free (scene->folder);
}

static Track
track (const char *id, const char *title, gint64 price)
{
  static char *none[] = { NULL };

  return (Track){ .id = (char *) id, .title = (char *) title, .price_units = price, .tags = none };
}

static void
put (Scene *scene, const char *id, const char *title, gint64 price)
{
  const Track record = track (id, title, price);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_sql_put (scene->sql, &track_type, &record, &error));
}

static gint64
count (GmSql *sql, const char *table)
{
  g_autofree char *statement = g_strdup_printf ("SELECT count(*) FROM %s", table);
  gint64 n = -1;

  g_assert_true (gm_sql_int (sql, statement, NULL, 0, &n, NULL));
  return n;
}

static void
test_records (Scene *scene, gconstpointer data)
{
  char *tags[] = { "a", "“b”, c", NULL };
  g_autoptr (GBytes) cover = g_bytes_new_static ("\0\xff\0", 3);
  const Track full = { "1", "It's; DROP TABLE tracks --", "Häuse", G_MAXINT64, TRUE, tags, cover };
  const GmValue id = gm_value_text ("1");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  Track *found;

  g_assert_true (gm_sql_put (scene->sql, &track_type, &full, &error));
  put (scene, "2", "two", 0);
  found = gm_sql_find (scene->sql, &track_type, "SELECT * FROM tracks WHERE id = ?1", &id, 1, NULL);
  g_assert_true (gm_record_equal (&track_type, found, &full));
  gm_record_free (&track_type, found);

  put (scene, "2", "two again", 5); /* the same key: changed, not added */
  list = gm_sql_list (scene->sql, &track_type, "SELECT * FROM tracks ORDER BY id", NULL, 0, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((Track *) list->pdata[1])->title, ==, "two again");
  g_assert_null (((Track *) list->pdata[1])->genre);

  g_assert_null (gm_sql_find (scene->sql, &track_type, "SELECT * FROM tracks WHERE id = 'x'", NULL,
                              0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (
      gm_sql_find (scene->sql, &track_type, "SELECT id, title FROM tracks", NULL, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA); /* a column is missing */
  g_clear_error (&error);
  g_assert_null (gm_sql_list (scene->sql, &track_type, "SELECT id FROM tracks", NULL, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
test_rows (Scene *scene, gconstpointer data)
{
  g_autoptr (GmRows) rows = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GmValue value;

  rows = gm_sql_query (scene->sql, "SELECT 42 AS a, 'text' AS b, NULL AS c, x'0102' AS d, 1.5 AS e",
                       NULL, 0, &error);
  g_assert_false (gm_rows_column (rows, "a", &value)); /* before the first row */
  g_assert_true (gm_rows_next (rows, &error));
  g_assert_cmpint (gm_rows_int (rows, 0), ==, 42);
  g_assert_cmpint (gm_rows_int (rows, 1), ==, 0);
  g_assert_cmpstr (gm_rows_text (rows, 1), ==, "text");
  g_assert_null (gm_rows_text (rows, 2));
  g_assert_null (gm_rows_dup_bytes (rows, 1));
  bytes = gm_rows_dup_bytes (rows, 3);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\x01\x02", 2);
  g_assert_cmpint (gm_rows_int (rows, 99), ==, 0);

  g_assert_true (gm_rows_column (rows, "d", &value)); /* any order */
  g_assert_cmpint (value.kind, ==, GM_VALUE_BYTES);
  g_assert_true (gm_rows_column (rows, "b", &value));
  g_assert_cmpint (value.kind, ==, GM_VALUE_TEXT);
  g_assert_true (gm_rows_column (rows, "c", &value));
  g_assert_cmpint (value.kind, ==, GM_VALUE_NULL);
  g_assert_false (gm_rows_column (rows, "e", &value)); /* no doubles */
  g_assert_false (gm_rows_column (rows, "f", &value));

  g_assert_false (gm_rows_next (rows, &error));
  g_assert_no_error (error);
  g_assert_false (gm_rows_next (rows, &error)); /* and stays at the end */
  g_assert_null (gm_rows_text (rows, 1));
}

/* The same query inside a loop over itself gets a statement of its own. */
static void
test_nested_queries (Scene *scene, gconstpointer data)
{
  const char *query = "SELECT id FROM tracks ORDER BY id";
  g_autoptr (GmRows) outer = NULL;
  guint n = 0;

  put (scene, "1", "one", 0);
  put (scene, "2", "two", 0);
  outer = gm_sql_query (scene->sql, query, NULL, 0, NULL);
  while (gm_rows_next (outer, NULL))
    {
      g_autoptr (GmRows) inner = gm_sql_query (scene->sql, query, NULL, 0, NULL);

      while (gm_rows_next (inner, NULL))
        n++;
    }
  g_assert_cmpuint (n, ==, 4);
}

static void
test_statements_are_kept_within_bounds (Scene *scene, gconstpointer data)
{
  GmSqlite *sqlite = (GmSqlite *) scene->sql;

  for (guint i = 0; i < 3 * GM_SQLITE_IDLE_STATEMENTS; i++)
    {
      g_autofree char *statement = g_strdup_printf ("SELECT %u", i);
      gint64 value = -1;

      g_assert_true (gm_sql_int (scene->sql, statement, NULL, 0, &value, NULL));
      g_assert_cmpint (value, ==, i);
    }
  g_assert_cmpuint (sqlite->idle.length, ==, GM_SQLITE_IDLE_STATEMENTS);
  g_assert_cmpuint (g_hash_table_size (sqlite->idle_by_text), ==, GM_SQLITE_IDLE_STATEMENTS);
}

static void
test_errors (Scene *scene, gconstpointer data)
{
  static const struct
  {
    const char *statement;
    GmErrorCode code;
    const char *words;
  } cases[] = {
    { "INSERT INTO tracks VALUES ('1','x',NULL,0,0,'[]',NULL)", GM_ERROR_CONFLICT, "UNIQUE" },
    { "INSERT INTO tracks VALUES ('3','one',NULL,0,0,'[]',NULL)", GM_ERROR_CONFLICT, "title" },
    { "INSERT INTO tracks VALUES ('3','x',NULL,-1,0,'[]',NULL)", GM_ERROR_CONFLICT, "CHECK" },
    { "INSERT INTO tracks VALUES ('3',NULL,NULL,0,0,'[]',NULL)", GM_ERROR_CONFLICT, "NOT NULL" },
    { "INSERT INTO plays VALUES ('nobody', 1)", GM_ERROR_CONFLICT, "FOREIGN KEY" },
    { "SELEC 1", GM_ERROR_BUG, "syntax" },
    { "", GM_ERROR_BUG, "one statement" },
    { "SELECT 1; DELETE FROM tracks", GM_ERROR_BUG, "one statement" },
    { "DELETE FROM tracks WHERE id = ?1", GM_ERROR_BUG, "0 values for 1 holes" },
    { "DELETE FROM nowhere", GM_ERROR_BUG, "no such table" },
    { "DELETE FROM tracks WHERE id = \"1\"", GM_ERROR_BUG, "no such column" },
  };

  put (scene, "1", "one", 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 changed = 77;

      g_assert_false (gm_sql_run (scene->sql, cases[i].statement, NULL, 0, &changed, &error));
      g_test_message ("%s: %s", cases[i].statement, error->message);
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_cmpint (changed, ==, 77);
    }
  g_assert_cmpint (count (scene->sql, "tracks"), ==, 1);
}

static void
test_changed (Scene *scene, gconstpointer data)
{
  gint64 changed = -1;

  put (scene, "1", "one", 0);
  put (scene, "2", "two", 0);
  g_assert_true (gm_sql_run (scene->sql, "UPDATE tracks SET genre = 'x'", NULL, 0, &changed, NULL));
  g_assert_cmpint (changed, ==, 2);
  g_assert_true (
      gm_sql_run (scene->sql, "DELETE FROM tracks WHERE id = 'x'", NULL, 0, &changed, NULL));
  g_assert_cmpint (changed, ==, 0);
  g_assert_true (gm_sql_run (scene->sql, "DELETE FROM tracks", NULL, 0, &changed, NULL));
  g_assert_true (gm_sql_run (scene->sql, "SELECT 1", NULL, 0, &changed, NULL));
  g_assert_cmpint (changed, ==, 0);
}

static void
test_transactions (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_sql_begin (scene->sql, NULL));
  put (scene, "1", "one", 0);
  g_assert_false (gm_sql_begin (scene->sql, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
  g_clear_error (&error);
  gm_sql_rollback (scene->sql);
  g_assert_cmpint (count (scene->sql, "tracks"), ==, 0);
  gm_sql_rollback (scene->sql); /* harmless */

  g_assert_true (gm_sql_begin (scene->sql, NULL));
  put (scene, "1", "one", 0);
  g_assert_true (gm_sql_commit (scene->sql, NULL));
  g_assert_cmpint (count (scene->sql, "tracks"), ==, 1);
  g_assert_false (gm_sql_commit (scene->sql, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BUG);
}

/* What a full disk does: SQLite undoes the transaction under us. The rest must not stand alone. */
static void
test_undone_transaction_stays_undone (Scene *scene, gconstpointer data)
{
  const GmValue id = gm_value_text ("2");
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_sql_begin (scene->sql, NULL));
  put (scene, "1", "one", 0);
  g_assert_false (gm_sql_run (scene->sql, "INSERT OR ROLLBACK INTO tracks SELECT * FROM tracks",
                              NULL, 0, NULL, &error));
  g_clear_error (&error);
  g_assert_false (
      gm_sql_run (scene->sql, "DELETE FROM tracks WHERE id = ?1", &id, 1, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (gm_sql_commit (scene->sql, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpint (count (scene->sql, "tracks"), ==, 0);
  put (scene, "1", "one", 0); /* and all is well again */
}

static void
test_busy (Scene *scene, gconstpointer data)
{
  g_autoptr (GmSql) other = gm_sql_open_sqlite (scene->path, GM_SQL_LEDGER, NULL);
  g_autoptr (GError) error = NULL;

  gm_sqlite_set_busy_ms (other, 0);
  g_assert_true (gm_sql_begin (scene->sql, NULL));
  g_assert_false (gm_sql_begin (other, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "in use"));
  g_assert_cmpint (count (other, "tracks"), ==, 0); /* reading goes on */
  g_assert_true (gm_sql_commit (scene->sql, NULL));
  g_assert_true (gm_sql_begin (other, NULL));
  gm_sql_rollback (other);
}

static void
test_read_only (Scene *scene, gconstpointer data)
{
  g_autoptr (GmSql) reader = gm_sql_open_sqlite_read_only (scene->path, NULL);
  g_autofree char *none = g_build_filename (scene->folder, "none.db", NULL);
  g_autoptr (GError) error = NULL;

  put (scene, "1", "one", 0);
  g_assert_true (gm_sql_begin (reader, NULL));
  g_assert_cmpint (count (reader, "tracks"), ==, 1);
  put (scene, "2", "two", 0);
  g_assert_cmpint (count (reader, "tracks"), ==, 1); /* a snapshot */
  g_assert_false (gm_sql_run (reader, "DELETE FROM tracks", NULL, 0, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (gm_sql_commit (reader, NULL));
  g_assert_cmpint (count (reader, "tracks"), ==, 2);

  g_assert_null (gm_sql_open_sqlite_read_only (none, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
}

static char *
pragma (GmSql *sql, const char *name)
{
  g_autofree char *statement = g_strconcat ("PRAGMA ", name, NULL);
  g_autoptr (GmRows) rows = gm_sql_query (sql, statement, NULL, 0, NULL);

  g_assert_true (gm_rows_next (rows, NULL));
  return gm_rows_text (rows, 0) != NULL
             ? g_strdup (gm_rows_text (rows, 0))
             : g_strdup_printf ("%" G_GINT64_FORMAT, gm_rows_int (rows, 0));
}

static void
test_policies (Scene *scene, gconstpointer data)
{
  static const struct
  {
    GmSqlPolicy policy;
    const char *synchronous; /* 1 NORMAL, 2 FULL */
  } cases[] = { { GM_SQL_LEDGER, "2" }, { GM_SQL_STORE, "2" }, { GM_SQL_CACHE, "1" } };

  g_clear_pointer (&scene->sql, gm_sql_close);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSql) sql = gm_sql_open_sqlite (scene->path, cases[i].policy, NULL);
      g_autofree char *journal = pragma (sql, "journal_mode");
      g_autofree char *synchronous = pragma (sql, "synchronous");
      g_autofree char *references = pragma (sql, "foreign_keys");
      GStatBuf status;

      g_assert_cmpstr (journal, ==, "wal");
      g_assert_cmpstr (synchronous, ==, cases[i].synchronous);
      g_assert_cmpstr (references, ==, "1");
      g_assert_false (gm_sql_was_open (sql));
      g_assert_cmpint (g_stat (scene->path, &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
    }
}

static void
overwrite (const char *path, long at, const char *bytes, gsize length)
{
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  fseek (file, at, SEEK_SET);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  fclose (file);
}

/* Pages of a table filled with 0xff, as a dying disk leaves them. */
static void
damage (Scene *scene)
{
  g_autofree char *junk = g_strnfill (8192, (char) 0xff);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *title = g_strdup_printf ("a title of some length, number %u", i);

      put (scene, id, title, i);
    }
  g_clear_pointer (&scene->sql, gm_sql_close);
  overwrite (scene->path, 4 * 4096, junk, 8192);
}

static void
test_damaged_ledger_is_told (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  damage (scene);
  g_assert_null (gm_sql_open_sqlite (scene->path, GM_SQL_LEDGER, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "damaged"));
  g_assert_nonnull (strstr (error->message, "ledger.db"));
  g_assert_true (g_file_test (scene->path, G_FILE_TEST_EXISTS));
}

static void
test_damaged_cache (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  damage (scene);
  scene->sql = gm_sql_open_sqlite (scene->path, GM_SQL_CACHE, &error); /* opens fast, unchecked */
  g_assert_no_error (error);
  g_assert_false (gm_sql_check (scene->sql, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_clear_pointer (&scene->sql, gm_sql_close);

  overwrite (scene->path, 0, "<html>not a database", 20);
  g_assert_null (gm_sql_open_sqlite (scene->path, GM_SQL_LEDGER, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  scene->sql = gm_sql_open_sqlite (scene->path, GM_SQL_CACHE, &error); /* made anew */
  g_assert_no_error (error);
  g_assert_cmpint (count (scene->sql, "sqlite_schema"), ==, 0);
}

/* A process that dies without closing leaves its log; the next one sees that and loses nothing. */
static void
test_was_open (Scene *scene, gconstpointer data)
{
  pid_t child;
  int status;

  g_clear_pointer (&scene->sql, gm_sql_close);
  child = fork ();
  if (child == 0)
    {
      scene->sql = gm_sql_open_sqlite (scene->path, GM_SQL_STORE, NULL);
      put (scene, "1", "one", 0);
      _exit (0);
    }
  waitpid (child, &status, 0);
  scene->sql = gm_sql_open_sqlite (scene->path, GM_SQL_STORE, NULL);
  g_assert_true (gm_sql_was_open (scene->sql));
  g_assert_cmpint (count (scene->sql, "tracks"), ==, 1);
}

static void
test_cannot_open (Scene *scene, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (scene->folder, "no", "where.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_sql_open_sqlite (nowhere, GM_SQL_LEDGER, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gm_sql_open_sqlite (scene->folder, GM_SQL_CACHE, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA); /* a folder; not deleted as a bad cache */
  g_assert_true (g_file_test (scene->folder, G_FILE_TEST_IS_DIR));
}

static void
test_memory (void)
{
  g_autoptr (GmSql) sql = gm_sql_open_sqlite (":memory:", GM_SQL_LEDGER, NULL);

  g_assert_true (gm_sql_script (sql, SCHEMA, NULL));
  g_assert_cmpint (count (sql, "tracks"), ==, 0);
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/sql/" path, Scene, NULL, set_up, f, tear_down)
  ADD ("records-there-and-back", test_records);
  ADD ("rows-by-name-and-number", test_rows);
  ADD ("query-inside-the-same-query", test_nested_queries);
  ADD ("statements-are-kept-within-bounds", test_statements_are_kept_within_bounds);
  ADD ("errors-say-what-can-be-done", test_errors);
  ADD ("changed-counts-rows", test_changed);
  ADD ("transactions-do-not-nest", test_transactions);
  ADD ("undone-transaction-stays-undone", test_undone_transaction_stays_undone);
  ADD ("busy-is-offline", test_busy);
  ADD ("reader-sees-a-snapshot", test_read_only);
  ADD ("policies", test_policies);
  ADD ("damaged-ledger-is-told-and-kept", test_damaged_ledger_is_told);
  ADD ("damaged-cache-is-made-anew", test_damaged_cache);
  ADD ("crash-is-noticed", test_was_open);
  ADD ("cannot-open", test_cannot_open);
  g_test_add_func ("/sql/memory-has-no-file", test_memory);
  return g_test_run ();
}
