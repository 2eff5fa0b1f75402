/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sql.h"
#include "storage/sqlite.h"

#define ROUNDS    12
#define MAX_ACKS  400
#define ROWS_EACH 3 /* one commit writes this many rows: all of them or none */

/* Commits and tells each commit through the pipe, until it is killed. */
static void
run_writer (const char *path, int acks, gint64 first)
{
  GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);

  for (gint64 n = first; sql != NULL; n++)
    {
      gboolean good = gm_sql_begin (sql, NULL);

      for (guint part = 0; good && part < ROWS_EACH; part++)
        good = gm_sql_run (sql, "INSERT INTO acked (n, part) VALUES (?1, ?2)",
                           (GmValue[]){ gm_value_int (n), gm_value_int (part) }, 2, NULL, NULL);
      if (!good || !gm_sql_commit (sql, NULL) || write (acks, &n, sizeof n) != sizeof n)
        break;
    }
  _exit (1);
}

static gint64
int_of (GmSql *sql, const char *statement)
{
  gint64 value = -1;

  g_assert_true (gm_sql_int (sql, statement, NULL, 0, &value, NULL));
  return value;
}

/* Reads acknowledgements, kills the writer after @n_acks of them, reads what else it said. */
static gint64
kill_after (pid_t writer, int acks, guint n_acks)
{
  gint64 last = -1, n;

  for (guint i = 0; i < n_acks && read (acks, &n, sizeof n) == sizeof n; i++)
    last = n;
  kill (writer, SIGKILL);
  waitpid (writer, NULL, 0);
  while (read (acks, &n, sizeof n) == sizeof n)
    last = n;
  return last;
}

static void
test_no_acked_row_lost (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-kill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ledger.db", NULL);
  GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);
  gint64 next = 0;

  g_assert_true (gm_sql_script (
      sql, "CREATE TABLE acked (n INTEGER, part INTEGER, PRIMARY KEY (n, part))", NULL));
  gm_sql_close (sql);

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      int acks[2];
      pid_t writer;
      gint64 last, rows;

      g_assert_cmpint (pipe (acks), ==, 0);
      writer = fork ();
      if (writer == 0)
        run_writer (path, acks[1], next);
      close (acks[1]);
      last = kill_after (writer, acks[0], (guint) g_test_rand_int_range (1, MAX_ACKS));
      close (acks[0]);
      g_assert_cmpint (last, >=, next);

      sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, &error); /* which checks the file */
      g_assert_no_error (error);
      g_assert_true (gm_sql_was_open (sql));
      rows = int_of (sql, "SELECT count(*) FROM acked");
      next = rows / ROWS_EACH;
      g_assert_cmpint (rows % ROWS_EACH, ==, 0); /* no half commit */
      g_assert_cmpint (next, >=, last + 1);      /* at most one was committed and not yet told */
      g_assert_cmpint (next, <=, last + 2);
      g_assert_cmpint (int_of (sql, "SELECT max(n) FROM acked"), ==, next - 1);
      gm_sql_close (sql);
    }

  g_test_message ("%" G_GINT64_FORMAT " commits, %d kills", next, ROUNDS);
  gm_sqlite_delete_file (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger-kill/no-acked-row-is-lost", test_no_acked_row_lost);
  return g_test_run ();
}
