/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/http.h"

#include <string.h>

#include "base/error.h"
#include "soup-peer.h"

#define BIG (5 * 1024 * 1024)

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

/* Says back what the client sent. */
static void
echo (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *token = soup_message_headers_get_one (headers, "Authorization");
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  const char *agent = soup_message_headers_get_one (headers, "User-Agent");
  g_autofree char *text = g_strdup_printf (
      "{\"method\":\"%s\",\"token\":\"%s\",\"key\":\"%s\",\"type\":\"%s\",\"agent\":\"%s\","
      "\"body\":\"%.*s\"}",
      soup_server_message_get_method (message), token != NULL ? token : "", key != NULL ? key : "",
      type != NULL ? type : "", agent != NULL ? agent : "", (int) body->length,
      body->data != NULL ? body->data : "");

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag",
                                "\"e\"");
  answer (message, 200, "application/json; charset=utf-8", text);
}

static void
redirect (SoupServerMessage *message, const char *to)
{
  soup_server_message_set_redirect (message, 302, to);
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer other_url)
{
  static char big[BIG];

  if (g_str_equal (path, "/echo"))
    echo (message);
  else if (g_str_equal (path, "/html"))
    answer (message, 200, "text/html", "<html>a login page</html>");
  else if (g_str_equal (path, "/liar"))
    answer (message, 200, "application/json", "<html>");
  else if (g_str_equal (path, "/array"))
    answer (message, 200, "application/json", "[1]");
  else if (g_str_equal (path, "/untyped"))
    soup_server_message_set_status (message, 200, NULL);
  else if (g_str_equal (path, "/big"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, big, BIG);
    }
  else if (g_str_equal (path, "/problem"))
    answer (message, 409, "application/problem+json",
            "{\"title\":\"Price changed\",\"detail\":\"It is 3 USDC now\",\"request_id\":\"x\"}");
  else if (g_str_equal (path, "/once"))
    redirect (message, "/echo");
  else if (g_str_equal (path, "/circle"))
    redirect (message, "/circle");
  else if (g_str_equal (path, "/insecure"))
    redirect (message, "http://music.example/echo");
  else if (g_str_equal (path, "/file"))
    redirect (message, "file:///etc/passwd");
  else if (g_str_equal (path, "/elsewhere"))
    redirect (message, other_url);
  else
    answer (message, 404, "text/plain", "no");
}

typedef struct
{
  GmSoupPeer *peer;
  GmSoupPeer *other;
  char *other_url;
  GmHttp *http;
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  scene->other = gm_soup_peer_new (handle, NULL);
  scene->other_url = gm_soup_peer_dup_url (scene->other, "/echo");
  scene->peer = gm_soup_peer_new (handle, scene->other_url);
  scene->http = gm_http_new ("gotmusic-test/1");
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  gm_http_free (scene->http);
  gm_soup_peer_free (scene->peer);
  gm_soup_peer_free (scene->other);
  g_free (scene->other_url);
}

static JsonObject *
get_json (Scene *scene, const char *path, GError **error)
{
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, path);
  const GmHttpAsk ask = { .url = url };

  return gm_http_send_json (scene->http, &ask, NULL, error);
}

static void
test_everything_arrives (Scene *scene, gconstpointer data)
{
  static const char *const headers[] = { "Idempotency-Key", "k1", NULL };
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, "/echo");
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5);
  const GmHttpAsk ask = { .method = "POST",
                          .url = url,
                          .token = "t0",
                          .headers = headers,
                          .content_type = "text/plain",
                          .body = body };
  g_autoptr (JsonObject) json = gm_http_send_json (scene->http, &ask, NULL, NULL);
  g_autoptr (GmHttpAnswer) raw = gm_http_send (scene->http, &ask, NULL, NULL);

  g_assert_cmpstr (json_object_get_string_member (json, "method"), ==, "POST");
  g_assert_cmpstr (json_object_get_string_member (json, "token"), ==, "Bearer t0");
  g_assert_cmpstr (json_object_get_string_member (json, "key"), ==, "k1");
  g_assert_cmpstr (json_object_get_string_member (json, "type"), ==, "text/plain");
  g_assert_cmpstr (json_object_get_string_member (json, "agent"), ==, "gotmusic-test/1");
  g_assert_cmpstr (json_object_get_string_member (json, "body"), ==, "hello");
  g_assert_cmpuint (raw->status, ==, 200);
  g_assert_cmpstr (raw->content_type, ==, "application/json");
  g_assert_cmpstr (raw->etag, ==, "\"e\"");
}

static void
test_not_json (Scene *scene, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *words;
  } cases[] = {
    { "/html", "text/html where JSON was expected" },
    { "/untyped", "JSON was expected" },
    { "/liar", "not the JSON it says" },
    { "/array", "not the JSON it says" },
    { "/big", "more than 4194304 bytes" },
    { "/circle", "redirects in circles" },
    { "/insecure", "unsafe address of music.example" },
    { "/file", "no address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (get_json (scene, cases[i].path, &error));
      g_test_message ("%s: %s", cases[i].path, error->message);
      g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_refusals (Scene *scene, gconstpointer data)
{
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, "/problem");
  const GmHttpAsk ask = { .url = url };
  g_autoptr (GmHttpAnswer) raw = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (get_json (scene, "/problem", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "127.0.0.1 answered 409: Price changed: It is 3 USDC now");
  g_clear_error (&error);
  g_assert_null (get_json (scene, "/none", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  raw = gm_http_send (scene->http, &ask, NULL, &error); /* any status is an answer */
  g_assert_no_error (error);
  g_assert_cmpuint (raw->status, ==, 409);
}

static void
test_limit_is_exact (Scene *scene, gconstpointer data)
{
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, "/big");
  const GmHttpAsk fits = { .url = url, .max_bytes = BIG };
  const GmHttpAsk one_less = { .url = url, .max_bytes = BIG - 1 };
  g_autoptr (GmHttpAnswer) answer_all = gm_http_send (scene->http, &fits, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (answer_all->body), ==, BIG);
  g_assert_null (gm_http_send (scene->http, &one_less, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
}

static void
test_redirects (Scene *scene, gconstpointer data)
{
  static const char *const headers[] = { "Idempotency-Key", "k1", NULL };
  g_autofree char *once = gm_soup_peer_dup_url (scene->peer, "/once");
  g_autofree char *elsewhere = gm_soup_peer_dup_url (scene->peer, "/elsewhere");
  GmHttpAsk ask = { .url = once, .token = "t0", .headers = headers };
  g_autoptr (JsonObject) same = gm_http_send_json (scene->http, &ask, NULL, NULL);
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (GmHttpAnswer) post = NULL;

  g_assert_cmpstr (json_object_get_string_member (same, "token"), ==, "Bearer t0");
  g_assert_cmpstr (json_object_get_string_member (same, "key"), ==, "k1");

  ask.url = elsewhere; /* another port is another origin: it gets no secret */
  other = gm_http_send_json (scene->http, &ask, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (other, "method"), ==, "GET");
  g_assert_cmpstr (json_object_get_string_member (other, "token"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (other, "key"), ==, "");

  ask.method = "POST"; /* what changes something is not sent on */
  post = gm_http_send (scene->http, &ask, NULL, NULL);
  g_assert_cmpuint (post->status, ==, 302);
  g_assert_cmpstr (post->location, ==, scene->other_url);
}

static void
test_unreachable (Scene *scene, gconstpointer data)
{
  g_autofree char *dead = gm_soup_peer_dup_dead_url ();
  const char *const urls[] = { dead, "ftp://127.0.0.1/", "not a url", "http://", "" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      const GmHttpAsk ask = { .url = urls[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_http_send (scene->http, &ask, NULL, &error));
      g_test_message ("%s: %s", urls[i], error->message);
      g_assert_true (gm_error_is (error, i == 0 ? GM_ERROR_OFFLINE : GM_ERROR_BAD_DATA));
    }
}

static void
test_broken_peers (void)
{
  static const struct
  {
    const char *bytes;
    gboolean then_silence;
    GmErrorCode code;
  } cases[] = {
    { "", FALSE, GM_ERROR_OFFLINE },
    { "", TRUE, GM_ERROR_OFFLINE }, /* slow to answer at all */
    { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of", FALSE, GM_ERROR_OFFLINE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of", TRUE, GM_ERROR_OFFLINE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", FALSE, GM_ERROR_OFFLINE },
    { "SSH-2.0-OpenSSH_9.2\r\n\r\n", FALSE, GM_ERROR_REMOTE },
    { "\xff\xfe\x00 nonsense\r\n\r\n", FALSE, GM_ERROR_REMOTE },
  };
  g_autoptr (GmHttp) http = gm_http_new ("test");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSoupPeer) peer = gm_soup_peer_new_raw (cases[i].bytes, -1,
                                                          cases[i].then_silence);
      g_autofree char *url = gm_soup_peer_dup_url (peer, "/");
      const GmHttpAsk ask = { .url = url, .timeout_s = 1 };
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_http_send (http, &ask, NULL, &error));
      g_test_message ("peer %u: %s", i, error->message);
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
    }
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GmHttp) http = gm_http_new ("test");
  g_autoptr (GmSoupPeer) peer = gm_soup_peer_new_raw ("HTTP/1.1 200 OK\r\n", -1, TRUE);
  g_autofree char *url = gm_soup_peer_dup_url (peer, "/");
  const GmHttpAsk ask = { .url = url, .timeout_s = 600 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_http_send (http, &ask, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_thread_join (thread);
}

static gpointer
ask_often (gpointer data)
{
  Scene *scene = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonObject) json = get_json (scene, "/echo", NULL);

      g_assert_nonnull (json);
    }
  return NULL;
}

static void
test_threads_share_one (Scene *scene, gconstpointer data)
{
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_often, scene);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/http/" path, Scene, NULL, set_up, f, tear_down)
  ADD ("everything-arrives", test_everything_arrives);
  ADD ("what-is-not-our-json-is-remote", test_not_json);
  ADD ("refusals-keep-their-words", test_refusals);
  ADD ("limit-is-exact", test_limit_is_exact);
  ADD ("redirects-keep-secrets", test_redirects);
  ADD ("unreachable", test_unreachable);
  g_test_add_func ("/http/broken-peers", test_broken_peers);
  g_test_add_func ("/http/cancel-ends-a-wait", test_cancel);
  ADD ("threads-share-one", test_threads_share_one);
  return g_test_run ();
}
