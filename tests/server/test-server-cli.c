/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/server-cli.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "server-world.h"
#include "storage/sqlite.h"

/* The real program, as a person types it. */

static char *
program (void)
{
  return g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server", "gotmusic-server", NULL);
}

static GSubprocess *
start (const char *folder, const char *line)
{
  g_autofree char *path = program ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, path);
  if (folder != NULL)
    {
      g_ptr_array_add (argv, (gpointer) "--data");
      g_ptr_array_add (argv, (gpointer) folder);
    }
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  return process;
}

/* It ends by itself, with a status and one line that has @words; never by a signal. */
static void
refuses (const char *folder, const char *line, const char *words)
{
  g_autoptr (GSubprocess) process = start (folder, line);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, &error));
  g_test_message ("%s: %s", line, said);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_true (g_str_has_prefix (said, "gotmusic-server: "));
  g_assert_true (strchr (said, '\n') == said + strlen (said) - 1);
  if (strstr (said, words) == NULL)
    g_error ("“%s” does not say “%s” but: %s", line, words, said);
}

static void
succeeds (const char *folder, const char *line)
{
  g_autoptr (GSubprocess) process = start (folder, line);

  g_assert_true (g_subprocess_communicate (process, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (process));
}

/* Until it says that it listens. */
static GSubprocess *
serve (const char *folder, guint *port)
{
  GSubprocess *process = start (folder, "--port 0 serve");
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "ready http://127.0.0.1:%u", port), ==, 1);
  return process;
}

static void
end (GSubprocess *process, int number)
{
  g_subprocess_send_signal (process, number);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_object_unref (process);
}

static char *
new_folder (void)
{
  char *folder = g_dir_make_tmp ("gm-cli-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_command_line (void)
{
  static const struct
  {
    const char *line;
    const char *words;
  } cases[] = {
    { "", "say what to do; --help" },
    { "frobnicate", "say what to do; --help" },
    { "serve --bogus", "--bogus" },
    { "serve extra", "serve takes 0 arguments" },
    { "import", "import takes 1 arguments" },
    { "serve --port abc", "abc" },
    { "serve --port -5", "--port: -5 is not a port" },
    { "serve --port 70000", "--port: 70000 is not a port" },
    { "migrate --to -1", "--to: -1 is not a schema" },
    { "migrate --to 77", "there is no schema 77" },
    { "demo --pieces -3", "--pieces: -3" },
    { "demo --address 0.0.0.0", "for this machine alone" },
    { "serve --origin example", "is no public address" },
    { "serve --origin https://a.example/path", "is no public address" },
    { "serve --data=", "--data: name a folder" },
    { "serve --data /proc/nothing", "cannot make the folder /proc/nothing" },
    { "serve", "run \"migrate\"" },
  };
  g_autofree char *folder = new_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    refuses (folder, cases[i].line, cases[i].words);
  server_world_remove (folder);
}

static gint64
version_of (const char *path)
{
  GmSql *sql = gm_sql_open_sqlite_read_only (path, NULL);
  gint64 version = -1;

  g_assert_true (gm_sql_int (sql, "PRAGMA user_version", NULL, 0, &version, NULL));
  gm_sql_close (sql);
  return version;
}

static void
test_newer_database (void)
{
  static const char *const lines[] = { "serve",  "migrate",     "demo",
                                       "worker", "import /tmp", "audit verify" };
  g_autofree char *folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  GmSql *sql;

  succeeds (folder, "migrate");
  sql = gm_sql_open_sqlite (path, GM_SQL_STORE, NULL);
  g_assert_true (gm_sql_script (sql, "PRAGMA user_version = 99", NULL));
  gm_sql_close (sql);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    refuses (folder, lines[i], "made by a newer program (99, this one knows 1)");
  g_assert_cmpint (version_of (path), ==, 99); /* left as it was */
  server_world_remove (folder);
}

static void
test_damaged_database (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *after = NULL;
  const char *noise = "this is a letter to somebody and no database at all";

  put (folder, "store.db", noise);
  refuses (folder, "serve", "the database file is damaged");
  refuses (folder, "migrate", "the database file is damaged");
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, noise);
  server_world_remove (folder);
}

static void
test_broken_chain_file (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *file = g_build_filename (folder, "chain.json", NULL);
  g_autofree char *line = g_strdup_printf ("--chain %s --port 0 serve", file);

  succeeds (folder, "migrate");
  refuses (folder, line, "chain.json");
  put (folder, "chain.json", "{\"chainId\":5}");
  refuses (folder, line, "chain.json: 5 is no chain we know");
  put (folder, "chain.json", "{\"chainId\":8453}");
  refuses (folder, line, "chain.json: member “contracts”");
  server_world_remove (folder);
}

static void
test_broken_holders (void)
{
  static const struct
  {
    const char *json;
    const char *words;
  } cases[] = {
    { "", "ends too early" },
    { "{\"holders\":[", "ends too early" },
    { "[]", "not an object" },
    { "{\"threshold\":1}", "holders" },
    { "{\"threshold\":1,\"holders\":[7]}", "a holder is not an object" },
    { "{\"threshold\":1,\"holders\":[{\"id\":\"a\"}]}", "url" },
    { "{\"threshold\":2,\"holders\":[]}", "a threshold of 2 of 0 holders" },
  };
  g_autofree char *folder = new_folder ();

  succeeds (folder, "migrate");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      put (folder, "holders.json", cases[i].json);
      refuses (folder, "--port 0 serve", "holders.json: ");
      refuses (folder, "--port 0 serve", cases[i].words);
    }
  server_world_remove (folder);
}

static void
test_second_store (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *other = new_folder ();
  g_autofree char *holders = g_build_filename (folder, "holders.json", NULL);
  g_autofree char *taken = NULL;
  GSubprocess *first;
  guint port;

  succeeds (folder, "migrate");
  succeeds (other, "migrate");
  first = serve (folder, &port);
  refuses (folder, "--port 0 serve", "a store serves from");
  refuses (folder, "--port 0 demo", "stop it first, or choose another --data");
  g_assert_false (g_file_test (holders, G_FILE_TEST_EXISTS)); /* nothing was set up over it */
  succeeds (folder, "audit verify");                          /* others may look */
  taken = g_strdup_printf ("--port %u serve", port);
  refuses (other, taken, "another program, perhaps another store, has that port");
  refuses (other, "--address 192.0.2.1 --port 0 serve", "this machine does not have that address");

  end (first, SIGKILL); /* whatever ends it, the folder is free */
  first = serve (folder, &port);
  end (first, SIGTERM);
  server_world_remove (folder);
  server_world_remove (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-cli/a-wrong-line-is-answered-with-what-is-right", test_command_line);
  g_test_add_func ("/server-cli/a-newer-database-is-left-as-it-is", test_newer_database);
  g_test_add_func ("/server-cli/a-damaged-database-is-not-replaced", test_damaged_database);
  g_test_add_func ("/server-cli/a-broken-chain-file-is-named", test_broken_chain_file);
  g_test_add_func ("/server-cli/broken-holders-are-named", test_broken_holders);
  g_test_add_func ("/server-cli/one-store-serves-from-a-folder", test_second_store);
  return g_test_run ();
}
