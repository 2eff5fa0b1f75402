/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-scene.h"

#include <glib/gstdio.h>

Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gotmusic-catalog-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "cache.db", NULL);
  self->sql = gm_catalog_db_open (self->path, &error);
  g_assert_no_error (error);
  return self;
}

void
scene_free (Scene *self)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_clear_pointer (&self->sql, gm_sql_close);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

GmAsset *
scene_asset (guint n, const char *title, const char *artist)
{
  GmAsset *asset = g_new0 (GmAsset, 1);

  asset->id = g_strdup_printf ("01J00000000000000000%06u", n);
  asset->title = g_strdup (title);
  asset->artist = g_strdup (artist);
  asset->type = g_strdup ("beat");
  asset->status = g_strdup ("published");
  asset->price_currency = g_strdup ("USDC");
  asset->price_units = 10000000;
  asset->version = 1;
  asset->rev = n;
  asset->created_at = G_GINT64_CONSTANT (1700000000000) + n * 1000;
  asset->updated_at = asset->created_at;
  return asset;
}

void
scene_apply (Scene *self, GPtrArray *assets, gint64 rev)
{
  const GmCatalogCursor cursor = { .epoch = (char *) "e1", .rev = rev };
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = assets;
  g_autoptr (GError) error = NULL;

  gm_catalog_db_apply (self->sql, assets, gone, &cursor, &error);
  g_assert_no_error (error);
}
