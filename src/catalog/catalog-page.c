/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-page.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/ulid.h"

#define MAX_EPOCH_BYTES 64

void
gm_catalog_page_clear (GmCatalogPage *page)
{
  g_clear_pointer (&page->assets, g_ptr_array_unref);
  g_clear_pointer (&page->gone, g_ptr_array_unref);
  gm_catalog_cursor_clear (&page->cursor);
}

/* It becomes part of an address. */
static gboolean
check_epoch (const char *epoch, GError **error)
{
  gsize length = strlen (epoch);

  if (length == 0 || length > MAX_EPOCH_BYTES ||
      strspn (epoch, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") != length)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the feed has a name that is none");
  return TRUE;
}

gboolean
gm_catalog_page_cursor (JsonObject *json, GmCatalogCursor *out, GError **error)
{
  const char *epoch = gm_json_text (json, "epoch", error);
  gint64 rev;

  if (epoch == NULL || !check_epoch (epoch, error) || !gm_json_int (json, "rev", &rev, error))
    return FALSE;
  if (rev < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "revision %" G_GINT64_FORMAT, rev);

  out->epoch = g_strdup (epoch);
  out->rev = rev;
  return TRUE;
}

GmAsset *
gm_catalog_page_asset (JsonObject *json, const GmCatalogCursor *upto, GError **error)
{
  g_autoptr (GmAsset) asset = gm_record_from_json (&gm_asset_type, json, error);

  if (asset == NULL)
    return NULL;
  if (!gm_ulid_is_valid (asset->id))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.40s” is no name of an asset", asset->id);
  if (strcmp (asset->status, "published") != 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%s is %.20s, not published", asset->id,
                         asset->status);
  if (asset->rev < 0 || asset->rev > upto->rev)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%s has a revision of the future", asset->id);
  return g_steal_pointer (&asset);
}

static gboolean
add_item (GmCatalogPage *page, JsonObject *item, GError **error)
{
  JsonNode *deleted = json_object_get_member (item, "deleted");
  GmAsset *asset;

  if (deleted != NULL && json_node_get_value_type (deleted) == G_TYPE_BOOLEAN &&
      json_node_get_boolean (deleted))
    {
      const char *id = gm_json_text (item, "id", error);

      if (id == NULL)
        return FALSE;
      if (!gm_ulid_is_valid (id))
        return gm_fail (error, GM_ERROR_BAD_DATA, "“%.40s” is no name of an asset", id);
      g_ptr_array_add (page->gone, g_strdup (id));
      return TRUE;
    }

  asset = gm_catalog_page_asset (item, &page->cursor, error);
  if (asset != NULL)
    g_ptr_array_add (page->assets, asset);
  return asset != NULL;
}

static gboolean
check_cursor (const GmCatalogPage *page, const GmCatalogCursor *since, GError **error)
{
  if (g_strcmp0 (page->cursor.epoch, since->epoch) != 0)
    return gm_fail (error, GM_ERROR_CONFLICT, "the feed began anew");
  if (page->cursor.rev < since->rev || (page->more && page->cursor.rev == since->rev))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the feed goes backwards or stands still");
  return TRUE;
}

gboolean
gm_catalog_page_parse (JsonObject *json,
                       const GmCatalogCursor *since,
                       GmCatalogPage *out,
                       GError **error)
{
  g_auto (GmCatalogPage) page = { .assets = g_ptr_array_new_with_free_func (
                                      (GDestroyNotify) gm_asset_free),
                                  .gone = g_ptr_array_new_with_free_func (g_free) };
  JsonArray *items = gm_json_array (json, "items", error);
  JsonNode *more = json_object_get_member (json, "more");

  if (items == NULL || !gm_catalog_page_cursor (json, &page.cursor, error))
    return FALSE;
  page.more = more != NULL && json_node_get_value_type (more) == G_TYPE_BOOLEAN &&
              json_node_get_boolean (more);
  if (!check_cursor (&page, since, error))
    return FALSE;
  if (json_array_get_length (items) > GM_CATALOG_PAGE_MAX_ITEMS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a page of %u items", json_array_get_length (items));

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return gm_fail (error, GM_ERROR_BAD_DATA, "item %u is no object", i);
      if (!add_item (&page, json_node_get_object (node), error))
        return FALSE;
    }
  *out = page;
  page = (GmCatalogPage){ 0 };
  return TRUE;
}
