/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "net/http.h"
#include "soup-peer.h"

#define LENGTH 300000

static guint8 content[LENGTH];
static gint ranges_seen; /* atomic */

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_one (headers, "Range") != NULL)
    g_atomic_int_inc (&ranges_seen);
  if (g_str_equal (path, "/deaf")) /* knows no ranges */
    soup_message_headers_remove (headers, "Range");
  if (g_str_equal (path, "/file") || g_str_equal (path, "/deaf"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_STATIC,
                                        (const char *) content, LENGTH);
    }
  else if (g_str_equal (path, "/login"))
    {
      static const char page[] = "<h1>Room 12, log in</h1>";

      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_STATIC,
                                        page, strlen (page));
    }
  else
    {
      static const char words[] = "{\"title\":\"You have no license\"}";

      soup_server_message_set_status (message, 403, NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC,
                                        words, strlen (words));
    }
}

typedef struct
{
  GmSoupPeer *peer;
  GmHttp *http;
  char *folder;
  char *path;
  guint64 done;
  guint64 total;
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  for (guint i = 0; i < LENGTH; i++)
    content[i] = (guint8) (i * 7 + (i >> 8));
  scene->peer = gm_soup_peer_new (handle, NULL);
  scene->http = gm_http_new ("test");
  scene->folder = g_dir_make_tmp ("gm-download-XXXXXX", NULL);
  scene->path = g_build_filename (scene->folder, "x.part", NULL);
  g_atomic_int_set (&ranges_seen, 0);
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  gm_http_free (scene->http);
  gm_soup_peer_free (scene->peer);
  g_unlink (scene->path);
  g_rmdir (scene->folder);
  g_free (scene->path);
  g_free (scene->folder);
}

static void
note_progress (guint64 done, guint64 total, gpointer data)
{
  Scene *scene = data;

  g_assert_cmpuint (done, >, scene->done);
  scene->done = done;
  scene->total = total;
}

static gboolean
download (Scene *scene, const char *path, gsize max_bytes, GError **error)
{
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, path);
  const GmHttpAsk ask = { .url = url, .max_bytes = max_bytes };

  scene->done = 0;
  return gm_http_download (scene->http, &ask, scene->path, note_progress, scene, NULL, error);
}

static void
assert_file (Scene *scene, const guint8 *expected, gsize expected_length)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (scene->path, &text, &length, NULL));
  g_assert_cmpmem (text, length, expected, expected_length);
}

static void
test_whole (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (download (scene, "/file", LENGTH, &error));
  assert_file (scene, content, LENGTH);
  g_assert_cmpuint (scene->done, ==, LENGTH);
  g_assert_cmpuint (scene->total, ==, LENGTH);
  g_assert_cmpint (g_atomic_int_get (&ranges_seen), ==, 0);
}

static void
test_goes_on (Scene *scene, gconstpointer data)
{
  static const gsize parts[] = { 1, 65536, LENGTH - 1, LENGTH };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (
          g_file_set_contents (scene->path, (const char *) content, (gssize) parts[i], NULL));
      g_assert_true (download (scene, "/file", LENGTH, &error));
      g_assert_no_error (error);
      assert_file (scene, content, LENGTH);
      g_assert_cmpint (g_atomic_int_get (&ranges_seen), ==, (gint) i + 1);
      g_assert_cmpuint (scene->done, ==, parts[i] == LENGTH ? 0 : LENGTH);
    }
}

/* It starts over with a server that cannot continue, instead of appending a second beginning. */
static void
test_deaf_server (Scene *scene, gconstpointer data)
{
  g_assert_true (g_file_set_contents (scene->path, "something else", -1, NULL));
  g_assert_true (download (scene, "/deaf", 0, NULL));
  assert_file (scene, content, LENGTH);
}

static void
test_longer_than_there_is (Scene *scene, gconstpointer data)
{
  g_autofree char *longer = g_malloc0 (LENGTH + 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (scene->path, longer, LENGTH + 1, NULL));
  g_assert_false (download (scene, "/file", 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
}

static void
test_too_long (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_false (download (scene, "/file", LENGTH - 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_cmpint (g_stat (scene->path, &status), ==, 0);
  g_assert_cmpint (status.st_size, <=, LENGTH - 1);
}

static void
test_refused (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (scene->path, "begun", -1, NULL));
  g_assert_false (download (scene, "/secret", 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "You have no license"));
  assert_file (scene, (const guint8 *) "begun", 5); /* not the words of the refusal */
}

/* The connection breaks in the middle: what came is kept, and the next try ends it. */
static void
test_broken_in_the_middle (Scene *scene, gconstpointer data)
{
  g_autoptr (GString) half = g_string_new (NULL);
  g_autoptr (GmSoupPeer) peer = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  GmHttpAsk ask = { 0 };

  g_string_printf (half, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", LENGTH);
  g_string_append_len (half, (const char *) content, 100000);
  peer = gm_soup_peer_new_raw (half->str, (gssize) half->len, FALSE);
  url = gm_soup_peer_dup_url (peer, "/");
  ask.url = url;

  g_assert_false (gm_http_download (scene->http, &ask, scene->path, NULL, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  assert_file (scene, content, 100000);
  g_assert_true (download (scene, "/file", LENGTH, NULL));
  assert_file (scene, content, LENGTH);
}

/* 206 that starts elsewhere would put bytes where they do not belong. */
static void
test_wrong_part (Scene *scene, gconstpointer data)
{
  static const char *const answers[] = {
    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/10\r\nContent-Length: 5\r\n\r\nABCDE",
    "HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\n\r\nABCDE",
    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 6-10/11\r\nContent-Length: "
    "5\r\n\r\nABCDE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GmSoupPeer) peer = gm_soup_peer_new_raw (answers[i], -1, FALSE);
      g_autofree char *url = gm_soup_peer_dup_url (peer, "/");
      const GmHttpAsk ask = { .url = url };
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (scene->path, "01234", -1, NULL));
      g_assert_false (gm_http_download (scene->http, &ask, scene->path, NULL, NULL, NULL, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
      assert_file (scene, (const guint8 *) "01234", 5);
    }
}

/* Half of a file goes on where it stopped once the page is out of the way. */
static void
test_a_page_is_no_file (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (scene->path, "half", -1, NULL));
  g_assert_false (download (scene, "/login", 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_nonnull (strstr (error->message, "is this the right address?"));
  assert_file (scene, (const guint8 *) "half", 4);
}

static void
test_cannot_write (Scene *scene, gconstpointer data)
{
  g_autofree char *url = gm_soup_peer_dup_url (scene->peer, "/file");
  g_autofree char *nowhere = g_build_filename (scene->folder, "no", "x", NULL);
  const GmHttpAsk ask = { .url = url };
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_http_download (scene->http, &ask, nowhere, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (gm_http_download (scene->http, &ask, "/dev/full", NULL, NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, f) g_test_add ("/http-download/" path, Scene, NULL, set_up, f, tear_down)
  ADD ("whole", test_whole);
  ADD ("goes-on-where-it-stopped", test_goes_on);
  ADD ("starts-over-when-it-must", test_deaf_server);
  ADD ("longer-than-there-is", test_longer_than_there_is);
  ADD ("too-long-is-stopped", test_too_long);
  ADD ("refusal-touches-nothing", test_refused);
  ADD ("broken-in-the-middle", test_broken_in_the_middle);
  ADD ("wrong-part-is-refused", test_wrong_part);
  ADD ("a-page-is-no-file", test_a_page_is_no_file);
  ADD ("cannot-write", test_cannot_write);
  return g_test_run ();
}
