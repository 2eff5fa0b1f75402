/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/demo-music.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "raw-client.h"
#include "server/database.h"

#define PIECES 3

/* The real program, with its key holders and the decoder. */
typedef struct
{
  char *folder;
  GSubprocess *process;
  GDataInputStream *lines;
  guint16 port;
} Store;

static char *
dup_line (Store *self, const char *prefix)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        return NULL;
      g_test_message ("%s", line);
      if (g_str_has_prefix (line, prefix))
        return g_steal_pointer (&line);
    }
}

static void
start (Store *self)
{
  g_autofree char *program = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server",
                                               "gotmusic-server", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  guint port;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--data",
                                    self->folder, "--port", "0", "--pieces",
                                    G_STRINGIFY (PIECES), "--fast", "demo", NULL);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = dup_line (self, "ready ");
  g_assert_cmpint (sscanf (line, "ready http://127.0.0.1:%u", &port), ==, 1);
  self->port = (guint16) port;
}

static void
stop (Store *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  if (signal == SIGTERM)
    g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
}

static void
store_free (Store *self)
{
  g_autoptr (GSubprocess) remove = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf",
                                                     self->folder, NULL);

  g_subprocess_wait (remove, NULL, NULL);
  g_free (self->folder);
}

static void
wait_for_all (Store *self)
{
  const char *last = "progress " G_STRINGIFY (PIECES) " " G_STRINGIFY (PIECES) " ";
  g_autofree char *line = dup_line (self, last);

  g_assert_nonnull (line);
}

static gint64
count (Store *self, const char *statement)
{
  g_autofree char *path = g_build_filename (self->folder, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmDatabase) database = gm_database_open (path, &error);
  g_auto (GmReader) reader = { 0 };
  gint64 rows;

  g_assert_no_error (error);
  g_assert_true (gm_database_read (database, &reader, NULL));
  g_assert_true (gm_sql_int (reader.sql, statement, NULL, 0, &rows, NULL));
  return rows;
}

static void
assert_whole_catalog (Store *self)
{
  g_autofree char *left = g_build_filename (self->folder, "spool", "demo", "01", NULL);

  g_assert_cmpint (count (self, "SELECT count(*) FROM assets"), ==, PIECES);
  g_assert_cmpint (count (self, "SELECT count(*) FROM assets WHERE status = 'published' AND type ="
                                " 'track' AND price_units > 0 AND artwork IS NOT NULL AND preview"
                                " IS NOT NULL AND tags IS NOT NULL AND key_sig IS NOT NULL AND"
                                " bpm > 60 AND mood IS NOT NULL AND loudness_clufs < -1200"),
                   ==, PIECES);
  g_assert_cmpint (count (self, "SELECT count(DISTINCT genre) FROM assets"), ==, PIECES);
  g_assert_cmpint (count (self, "SELECT count(*) FROM assets WHERE is_featured"), ==, 2);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS)); /* no master stays in the clear */
}

static void
test_answers_before_and_fills_after (void)
{
  Store store = { .folder = g_dir_make_tmp ("demo-music-XXXXXX", NULL) };
  g_autoptr (GmRawAnswer) answer = NULL;

  start (&store);
  answer = gm_raw_ask (store.port, "GET /api/healthz HTTP/1.1\r\nHost: store\r\n"
                                   "Connection: close\r\n\r\n");
  g_assert_cmpuint (answer->status, ==, 200);
  wait_for_all (&store);
  stop (&store, SIGTERM);
  assert_whole_catalog (&store);

  /* the next time there is nothing to do, also for what was taken out of the catalog */
  start (&store);
  g_subprocess_send_signal (store.process, SIGTERM);
  g_assert_null (dup_line (&store, "progress "));
  stop (&store, SIGTERM);
  assert_whole_catalog (&store);
  store_free (&store);
}

static void
test_killed_in_the_middle_it_goes_on (void)
{
  Store store = { .folder = g_dir_make_tmp ("demo-music-XXXXXX", NULL) };
  g_autofree char *first = NULL;

  start (&store);
  first = dup_line (&store, "progress 1 ");
  g_assert_nonnull (first);
  stop (&store, SIGKILL);
  start (&store);
  wait_for_all (&store);
  stop (&store, SIGTERM);
  assert_whole_catalog (&store);
  store_free (&store);
}

/* Killed between its row and the note that it is done: the same bytes are not sold twice. */
static void
test_a_piece_that_is_there_is_not_made_twice (void)
{
  Store store = { .folder = g_dir_make_tmp ("demo-music-XXXXXX", NULL) };
  g_autofree char *path = g_build_filename (store.folder, "store.db", NULL);

  start (&store);
  wait_for_all (&store);
  stop (&store, SIGTERM);
  {
    g_autoptr (GmDatabase) database = gm_database_open (path, NULL);
    g_auto (GmWriter) writer = { 0 };

    g_assert_true (gm_database_begin (database, &writer, NULL));
    g_assert_true (gm_database_put_setting (&writer, "demo-piece-02", "forgotten", NULL));
    g_assert_true (gm_database_commit (&writer, NULL));
  }
  start (&store);
  wait_for_all (&store);
  stop (&store, SIGTERM);
  assert_whole_catalog (&store);
  store_free (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-music/answers-before-and-fills-after",
                   test_answers_before_and_fills_after);
  g_test_add_func ("/demo-music/killed-in-the-middle-it-goes-on",
                   test_killed_in_the_middle_it_goes_on);
  g_test_add_func ("/demo-music/a-piece-that-is-there-is-not-made-twice",
                   test_a_piece_that_is_there_is_not_made_twice);
  return g_test_run ();
}
