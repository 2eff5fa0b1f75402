/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-world.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "payments/order.h"
#include "server/order-desk.h"

#define ROUNDS  32
#define STEP_US 150 /* rounds are killed so much later each: from before the order to after it */

typedef struct
{
  char *folder;
  GSubprocess *process;
  guint16 port;
} Running;

/* The real program on the same folder; it says where it listens. */
static void
start (Running *self)
{
  g_autofree char *program = g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server",
                                               "gotmusic-server", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  guint port;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--data",
                                    self->folder, "--port", "0", "serve", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (line, "ready http://127.0.0.1:%u", &port), ==, 1);
  self->port = (guint16) port;
}

static void
stop (Running *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->process);
}

static char *
request (const char *start_line, const char *token, const char *body)
{
  return g_strdup_printf ("%s HTTP/1.1\r\nHost: store\r\nAuthorization: Bearer %s\r\n"
                          "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s",
                          start_line, token, strlen (body), body);
}

static void
buy (Running *self, const char *token, const char *id, const char *body, gulong kill_after_us)
{
  g_autoptr (GSocketConnection) connection = gm_raw_connect (self->port);
  g_autofree char *pay_line = g_strdup_printf ("PUT /api/orders/%s/payment", id);
  g_autofree char *order = request ("POST /api/orders", token, body);
  g_autofree char *pay = request (pay_line, token, "{\"provider\":\"mock\",\"seed\":0}");

  gm_raw_send (connection, order, -1);
  gm_raw_send (connection, pay, -1);
  if (kill_after_us > 0)
    {
      g_usleep (kill_after_us);
      stop (self, SIGKILL);
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_read (connection, FALSE);

      g_assert_cmpuint (answer->status, <, 300);
      if (i == 1)
        g_assert_nonnull (strstr (answer->body, "\"status\":\"licensed\""));
    }
}

/* What the killed program left, for the log of the test. */
static void
tell (const char *folder, const char *id, guint round)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (GmSql) sql = gm_sql_open_sqlite (path, GM_SQL_STORE, NULL);
  g_autoptr (GmOrder) order = gm_order_desk_find (sql, id, NULL);

  g_test_message ("round %u left: %s", round, order != NULL ? order->status : "nothing");
}

static gint64
count (ServerWorld *world, const char *statement)
{
  g_auto (GmReader) reader = { 0 };
  gint64 rows;

  g_assert_true (gm_database_read (world->service->database, &reader, NULL));
  g_assert_true (gm_sql_int (reader.sql, statement, NULL, 0, &rows, NULL));
  return rows;
}

static void
test_killed (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  char *tokens[ROUNDS], *bodies[ROUNDS], *ids[ROUNDS];
  Running running = { 0 };

  for (guint i = 0; i < ROUNDS; i++)
    {
      GmSigner *buyer = server_person (100 + i);

      tokens[i] = server_sign_in (world, buyer);
      bodies[i] = order_world_body (world, buyer, 1, ORDER_RIGHT, &ids[i]);
      gm_credential_signer_free (buyer);
    }
  g_clear_pointer (&world->service, gm_service_close);

  running.folder = world->folder;
  for (guint i = 0; i < ROUNDS; i++)
    {
      start (&running);
      buy (&running, tokens[i], ids[i], bodies[i], 1 + i * STEP_US);
      tell (world->folder, ids[i], i);
      start (&running);
      buy (&running, tokens[i], ids[i], bodies[i], 0);
      stop (&running, SIGTERM);
      g_free (tokens[i]);
      g_free (bodies[i]);
      g_free (ids[i]);
    }

  server_world_restart (world);
  g_assert_cmpint (count (world, "SELECT count(*) FROM orders"), ==, ROUNDS);
  g_assert_cmpint (count (world, "SELECT count(*) FROM orders WHERE status = 'licensed'"), ==,
                   ROUNDS);
  g_assert_cmpint (count (world, "SELECT count(*) FROM licenses"), ==, ROUNDS);
  g_assert_cmpint (count (world, "SELECT count(DISTINCT order_id) FROM licenses"), ==, ROUNDS);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-crash/killed-anywhere-one-order-one-license", test_killed);
  return g_test_run ();
}
