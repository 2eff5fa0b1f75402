/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache-reader.h"

struct _GmCacheReader
{
  gatomicrefcount references;
  char *path;
  GmSql *sql; /* (nullable) */
};

GmCacheReader *
gm_cache_reader_new (const char *path)
{
  GmCacheReader *self = g_new0 (GmCacheReader, 1);

  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);
  return self;
}

GmCacheReader *
gm_cache_reader_ref (GmCacheReader *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gm_cache_reader_unref (GmCacheReader *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->sql, gm_sql_close);
  g_free (self->path);
  g_free (self);
}

GmSql *
gm_cache_reader_open (GmCacheReader *self, GError **error)
{
  if (self->sql == NULL)
    self->sql = gm_catalog_db_open_read_only (self->path, error);
  return self->sql;
}
