/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-sync.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/json.h"
#include "catalog/catalog-page.h"
#include "net/http-words.h"

#define PAGE_ITEMS  500
#define EXTRA_S     20 /* beyond wait_s, until a silent store counts as away */
#define STATUS_GONE 410

static gboolean
load_file (const GmCatalogSync *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->spool);
  g_autoptr (GFileInputStream) from = g_file_read (file, cancellable, error);

  if (from == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  return gm_catalog_snapshot_load (self->cache, G_INPUT_STREAM (from), self->progress,
                                   self->user_data, cancellable, error);
}

static gboolean
load_snapshot (const GmCatalogSync *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = g_strconcat (self->origin, "/api/snapshot", NULL);
  const GmHttpAsk ask = { .url = url, .max_bytes = GM_CATALOG_SNAPSHOT_MAX_BYTES };
  gboolean loaded;

  g_unlink (self->spool); /* half of an older one does not go on with this one */
  loaded = gm_http_download (self->http, &ask, self->spool, NULL, NULL, cancellable, error) &&
           load_file (self, cancellable, error);
  g_unlink (self->spool);
  return loaded;
}

/* NULL without error: the store does not know our place in its feed any more. */
static JsonObject *
ask_changes (const GmCatalogSync *self,
             const GmCatalogCursor *cursor,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *url = g_strdup_printf (
      "%s/api/changes?since=%s-%" G_GINT64_FORMAT "&limit=%d&wait=%u", self->origin, cursor->epoch,
      cursor->rev, PAGE_ITEMS, self->wait_s);
  const GmHttpAsk ask = { .url = url,
                          .max_bytes = GM_CATALOG_SYNC_MAX_PAGE_BYTES,
                          .timeout_s = self->wait_s + EXTRA_S };
  g_autoptr (GmHttpAnswer) answer = gm_http_send (self->http, &ask, cancellable, error);
  g_autoptr (GError) problem = NULL;
  JsonObject *json;

  if (answer == NULL || answer->status == STATUS_GONE)
    return NULL;
  if (answer->status != 200)
    {
      gm_http_words_set_error (error, url, answer);
      return NULL;
    }
  json = gm_json_parse_object (answer->body, GM_CATALOG_SYNC_MAX_PAGE_BYTES, &problem);
  if (json == NULL)
    return gm_fail_null (error, GM_ERROR_REMOTE, "the store's answer is no list of changes: %s",
                         problem->message);
  return json;
}

/* CONFLICT: start from the snapshot. */
static gboolean
apply_changes (const GmCatalogSync *self,
               const GmCatalogCursor *cursor,
               GmCatalogSyncOutcome *out,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) json = ask_changes (self, cursor, cancellable, &problem);
  g_auto (GmCatalogPage) page = { 0 };

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (json == NULL)
    return gm_fail (error, GM_ERROR_CONFLICT, "these changes are gone");
  if (!gm_catalog_page_parse (json, cursor, &page, error))
    return FALSE;

  if (page.cursor.rev != cursor->rev &&
      !gm_catalog_db_apply (self->cache, page.assets, page.gone, &page.cursor, error))
    return FALSE;
  *out = (GmCatalogSyncOutcome){ .changed = page.assets->len + page.gone->len > 0,
                                 .more = page.more };
  return TRUE;
}

gboolean
gm_catalog_sync_step (const GmCatalogSync *self,
                      GmCatalogSyncOutcome *out,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (GmCatalogCursor) cursor = { 0 };
  g_autoptr (GError) problem = NULL;

  if (!gm_catalog_db_cursor (self->cache, &cursor, error))
    return FALSE;
  if (cursor.epoch != NULL && apply_changes (self, &cursor, out, cancellable, &problem))
    return TRUE;
  if (problem != NULL && !gm_error_is (problem, GM_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  if (!load_snapshot (self, cancellable, error))
    return FALSE;
  *out = (GmCatalogSyncOutcome){ .changed = TRUE, .more = TRUE, .reloaded = TRUE };
  return TRUE;
}
