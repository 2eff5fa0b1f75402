/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <string.h>

#include "base/error.h"
#include "server/asset-row.h"
#include "server/audit.h"

#define KEY(k) "Idempotency-Key: " k "\r\n"

static const ServerAsset shown = { "Shown", "published", NULL, 100, 1, 0 };
static const ServerAsset draft = { "Draft", "draft", NULL, 100, 1, 0 };

static JsonObject *
changes (ServerWorld *world, const char *epoch, gint64 rev, const char *more)
{
  g_autofree char *start = g_strdup_printf ("GET /api/changes?since=%s-%" G_GINT64_FORMAT "%s",
                                            epoch, rev, more);

  return server_expect (world, 200, start, NULL, NULL, NULL);
}

static gint64
rev_of (JsonObject *page)
{
  return json_object_get_int_member (page, "rev");
}

static void
archive (ServerWorld *world, const char *id)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) before = NULL;
  g_autoptr (GmAsset) after = NULL;
  g_autoptr (GError) error = NULL;

  gm_database_begin (world->service->database, &writer, &error);
  g_assert_no_error (error);
  before = gm_asset_row_find (writer.sql, id, &error);
  g_assert_no_error (error);
  after = gm_record_copy (&gm_asset_type, before);
  gm_asset_row_step (after, "archived", &error);
  g_assert_no_error (error);
  gm_asset_row_update (&writer, before, after, "system:test", &error);
  g_assert_no_error (error);
  gm_database_commit (&writer, &error);
  g_assert_no_error (error);
}

static void
test_pages (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *first = server_put_asset (world, &shown);
  g_autofree char *second = server_put_asset (world, &shown);
  g_autofree char *hidden = server_put_asset (world, &draft);
  g_autoptr (JsonObject) all = server_expect (world, 200, "GET /api/changes", NULL, NULL, NULL);
  const char *epoch = json_object_get_string_member (all, "epoch");
  g_autoptr (JsonObject) page = changes (world, epoch, 0, "&limit=1");
  g_autoptr (JsonObject) rest = NULL;
  g_autoptr (JsonObject) nothing = NULL;
  g_autoptr (JsonObject) after = NULL;
  JsonArray *items = json_object_get_array_member (all, "items");

  g_assert_cmpuint (json_array_get_length (items), ==, 3);
  g_assert_false (json_object_get_boolean_member (all, "more"));
  g_assert_true (
      json_object_get_boolean_member (json_array_get_object_element (items, 2), "deleted"));
  g_assert_false (json_object_has_member (json_array_get_object_element (items, 2), "title"));

  g_assert_true (json_object_get_boolean_member (page, "more"));
  rest = changes (world, epoch, rev_of (page), "");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rest, "items")), ==, 2);
  nothing = changes (world, epoch, rev_of (rest), "");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (nothing, "items")), ==, 0);

  /* unpublished: a tombstone, and the row only once, at its newest revision */
  archive (world, first);
  after = changes (world, epoch, 0, "");
  items = json_object_get_array_member (after, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 2), "id"),
                   ==, first);
  g_assert_true (
      json_object_get_boolean_member (json_array_get_object_element (items, 2), "deleted"));
  server_world_free (world);
}

static void
test_gone (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *id = server_put_asset (world, &shown);
  g_autoptr (JsonObject) all = server_expect (world, 200, "GET /api/changes", NULL, NULL, NULL);
  const char *epoch = json_object_get_string_member (all, "epoch");
  g_autofree char *future = g_strdup_printf ("GET /api/changes?since=%s-99", epoch);
  static const char *const others[] = { "GET /api/changes?since=01ARZ3NDEKTSV4RRFFQ69G5FAV-0",
                                        "GET /api/changes?since=1", "GET /api/changes?since=-",
                                        "GET /api/changes?since=x-y" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    json_object_unref (server_expect (world, 410, others[i], NULL, NULL, NULL));
  json_object_unref (server_expect (world, 410, future, NULL, NULL, NULL));
  server_world_free (world);
}

static void
test_long_poll (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *first = server_put_asset (world, &shown);
  g_autoptr (JsonObject) all = server_expect (world, 200, "GET /api/changes", NULL, NULL, NULL);
  g_autofree char *request = g_strdup_printf (
      "GET /api/changes?since=%s-1&wait=20 HTTP/1.1\r\nHost: store\r\n\r\n",
      json_object_get_string_member (all, "epoch"));
  g_autoptr (GSocketConnection) waiting = gm_raw_connect (world->port);
  g_autoptr (GmRawAnswer) answer = NULL;
  g_autoptr (JsonObject) page = NULL;
  g_autofree char *second = NULL;
  gint64 began_us = g_get_monotonic_time ();

  gm_raw_send (waiting, request, -1);
  second = server_put_asset (world, &shown);
  answer = gm_raw_read (waiting, FALSE);
  g_assert_cmpuint (answer->status, ==, 200);
  page = server_json (answer);
  g_assert_cmpint (rev_of (page), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "items")), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 5 * G_USEC_PER_SEC);
  server_world_free (world);
}

static void
test_snapshot (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *first = server_put_asset (world, &shown);
  g_autofree char *hidden = server_put_asset (world, &draft);
  g_autoptr (GmRawAnswer) answer = server_ask (world, "GET /api/snapshot", NULL, NULL, NULL);
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) raw = g_memory_input_stream_new_from_data (
      answer->body, (gssize) answer->length, NULL);
  g_autoptr (GInputStream) in = g_converter_input_stream_new (raw, G_CONVERTER (gunzip));
  char text[65536] = "";
  gsize length = 0;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (gm_raw_header (answer, "content-encoding"), ==, "gzip");
  g_assert_true (g_input_stream_read_all (in, text, sizeof text - 1, &length, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3); /* head, one asset, the end */
  g_assert_nonnull (strstr (lines[0], "\"rev\":2"));
  g_assert_nonnull (strstr (lines[0], "\"count\":1"));
  g_assert_nonnull (strstr (lines[1], first));
  g_assert_null (strstr (text, hidden));
  server_world_free (world);
}

/* Many writers, one reader that goes by its cursor: nothing is lost. */
static gpointer
write_many (gpointer data)
{
  for (guint i = 0; i < 25; i++)
    g_free (server_put_asset (data, &shown));
  return NULL;
}

static void
test_nothing_lost (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GThread *writers[4];
  g_autoptr (JsonObject) first = server_expect (world, 200, "GET /api/changes", NULL, NULL, NULL);
  const char *epoch = json_object_get_string_member (first, "epoch");
  gint64 rev = 0, seen = 0, n_rows;
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = g_thread_new ("writer", write_many, world);
  while (seen < 100)
    {
      g_autoptr (JsonObject) page = changes (world, epoch, rev, "&limit=7&wait=5");

      seen += json_array_get_length (json_object_get_array_member (page, "items"));
      g_assert_cmpint (rev_of (page), >, rev);
      rev = rev_of (page);
    }
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (writers[i]);
  g_assert_cmpint (rev, ==, 100);

  gm_database_read (world->service->database, &reader, &error);
  g_assert_no_error (error);
  gm_audit_verify (reader.sql, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 100);
  gm_reader_clear (&reader);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/changes-api/pages-and-tombstones", test_pages);
  g_test_add_func ("/changes-api/other-epochs-are-gone", test_gone);
  g_test_add_func ("/changes-api/wait-hears-a-change", test_long_poll);
  g_test_add_func ("/changes-api/snapshot-has-what-is-published", test_snapshot);
  g_test_add_func ("/changes-api/four-writers-lose-nothing", test_nothing_lost);
  return g_test_run ();
}
