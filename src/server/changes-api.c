/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "server/asset-row.h"
#include "server/routes.h"
#include "server/service.h"
#include "server/snapshot.h"
#include "web/problem.h"

#define SNAPSHOT_SECONDS 60

typedef struct
{
  char *epoch;
  gint64 rev;
  gint64 horizon;
} Feed;

static gboolean
read_feed (GmSql *sql, Feed *feed, GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT epoch, rev, horizon FROM feed", NULL, 0,
                                          error);

  if (rows == NULL || !gm_rows_next (rows, error))
    return FALSE;
  feed->epoch = g_strdup (gm_rows_text (rows, 0));
  feed->rev = gm_rows_int (rows, 1);
  feed->horizon = gm_rows_int (rows, 2);
  return TRUE;
}

/* "EPOCH-REV", or nothing for the beginning. FALSE: it is not one of this feed. */
static gboolean
parse_since (const char *text, const Feed *feed, gint64 *since)
{
  const char *dash = text != NULL ? strrchr (text, '-') : NULL;
  guint64 rev;

  *since = 0;
  if (text == NULL || *text == '\0')
    return feed->horizon == 0;
  if (dash == NULL || strlen (feed->epoch) != (gsize) (dash - text) ||
      strncmp (text, feed->epoch, (gsize) (dash - text)) != 0 ||
      !g_ascii_string_to_unsigned (dash + 1, 10, 0, G_MAXINT64, &rev, NULL))
    return FALSE;
  *since = (gint64) rev;
  return *since <= feed->rev && *since >= feed->horizon;
}

/* What is not published is only a name to forget. */
static JsonObject *
to_item (const GmAsset *asset)
{
  JsonObject *item;

  if (g_str_equal (asset->status, "published"))
    return gm_asset_row_to_json (asset, FALSE);
  item = json_object_new ();
  json_object_set_string_member (item, "id", asset->id);
  json_object_set_int_member (item, "rev", asset->rev);
  json_object_set_boolean_member (item, "deleted", TRUE);
  return item;
}

static GmReply *
reply_with (const Feed *feed, GPtrArray *assets, gint64 limit)
{
  JsonObject *object = json_object_new ();
  gboolean more = assets->len > limit;
  JsonArray *items = json_array_new ();
  gint64 rev = feed->rev;

  for (guint i = 0; i < MIN (assets->len, limit); i++)
    {
      const GmAsset *asset = assets->pdata[i];

      json_array_add_object_element (items, to_item (asset));
      if (more)
        rev = asset->rev;
    }
  json_object_set_string_member (object, "epoch", feed->epoch);
  json_object_set_int_member (object, "rev", rev);
  json_object_set_array_member (object, "items", items);
  json_object_set_boolean_member (object, "more", more);
  return gm_reply_object (200, object);
}

/* { epoch, rev, items, more } from one snapshot of the database, at most one row per asset. With
 * wait=SECONDS an empty answer waits for a change. 410: load the snapshot. */
GmReply *
gm_changes_api_list (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *text = gm_request_query (request, "since");
  g_auto (GmReader) reader = { 0 };
  g_autofree char *epoch = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  gint64 limit, wait_s, since;
  Feed feed = { 0 };

  if (!gm_request_query_int (request, "limit", (gint64[]){ 1, 1000 }, 200, &limit, error) ||
      !gm_request_query_int (request, "wait", (gint64[]){ 0, 60 }, 0, &wait_s, error) ||
      !gm_database_read (gm_service_of (request)->database, &reader, error) ||
      !read_feed (reader.sql, &feed, error))
    return NULL;
  epoch = feed.epoch;
  if (!parse_since (text, &feed, &since))
    return gm_problem_new (410, "these changes are gone: load /api/snapshot");
  if (since == feed.rev && wait_s > 0 && request->may_wait)
    return gm_reply_wait ((guint) wait_s * 1000);

  assets = gm_sql_list (reader.sql, &gm_asset_type,
                        "SELECT * FROM assets WHERE rev > ?1 ORDER BY rev LIMIT ?2",
                        (GmValue[]){ gm_value_int (since), gm_value_int (limit + 1) }, 2, error);
  return assets != NULL ? reply_with (&feed, assets, limit) : NULL;
}

GmReply *
gm_changes_api_snapshot (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autofree char *folder = gm_server_config_dup_path (service->config, "spool");
  g_autofree char *path = gm_snapshot_ensure (service->database, folder, SNAPSHOT_SECONDS, error);
  g_autofree char *name = NULL;
  GmReply *reply;

  if (path == NULL)
    return NULL;
  reply = gm_reply_file (path, "application/x-ndjson", error);
  if (reply == NULL)
    return NULL;
  name = g_path_get_basename (path);
  gm_reply_set_etag (reply, "%s", name);
  gm_reply_set_header (reply, "Content-Encoding", "gzip");
  gm_reply_set_header (reply, "Cache-Control", "no-cache");
  return reply;
}
