/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-snapshot.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "catalog/catalog-page.h"

#define READ_BYTES        65536
#define ROWS_PER_PROGRESS 500

/* A line at a time, none longer than the limit: GDataInputStream would grow without end. */
typedef struct
{
  GInputStream *from;
  GByteArray *held;
  gsize at; /* of the first byte not given out */
} Lines;

/* The next line without its end; NULL without error at the end. Valid until the next call. */
static const char *
next_line (Lines *self, gsize *length, GCancellable *cancellable, GError **error)
{
  gsize looked = 0;

  for (;;)
    {
      guint8 *start = self->held->data + self->at;
      gsize left = self->held->len - self->at;
      guint8 *end = left > looked ? memchr (start + looked, '\n', left - looked) : NULL;
      guint8 buffer[READ_BYTES];
      gssize n;

      if (end != NULL)
        {
          *length = (gsize) (end - start);
          self->at += *length + 1;
          return (const char *) start;
        }
      if (left > GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES)
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "a line has more than %d bytes",
                             GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES);
      if (self->at > 0)
        g_byte_array_remove_range (self->held, 0, (guint) self->at);
      self->at = 0;
      looked = left;
      n = g_input_stream_read (self->from, buffer, sizeof buffer, cancellable, error);
      if (n < 0)
        gm_error_adopt (error);
      if (n == 0 && left > 0)
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "it ends inside a line");
      if (n <= 0)
        return NULL;
      g_byte_array_append (self->held, buffer, (guint) n);
    }
}

static JsonObject *
next_object (Lines *lines, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) line = NULL;
  gsize length = 0;
  const char *text = next_line (lines, &length, cancellable, error);

  if (text == NULL)
    return NULL;
  line = g_bytes_new_static (text, length);
  return gm_json_parse_object (line, GM_CATALOG_SNAPSHOT_MAX_LINE_BYTES, error);
}

static gboolean
read_head (Lines *lines,
           GmCatalogCursor *cursor,
           gint64 *count,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) head = next_object (lines, cancellable, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (head == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "it is empty");
  if (!gm_json_int (head, "count", count, error) || !gm_catalog_page_cursor (head, cursor, error))
    return FALSE;
  if (*count < 0 || *count > GM_CATALOG_SNAPSHOT_MAX_ROWS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "it says it has %" G_GINT64_FORMAT " rows", *count);
  return TRUE;
}

static gboolean
load_rows (GmSql *cache,
           Lines *lines,
           const GmCatalogCursor *cursor,
           gint64 count,
           GmCatalogProgress progress,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  for (gint64 i = 0; i < count; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (JsonObject) object = next_object (lines, cancellable, &problem);
      g_autoptr (GmAsset) asset = NULL;

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (object == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA,
                        "it ends after %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " rows", i,
                        count);
      asset = gm_catalog_page_asset (object, cursor, error);
      if (asset == NULL || !gm_catalog_db_load_put (cache, asset, error))
        return FALSE;
      if (progress != NULL && i % ROWS_PER_PROGRESS == 0)
        progress ((double) i / (double) count, user_data);
    }
  return TRUE;
}

/* Gzip says so in its first two bytes (RFC 1952, 2.3.1). */
static GInputStream *
unpack (GInputStream *from, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new (from);
  g_autoptr (GConverter) gunzip = NULL;
  const guint8 *start;
  gsize length;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), -1, cancellable, error) < 0)
    {
      gm_error_adopt (error);
      return NULL;
    }
  start = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &length);
  if (length < 2 || start[0] != 0x1f || start[1] != 0x8b)
    return g_steal_pointer (&buffered);
  gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return g_converter_input_stream_new (buffered, gunzip);
}

static gboolean
load (GmSql *cache,
      Lines *lines,
      GmCatalogProgress progress,
      gpointer user_data,
      GCancellable *cancellable,
      GError **error)
{
  g_auto (GmCatalogCursor) cursor = { 0 };
  gint64 count = 0;

  if (!read_head (lines, &cursor, &count, cancellable, error) ||
      !gm_catalog_db_load_begin (cache, error))
    return FALSE;
  if (!load_rows (cache, lines, &cursor, count, progress, user_data, cancellable, error))
    {
      gm_catalog_db_load_abort (cache);
      return FALSE;
    }
  return gm_catalog_db_load_finish (cache, &cursor, error);
}

gboolean
gm_catalog_snapshot_load (GmSql *cache,
                          GInputStream *from,
                          GmCatalogProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GInputStream) plain = unpack (from, cancellable, error);
  g_autoptr (GByteArray) held = g_byte_array_new ();
  Lines lines = { .from = plain, .held = held };

  if (plain != NULL && load (cache, &lines, progress, user_data, cancellable, error))
    return TRUE;
  g_prefix_error (error, "the store's snapshot: ");
  return FALSE;
}
