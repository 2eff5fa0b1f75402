/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/web-server.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "raw-client.h"
#include "web/problem.h"

typedef struct
{
  GmWebServer *server;
  guint16 port;
  char *folder;
  char *file;
  gint news;       /* atomic: what the long poll waits for */
  gint polls;      /* atomic: how often its handler ran */
  gint in_handler; /* atomic */
  GMutex lock;
  GCond opened;
  gboolean gate_open;
} World;

static GmReply *
hello (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  JsonObject *object = json_object_new ();
  const char *name = gm_request_query (request, "name");
  GmReply *reply;

  json_object_set_string_member (object, "hello", name != NULL ? name : "world");
  json_object_set_boolean_member (object, "signedIn", request->principal.address != NULL);
  reply = gm_reply_object (200, object);
  gm_reply_set_etag (reply, "v%d", 1);
  return reply;
}

static GmReply *
echo (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  JsonObject *object = gm_request_json (request, error);

  return object != NULL ? gm_reply_object (201, object) : NULL;
}

static GmReply *
plain (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return gm_reply_bytes (200, "text/plain", bytes);
}

static GmReply *
keep (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *content = NULL;
  gsize length;

  g_file_get_contents (request->body_path, &content, &length, NULL);
  return plain (content, length);
}

static GmReply *
file (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  World *world = request->context;
  GmReply *reply = gm_reply_file (world->file, "audio/ogg", error);

  if (reply != NULL)
    {
      gm_reply_set_etag (reply, "file");
      gm_reply_set_immutable (reply);
    }
  return reply;
}

static GmReply *
fail (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  gint64 code;

  if (!gm_request_query_int (request, "code", (gint64[]){ 0, 99 }, 0, &code, error))
    return NULL;
  return gm_fail_null (error, (GmErrorCode) code, "told to");
}

static GmReply *
poll_news (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  World *world = request->context;
  gint64 wait_ms;

  g_atomic_int_inc (&world->polls);
  if (!gm_request_query_int (request, "wait", (gint64[]){ 0, 60000 }, 0, &wait_ms, error))
    return NULL;
  if (g_atomic_int_get (&world->news) == 0 && wait_ms > 0 && request->may_wait)
    return gm_reply_wait ((guint) wait_ms);
  return plain (g_atomic_int_get (&world->news) ? "news" : "none", 4);
}

static GmReply *
gate (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  World *world = request->context;

  g_atomic_int_inc (&world->in_handler);
  g_mutex_lock (&world->lock);
  while (!world->gate_open)
    g_cond_wait (&world->opened, &world->lock);
  g_mutex_unlock (&world->lock);
  return gm_reply_new (204);
}

static const GmRoute routes[] = {
  { "GET", "/hello", GM_ROLE_ANYONE, hello },
  { "GET", "/members", GM_ROLE_SIGNED_IN, hello },
  { "GET", "/admins", GM_ROLE_ADMIN, hello },
  { "GET", "/nobody", 0, hello },
  { "GET", "/seldom", GM_ROLE_ANYONE, hello, .per_minute = 2 },
  { "POST", "/echo", GM_ROLE_ANYONE, echo, .max_body = 1000 },
  { "POST", "/members/echo", GM_ROLE_SIGNED_IN, echo, .max_body = 1000 },
  { "PUT", "/keep", GM_ROLE_SIGNED_IN, keep, GM_ROUTE_BODY_FILE, .max_body = 1000000 },
  { "GET", "/file", GM_ROLE_ANYONE, file },
  { "GET", "/fail", GM_ROLE_ANYONE, fail },
  { "GET", "/poll", GM_ROLE_ANYONE, poll_news },
  { "GET", "/gate", GM_ROLE_ANYONE, gate },
};

static gboolean
admit (GmRequest *request, GError **error)
{
  const char *authorization = gm_request_header (request, "authorization");

  if (authorization == NULL)
    return TRUE;
  if (!g_str_equal (authorization, "Bearer right"))
    return gm_fail (error, GM_ERROR_DENIED, "the token is not valid");
  request->principal.address = g_strdup ("0xabc");
  request->principal.roles |= GM_ROLE_SIGNED_IN;
  return TRUE;
}

static World *
world_new (guint threads, guint backlog)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  g_mutex_init (&world->lock);
  g_cond_init (&world->opened);
  world->folder = g_dir_make_tmp ("gm-web-XXXXXX", &error);
  g_assert_no_error (error);
  world->file = g_build_filename (world->folder, "file", NULL);
  g_file_set_contents (world->file, "0123456789", 10, &error);
  g_assert_no_error (error);
  world->server = gm_web_server_start (&(GmWebConfig){ .routes = routes,
                                                       .n_routes = G_N_ELEMENTS (routes),
                                                       .admit = admit,
                                                       .context = world,
                                                       .spool = world->folder,
                                                       .threads = threads,
                                                       .backlog = backlog },
                                       &error);
  g_assert_no_error (error);
  world->port = gm_web_server_port (world->server);
  g_assert_cmpuint (world->port, >, 0);
  return world;
}

static void
world_free (World *world)
{
  g_autoptr (GDir) dir = NULL;

  g_clear_pointer (&world->server, gm_web_server_stop);
  g_assert_cmpint (unlink (world->file), ==, 0);
  dir = g_dir_open (world->folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir)); /* no upload is left behind */
  g_assert_cmpint (rmdir (world->folder), ==, 0);
  g_free (world->file);
  g_free (world->folder);
  g_mutex_clear (&world->lock);
  g_cond_clear (&world->opened);
  g_free (world);
}

#define HEAD_END "Host: store\r\n\r\n"
#define JSON     "Content-Type: application/json\r\n"

static const struct
{
  const char *request;
  guint status;
  const char *header; /* (nullable) "name: text it contains" */
  const char *body;   /* (nullable) text it contains */
} cases[] = {
  { "GET /hello HTTP/1.1\r\n" HEAD_END, 200, "etag: \"v1\"", "\"hello\":\"world\"" },
  { "GET /hello?name=a%26b+c HTTP/1.1\r\n" HEAD_END, 200, NULL, "a&b c" },
  { "HEAD /hello HTTP/1.1\r\n" HEAD_END, 200, "content-type: application/json", "" },
  { "GET /hello HTTP/1.1\r\nIf-None-Match: \"x\", W/\"v1\"\r\n" HEAD_END, 304, "etag: \"v1\"",
    NULL },
  { "GET /hello HTTP/1.1\r\nIf-None-Match: \"v2\"\r\n" HEAD_END, 200, NULL, NULL },
  { "GET /hello HTTP/1.1\r\nX-Request-Id: abc-1\r\n" HEAD_END, 200, "x-request-id: abc-1", NULL },
  { "GET /hello HTTP/1.1\r\n" HEAD_END, 200, "cache-control: no-store", NULL },
  { "GET /nothing HTTP/1.1\r\n" HEAD_END, 404, "content-type: application/problem+json",
    "\"request_id\":" },
  { "DELETE /hello HTTP/1.1\r\n" HEAD_END, 405, "allow: GET, HEAD, OPTIONS", NULL },
  { "OPTIONS /hello HTTP/1.1\r\n" HEAD_END, 204, "allow: GET, HEAD, OPTIONS", NULL },
  { "GET /hello?a=1&a=2 HTTP/1.1\r\n" HEAD_END, 400, NULL, "given twice" },
  { "GET /hello%2f HTTP/1.1\r\n" HEAD_END, 400, NULL, "leaves its folder" },
  { "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, NULL, "one Host" },
  { "GET /hello HTTP/1.1\r\nContent-Length: 2\r\n" HEAD_END "{}", 400, NULL,
    "body is not expected" },
  { "POST /echo HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n" JSON HEAD_END
    "0\r\n\r\n",
    400, NULL, NULL },
  /* who, how much, what, in this order */
  { "GET /members HTTP/1.1\r\n" HEAD_END, 401, "www-authenticate: Bearer", "sign in first" },
  { "GET /members HTTP/1.1\r\nAuthorization: Bearer wrong\r\n" HEAD_END, 401, NULL, "not valid" },
  { "GET /hello HTTP/1.1\r\nAuthorization: Bearer wrong\r\n" HEAD_END, 401, NULL, "not valid" },
  { "GET /members HTTP/1.1\r\nAuthorization: Bearer right\r\n" HEAD_END, 200, NULL,
    "\"signedIn\":true" },
  { "GET /admins HTTP/1.1\r\nAuthorization: Bearer right\r\n" HEAD_END, 403, NULL, "a role" },
  { "GET /nobody HTTP/1.1\r\nAuthorization: Bearer right\r\n" HEAD_END, 403, NULL, NULL },
  { "POST /members/echo HTTP/1.1\r\nContent-Length: 5000\r\n" HEAD_END, 401, NULL, NULL },
  { "POST /echo HTTP/1.1\r\nContent-Length: 5000\r\n" HEAD_END, 413, NULL, "1000 bytes" },
  { "POST /echo HTTP/1.1\r\nContent-Length: 2\r\n" HEAD_END "{}", 415, NULL, NULL },
  { "POST /echo HTTP/1.1\r\nContent-Length: 2\r\n" JSON HEAD_END "{]", 400, NULL, NULL },
  { "POST /echo HTTP/1.1\r\nContent-Length: 0\r\n" JSON HEAD_END, 400, NULL, "is expected" },
  { "POST /echo HTTP/1.1\r\nContent-Length: 9\r\n" JSON HEAD_END "{\"a\":\"b\"}", 201, NULL,
    "{\"a\":\"b\"}" },
  { "POST /echo HTTP/1.1\r\nContent-Length: 9\r\nContent-Type: Application/JSON; "
    "charset=utf-8\r\n" HEAD_END "{\"a\":\"b\"}",
    201, NULL, NULL },
  { "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" JSON HEAD_END
    "4\r\n{\"a\"\r\n5\r\n:\"b\"}\r\n0\r\n\r\n",
    201, NULL, "{\"a\":\"b\"}" },
  /* files and ranges */
  { "GET /file HTTP/1.1\r\n" HEAD_END, 200, "accept-ranges: bytes", "0123456789" },
  { "HEAD /file HTTP/1.1\r\n" HEAD_END, 200, "content-length: 10", NULL },
  { "GET /file HTTP/1.1\r\nRange: bytes=2-4\r\n" HEAD_END, 206, "content-range: bytes 2-4/10",
    "234" },
  { "GET /file HTTP/1.1\r\nRange: bytes=-1\r\n" HEAD_END, 206, "content-range: bytes 9-9/10", "9" },
  { "GET /file HTTP/1.1\r\nRange: bytes=10-\r\n" HEAD_END, 416, "content-range: bytes */10", NULL },
  { "GET /file HTTP/1.1\r\nRange: bytes=0-1\r\nIf-Range: \"old\"\r\n" HEAD_END, 200, NULL,
    "0123456789" },
  { "GET /file HTTP/1.1\r\nRange: bytes=0-1\r\nIf-Range: \"file\"\r\n" HEAD_END, 206, NULL, "01" },
  { "GET /file HTTP/1.1\r\nIf-None-Match: \"file\"\r\n" HEAD_END, 304, "cache-control: public",
    NULL },
  /* codes */
  { "GET /fail?code=0 HTTP/1.1\r\n" HEAD_END, 503, "retry-after: 1", "told to" },
  { "GET /fail?code=1 HTTP/1.1\r\n" HEAD_END, 502, NULL, "told to" },
  { "GET /fail?code=2 HTTP/1.1\r\n" HEAD_END, 400, NULL, "\"error\":\"told to\"" },
  { "GET /fail?code=3 HTTP/1.1\r\n" HEAD_END, 404, NULL, NULL },
  { "GET /fail?code=5 HTTP/1.1\r\n" HEAD_END, 402, NULL, NULL },
  { "GET /fail?code=7 HTTP/1.1\r\n" HEAD_END, 409, NULL, NULL },
  { "GET /fail?code=8 HTTP/1.1\r\n" HEAD_END, 403, NULL, NULL },
  { "GET /fail?code=9 HTTP/1.1\r\n" HEAD_END, 500, NULL, "something broke" },
};

static void
test_answers (void)
{
  World *world = world_new (2, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_ask (world->port, cases[i].request);

      g_test_message ("%s", cases[i].request);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      if (cases[i].header != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (cases[i].header, ": ", 2);
          const char *value = gm_raw_header (answer, parts[0]);

          g_assert_nonnull (value);
          g_assert_nonnull (strstr (value, parts[1]));
        }
      if (cases[i].body != NULL)
        g_assert_nonnull (strstr (answer->body != NULL ? answer->body : "", cases[i].body));
      g_assert_nonnull (gm_raw_header (answer, "x-request-id"));
    }
  world_free (world);
}

/* One connection, several requests: refusals of whole requests do not end it. */
static void
test_keep_alive (void)
{
  World *world = world_new (2, 0);
  g_autoptr (GSocketConnection) connection = gm_raw_connect (world->port);
  const guint expected[] = { 200, 404, 401, 200 };

  gm_raw_send (connection,
               "GET /hello HTTP/1.1\r\n" HEAD_END "GET /x HTTP/1.1\r\n" HEAD_END
               "GET /members HTTP/1.1\r\n" HEAD_END "GET /file HTTP/1.1\r\n" HEAD_END,
               -1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_read (connection, FALSE);

      g_assert_cmpuint (answer->status, ==, expected[i]);
    }
  world_free (world);
}

static void
test_upload (void)
{
  World *world = world_new (2, 0);
  g_autoptr (GSocketConnection) connection = gm_raw_connect (world->port);
  g_autofree char *body = g_strnfill (700000, 'u');
  g_autoptr (GmRawAnswer) kept = NULL;
  g_autoptr (GmRawAnswer) refused = NULL;

  gm_raw_send (connection,
               "PUT /keep HTTP/1.1\r\nAuthorization: Bearer right\r\nContent-Length: 700000\r\n"
               "Expect: 100-continue\r\n" HEAD_END,
               -1);
  gm_raw_send (connection, body, -1);
  kept = gm_raw_read (connection, FALSE);
  g_assert_cmpuint (kept->status, ==, 200);
  g_assert_cmpstr (kept->body, ==, body);

  /* nobody may make the server read a body before the server knows who he is */
  refused = gm_raw_ask (world->port, "PUT /keep HTTP/1.1\r\nContent-Length: 700000\r\n"
                                     "Expect: 100-continue\r\n" HEAD_END);
  g_assert_cmpuint (refused->status, ==, 401);
  world_free (world);
}

static void
test_chunks_over_limit (void)
{
  World *world = world_new (2, 0);
  g_autofree char *piece = g_strnfill (1500, ' ');
  g_autofree char *request = g_strdup_printf ("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked"
                                              "\r\n" JSON HEAD_END "5dc\r\n%s\r\n0\r\n\r\n",
                                              piece);
  g_autoptr (GmRawAnswer) answer = gm_raw_ask (world->port, request);

  g_assert_cmpuint (answer->status, ==, 413);
  world_free (world);
}

static void
test_rate (void)
{
  World *world = world_new (2, 0);
  const guint expected[] = { 200, 200, 429 };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_ask (world->port,
                                                   "GET /seldom HTTP/1.1\r\n" HEAD_END);

      g_assert_cmpuint (answer->status, ==, expected[i]);
      if (i == 2)
        g_assert_cmpint (atoi (gm_raw_header (answer, "retry-after")), >, 0);
    }
  world_free (world);
}

/* Forty long polls on a server of two threads: they hold none, hear the news at once, and time out
 * on time. */
static void
test_long_poll (void)
{
  World *world = world_new (2, 0);
  GSocketConnection *waiting[40];
  g_autoptr (GmRawAnswer) meanwhile = NULL;
  g_autoptr (GmRawAnswer) late = NULL;
  gint64 began_us;

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      waiting[i] = gm_raw_connect (world->port);
      gm_raw_send (waiting[i], "GET /poll?wait=20000 HTTP/1.1\r\n" HEAD_END, -1);
    }
  while (g_atomic_int_get (&world->polls) < (gint) G_N_ELEMENTS (waiting))
    g_thread_yield ();
  meanwhile = gm_raw_ask (world->port, "GET /hello HTTP/1.1\r\n" HEAD_END);
  g_assert_cmpuint (meanwhile->status, ==, 200);

  began_us = g_get_monotonic_time ();
  g_atomic_int_set (&world->news, 1);
  gm_web_server_wake (world->server);
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_read (waiting[i], FALSE);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (answer->body, ==, "news");
      g_object_unref (waiting[i]);
    }
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 5 * G_USEC_PER_SEC);

  g_atomic_int_set (&world->news, 0);
  began_us = g_get_monotonic_time ();
  late = gm_raw_ask (world->port, "GET /poll?wait=200 HTTP/1.1\r\n" HEAD_END);
  g_assert_cmpstr (late->body, ==, "none");
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 190000);
  world_free (world);
}

static void
test_stop_answers_waiting (void)
{
  World *world = world_new (2, 0);
  g_autoptr (GSocketConnection) waiting = gm_raw_connect (world->port);
  g_autoptr (GmRawAnswer) answer = NULL;

  gm_raw_send (waiting, "GET /poll?wait=20000 HTTP/1.1\r\n" HEAD_END, -1);
  while (g_atomic_int_get (&world->polls) == 0)
    g_thread_yield ();
  g_clear_pointer (&world->server, gm_web_server_stop);
  answer = gm_raw_read (waiting, FALSE);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->body, ==, "none");
  world_free (world);
}

/* Asks again on the same connection as soon as it is answered, as the application does. */
static gpointer
ask_again_and_again (gpointer port)
{
  g_autoptr (GSocketConnection) connection = gm_raw_connect ((guint16) GPOINTER_TO_UINT (port));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char ask[] = "GET /poll?wait=20000 HTTP/1.1\r\n" HEAD_END;
  guint status = 200;

  while (status != 0 && g_output_stream_write_all (out, ask, strlen (ask), NULL, NULL, NULL))
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_read (connection, FALSE);

      status = answer->status;
    }
  return NULL;
}

static void
test_stop_ends_who_asks_again (void)
{
  for (guint round = 0; round < 20; round++)
    {
      World *world = world_new (2, 0);
      GThread *clients[4];

      for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
        clients[i] = g_thread_new ("client", ask_again_and_again, GUINT_TO_POINTER (world->port));
      while (g_atomic_int_get (&world->polls) < (int) G_N_ELEMENTS (clients))
        g_thread_yield ();
      g_clear_pointer (&world->server, gm_web_server_stop);
      for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
        g_thread_join (clients[i]);
      world_free (world);
    }
}

static void
test_busy (void)
{
  World *world = world_new (1, 2);
  GSocketConnection *held[3];
  g_autoptr (GmRawAnswer) refused = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      held[i] = gm_raw_connect (world->port);
      gm_raw_send (held[i], "GET /gate HTTP/1.1\r\n" HEAD_END, -1);
      while (i == 0 && g_atomic_int_get (&world->in_handler) == 0)
        g_thread_yield ();
    }
  do /* until the two have reached the line */
    {
      g_clear_pointer (&refused, gm_raw_answer_free);
      refused = gm_raw_ask (world->port, "OPTIONS /hello HTTP/1.1\r\n" HEAD_END);
      g_clear_pointer (&refused, gm_raw_answer_free);
      refused = gm_raw_ask (world->port, "GET /gate HTTP/1.1\r\n" HEAD_END);
    }
  while (refused->status != 503);
  g_assert_cmpstr (gm_raw_header (refused, "retry-after"), ==, "1");

  g_mutex_lock (&world->lock);
  world->gate_open = TRUE;
  g_cond_broadcast (&world->opened);
  g_mutex_unlock (&world->lock);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_read (held[i], FALSE);

      g_assert_cmpuint (answer->status, ==, 204);
      g_object_unref (held[i]);
    }
  world_free (world);
}

static void
test_stalled (void)
{
  World *world = world_new (2, 0);
  GSocketConnection *stalled[200];

  for (guint i = 0; i < G_N_ELEMENTS (stalled); i++)
    {
      stalled[i] = gm_raw_connect (world->port);
      gm_raw_send (stalled[i],
                   i % 2 == 0 ? "GET /hello HTTP/1.1\r\nHost: st"
                              : "POST /echo HTTP/1.1\r\nContent-Length: 9\r\n" JSON HEAD_END "{\"a",
                   -1);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_ask (world->port, "GET /hello HTTP/1.1\r\n" HEAD_END);

      g_assert_cmpuint (answer->status, ==, 200);
    }
  g_clear_pointer (&world->server, gm_web_server_stop); /* they do not hold it up either */
  for (guint i = 0; i < G_N_ELEMENTS (stalled); i++)
    g_object_unref (stalled[i]);
  world_free (world);
}

/* accept() fails while no descriptor is free, and works again when there is one. */
static void
test_descriptors_run_out (void)
{
  World *world = world_new (2, 0);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GSocketConnection) first = gm_raw_connect (world->port);
  g_autoptr (GSocketConnection) squeezed = NULL;
  struct rlimit before, tight;
  int fd;

  gm_raw_send (first, "GET /hello HTTP/1.1\r\n" HEAD_END, -1);
  gm_raw_answer_free (gm_raw_read (first, FALSE));

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = MIN (before.rlim_cur, 256);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
  while ((fd = open ("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
    g_array_append_val (taken, fd);
  for (guint i = 0; i < 2; i++) /* one for the client's own socket; the server's end finds none */
    {
      close (g_array_index (taken, int, taken->len - 1));
      g_array_set_size (taken, taken->len - 1);
    }
  squeezed = gm_raw_connect (world->port);
  while ((fd = open ("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
    g_array_append_val (taken, fd);
  gm_raw_send (squeezed, "GET /hello HTTP/1.1\r\n" HEAD_END, -1);
  gm_raw_send (first, "GET /hello HTTP/1.1\r\n" HEAD_END, -1); /* who is in is still served */
  gm_raw_answer_free (gm_raw_read (first, FALSE));

  for (guint i = 0; i < taken->len; i++)
    close (g_array_index (taken, int, i));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_clear_object (&first);
  gm_raw_answer_free (gm_raw_read (squeezed, FALSE));

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GmRawAnswer) answer = gm_raw_ask (world->port, "GET /hello HTTP/1.1\r\n" HEAD_END);

      g_assert_cmpuint (answer->status, ==, 200);
    }
  world_free (world);
}

static void
test_port_taken (void)
{
  World *world = world_new (2, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = G_N_ELEMENTS (routes), .port = world->port },
      &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_nonnull (
      strstr (error->message, "another program, perhaps another store, has that port"));
  world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gm_log_init ("test-web-server", GM_LOG_ERROR);
  g_test_add_func ("/web-server/answers-as-the-table-says", test_answers);
  g_test_add_func ("/web-server/one-connection-serves-many", test_keep_alive);
  g_test_add_func ("/web-server/upload-goes-to-a-file", test_upload);
  g_test_add_func ("/web-server/chunks-have-a-limit", test_chunks_over_limit);
  g_test_add_func ("/web-server/rate-is-limited", test_rate);
  g_test_add_func ("/web-server/long-polls-hold-no-thread", test_long_poll);
  g_test_add_func ("/web-server/stopping-answers-who-waits", test_stop_answers_waiting);
  g_test_add_func ("/web-server/stopping-ends-who-asks-again", test_stop_ends_who_asks_again);
  g_test_add_func ("/web-server/full-backlog-says-so", test_busy);
  g_test_add_func ("/web-server/stalled-requests-slow-nobody", test_stalled);
  g_test_add_func ("/web-server/recovers-from-no-descriptors", test_descriptors_run_out);
  g_test_add_func ("/web-server/taken-port-is-a-sentence", test_port_taken);
  return g_test_run ();
}
