/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-row.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/ulid.h"
#include "server/audit.h"

GmAsset *
gm_asset_row_find (GmSql *sql, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmAsset *asset = gm_sql_find (sql, &gm_asset_type, "SELECT * FROM assets WHERE id = ?1",
                                (GmValue[]){ gm_value_text (id) }, 1, &problem);

  if (asset == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "Asset not found");
  if (asset == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return asset;
}

char *
gm_asset_row_fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (plain != NULL ? plain : text, -1);
}

static gboolean
put_search_columns (GmWriter *writer, const GmAsset *asset, GError **error)
{
  g_autofree char *tags = asset->tags != NULL ? g_strjoinv (" ", asset->tags) : g_strdup ("");
  g_autofree char *all = g_strjoin (" ", asset->title, asset->artist,
                                    asset->genre != NULL ? asset->genre : "", tags, NULL);
  g_autofree char *title_key = gm_asset_row_fold (asset->title);
  g_autofree char *search_text = gm_asset_row_fold (all);

  return gm_sql_run (writer->sql,
                     "UPDATE assets SET title_key = ?2, search_text = ?3 WHERE id = ?1",
                     (GmValue[]){ gm_value_text (asset->id), gm_value_text (title_key),
                                  gm_value_text (search_text) },
                     3, NULL, error);
}

static gboolean
write_row (GmWriter *writer,
           const GmAsset *before,
           GmAsset *after,
           const GmAuditEntry *about,
           GError **error)
{
  g_autoptr (JsonObject) old = before != NULL ? gm_record_to_json (&gm_asset_type, before) : NULL;
  g_autoptr (JsonObject) new = NULL;
  GmAuditEntry entry = *about;

  if (!gm_audit_next_rev (writer, &after->rev, error))
    return FALSE;
  after->updated_at = gm_clock_now_ms ();
  new = gm_record_to_json (&gm_asset_type, after);
  entry.asset = after->id;
  entry.before = old;
  entry.after = new;
  return gm_sql_put (writer->sql, &gm_asset_type, after, error) &&
         put_search_columns (writer, after, error) &&
         gm_audit_append (writer, after->rev, &entry, error);
}

gboolean
gm_asset_row_create (GmWriter *writer, GmAsset *asset, const char *actor, GError **error)
{
  if (asset->id == NULL)
    asset->id = gm_ulid_new ();
  if (asset->created_at == 0)
    asset->created_at = gm_clock_now_ms ();
  asset->version = 1;
  return write_row (writer, NULL, asset, &(GmAuditEntry){ .actor = actor, .operation = "create" },
                    error);
}

gboolean
gm_asset_row_update (GmWriter *writer,
                     const GmAsset *before,
                     GmAsset *after,
                     const char *actor,
                     GError **error)
{
  const char *operation = "update";

  if (g_strcmp0 (before->status, after->status) != 0)
    operation = g_str_equal (after->status, "archived") ? "delete" : "status_change";
  after->version = before->version + 1;
  return write_row (writer, before, after,
                    &(GmAuditEntry){ .actor = actor, .operation = operation }, error);
}

gboolean
gm_asset_row_step (GmAsset *asset, const char *status, GError **error)
{
  if (!gm_asset_status_may_go (asset->status, status))
    return gm_fail (error, GM_ERROR_CONFLICT, "an asset that is %s cannot become %s", asset->status,
                    status);
  g_free (asset->status);
  asset->status = g_strdup (status);
  return TRUE;
}

JsonObject *
gm_asset_row_to_json (const GmAsset *asset, gboolean inside)
{
  JsonObject *object = gm_record_to_json (&gm_asset_type, asset);
  g_autofree char *digits = NULL;
  GmMoney price;

  gm_asset_price (asset, &price);
  digits = gm_money_format_plain (&price);
  /* for clients of the seed; ours read priceUnits */
  json_object_set_double_member (object, "priceAmount", g_ascii_strtod (digits, NULL));
  if (!inside)
    json_object_remove_member (object, "error");
  return object;
}
