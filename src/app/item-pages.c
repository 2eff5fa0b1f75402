/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/item-pages.h"

#include "catalog/catalog-db.h"

struct _GmItemPages
{
  GmAssetMarks *marks;
  GHashTable *items; /* row number to GmAssetItem */
  GQueue pages;      /* of GArray of row numbers, newest first */
};

GmItemPages *
gm_item_pages_new (GmAssetMarks *marks)
{
  GmItemPages *self = g_new0 (GmItemPages, 1);

  self->marks = g_object_ref (marks);
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_queue_init (&self->pages);
  return self;
}

void
gm_item_pages_clear (GmItemPages *self)
{
  g_hash_table_remove_all (self->items);
  g_queue_clear_full (&self->pages, (GDestroyNotify) g_array_unref);
}

void
gm_item_pages_free (GmItemPages *self)
{
  gm_item_pages_clear (self);
  g_hash_table_unref (self->items);
  g_object_unref (self->marks);
  g_free (self);
}

guint
gm_item_pages_count (GmItemPages *self)
{
  return g_hash_table_size (self->items);
}

static void
keep (GmItemPages *self, gint64 row, GmAsset *take)
{
  GmAsset *asset = take != NULL ? take : g_new0 (GmAsset, 1);

  g_hash_table_insert (self->items, g_memdup2 (&row, sizeof row),
                       gm_asset_item_new (asset, self->marks));
}

static void
drop_oldest (GmItemPages *self)
{
  g_autoptr (GArray) page = g_queue_pop_tail (&self->pages);

  for (guint i = 0; i < page->len; i++)
    g_hash_table_remove (self->items, &g_array_index (page, gint64, i));
}

/* Only rows that are not kept yet: a page owns what it brought. */
static void
read_page (GmItemPages *self, GmSql *cache, const GmRowList *rows, guint position)
{
  guint start = position / GM_ITEM_PAGES_ROWS * GM_ITEM_PAGES_ROWS;
  guint end = MIN (start + GM_ITEM_PAGES_ROWS, gm_row_list_get_length (rows));
  g_autoptr (GArray) page = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) assets = NULL;

  for (guint i = start; i < end; i++)
    {
      gint64 row = gm_row_list_get (rows, i);

      if (!g_hash_table_contains (self->items, &row))
        g_array_append_val (page, row);
    }
  while (self->pages.length >= GM_ITEM_PAGES_KEPT)
    drop_oldest (self);

  assets = gm_catalog_db_rows (cache, (const gint64 *) (gpointer) page->data, page->len, NULL);
  for (guint i = 0; i < page->len; i++)
    keep (self, g_array_index (page, gint64, i),
          assets != NULL ? g_steal_pointer (&assets->pdata[i]) : NULL);
  g_queue_push_head (&self->pages, g_steal_pointer (&page));
}

GmAssetItem *
gm_item_pages_get (GmItemPages *self, GmSql *cache, const GmRowList *rows, guint position)
{
  gint64 row = gm_row_list_get (rows, position);
  GmAssetItem *item = g_hash_table_lookup (self->items, &row);

  if (item != NULL)
    return item;

  read_page (self, cache, rows, position);
  return g_hash_table_lookup (self->items, &row);
}

static gboolean
is_same (GmAssetItem *item, const GmAsset *fresh)
{
  const GmAsset *asset = gm_asset_item_get_asset (item);

  if (fresh == NULL || asset->id == NULL)
    return fresh == NULL && asset->id == NULL;
  return gm_record_equal (&gm_asset_type, asset, fresh);
}

static GHashTable *
read_again (GmItemPages *self, GmSql *cache)
{
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                          NULL);

  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      GArray *page = link->data;
      const gint64 *rows = (const gint64 *) (gpointer) page->data;
      g_autoptr (GPtrArray) assets = gm_catalog_db_rows (cache, rows, page->len, NULL);

      for (guint i = 0; assets != NULL && i < page->len; i++)
        if (!is_same (g_hash_table_lookup (self->items, &rows[i]), assets->pdata[i]))
          {
            keep (self, rows[i], g_steal_pointer (&assets->pdata[i]));
            g_hash_table_add (changed, g_memdup2 (&rows[i], sizeof rows[i]));
          }
    }
  return g_steal_pointer (&changed);
}

GArray *
gm_item_pages_refresh (GmItemPages *self, GmSql *cache, const GmRowList *rows)
{
  g_autoptr (GHashTable) changed = read_again (self, cache);
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; g_hash_table_size (changed) > 0 && i < gm_row_list_get_length (rows); i++)
    {
      gint64 row = gm_row_list_get (rows, i);

      if (g_hash_table_contains (changed, &row))
        g_array_append_val (positions, i);
    }
  return positions;
}
