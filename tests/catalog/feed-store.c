/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed-store.h"

#include <string.h>

#include "web/problem.h"

static JsonObject *
to_item (const GmAsset *asset)
{
  JsonObject *item;

  if (g_str_equal (asset->status, "published"))
    {
      item = gm_record_to_json (&gm_asset_type, asset);
      json_object_set_double_member (item, "priceAmount", 9.99); /* as the real one adds */
      return item;
    }
  item = json_object_new ();
  json_object_set_string_member (item, "id", asset->id);
  json_object_set_int_member (item, "rev", asset->rev);
  json_object_set_boolean_member (item, "deleted", TRUE);
  return item;
}

static gboolean
parse_since (FeedStore *self, const GmRequest *request, gint64 *since)
{
  const char *text = gm_request_query (request, "since");

  if (text == NULL || !g_str_has_prefix (text, self->epoch) || text[strlen (self->epoch)] != '-')
    return FALSE;
  *since = g_ascii_strtoll (text + strlen (self->epoch) + 1, NULL, 10);
  return *since <= self->rev;
}

static GmReply *
reply_changes (FeedStore *self, gint64 since)
{
  JsonObject *object = json_object_new ();
  JsonArray *items = json_array_new ();
  gint64 rev = self->rev;
  gboolean more = FALSE;

  for (guint i = 0; i < self->assets->len; i++)
    {
      const GmAsset *asset = self->assets->pdata[i];

      if (asset->rev <= since)
        continue;
      if (json_array_get_length (items) == self->limit)
        {
          more = TRUE;
          break;
        }
      json_array_add_object_element (items, to_item (asset));
      rev = asset->rev;
    }
  json_object_set_string_member (object, "epoch", self->epoch);
  json_object_set_int_member (object, "rev", more ? rev : self->rev);
  json_object_set_array_member (object, "items", items);
  json_object_set_boolean_member (object, "more", more);
  return gm_reply_object (200, object);
}

static GmReply *
say (const char *type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return gm_reply_bytes (200, type, body);
}

static GmReply *
get_changes (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  FeedStore *self = request->context;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 since;

  if (self->html != NULL)
    return say ("text/html", self->html);
  if (self->fail != 0)
    return gm_problem_new (self->fail, "told to fail");
  if (self->changes != NULL)
    return say ("application/json", self->changes);
  if (!parse_since (self, request, &since))
    return gm_problem_new (410, "these changes are gone");
  if (since == self->rev && request->may_wait &&
      g_strcmp0 (gm_request_query (request, "wait"), "0") != 0)
    return gm_reply_wait (5000);
  return reply_changes (self, since);
}

static void
append_line (GString *text, JsonObject *take)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), take);
  g_autofree char *line = json_to_string (node, FALSE);

  json_object_unref (take);
  g_string_append_printf (text, "%s\n", line);
}

static GBytes *
compress (const char *text)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, gzip);

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GmReply *
get_snapshot (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  FeedStore *self = request->context;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  JsonObject *head = json_object_new ();
  GmReply *reply;
  gint64 count = 0;

  self->snapshots++;
  for (guint i = 0; i < self->assets->len; i++)
    if (g_str_equal (((GmAsset *) self->assets->pdata[i])->status, "published"))
      {
        append_line (rows, to_item (self->assets->pdata[i]));
        count++;
      }
  json_object_set_string_member (head, "epoch", self->epoch);
  json_object_set_int_member (head, "rev", self->rev);
  json_object_set_int_member (head, "count", count);
  append_line (text, head);
  g_string_append (text, rows->str);
  if (self->html != NULL)
    return say ("text/html", self->html);
  if (self->fail != 0)
    return gm_problem_new (self->fail, "told to fail");
  if (self->snapshot != NULL)
    return say ("application/x-ndjson", self->snapshot);
  body = compress (text->str);
  reply = gm_reply_bytes (200, "application/x-ndjson", body);
  gm_reply_set_header (reply, "Content-Encoding", "gzip");
  return reply;
}

static const GmRoute routes[] = {
  { .method = "GET", .path = "/api/changes", .roles = GM_ROLE_ANYONE, .handler = get_changes },
  { .method = "GET", .path = "/api/snapshot", .roles = GM_ROLE_ANYONE, .handler = get_snapshot },
};

FeedStore *
feed_store_new (void)
{
  FeedStore *self = g_new0 (FeedStore, 1);
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->epoch = g_strdup ("0f-aa");
  self->assets = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);
  self->limit = 2;
  self->web = gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = G_N_ELEMENTS (routes), .context = self },
      &error);
  g_assert_no_error (error);
  self->origin = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (self->web));
  return self;
}

void
feed_store_free (FeedStore *self)
{
  g_clear_pointer (&self->web, gm_web_server_stop);
  g_ptr_array_unref (self->assets);
  g_mutex_clear (&self->lock);
  g_free (self->origin);
  g_free (self->epoch);
  g_free (self->changes);
  g_free (self->snapshot);
  g_free (self);
}

void
feed_store_put (FeedStore *self, GmAsset *asset)
{
  g_mutex_lock (&self->lock);
  for (guint i = self->assets->len; i > 0; i--)
    if (g_str_equal (((GmAsset *) self->assets->pdata[i - 1])->id, asset->id))
      g_ptr_array_remove_index (self->assets, i - 1);
  asset->rev = ++self->rev;
  g_ptr_array_add (self->assets, asset);
  g_mutex_unlock (&self->lock);
  if (self->web != NULL)
    gm_web_server_wake (self->web);
}
