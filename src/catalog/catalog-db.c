/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalog/catalog-db.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "catalog/search-words.h"

#define SCHEMA     GM_APP_PATH "/schema/cache/"
#define MAX_FIELDS 64

/* Row numbers: four per millisecond, counted back from the year 2109, so that new is small. */
#define END_MS       (G_GINT64_CONSTANT (1) << 42)
#define SLOTS        4
#define MAX_TRIES_2N 20 /* random places within SLOTS · 2^n of the right one */

static gboolean
run_step (GmSql *sql, const char *step, GError **error)
{
  g_autofree char *path = g_strconcat (SCHEMA, step, ".sql", NULL);
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (script == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  return gm_sql_script (sql, g_bytes_get_data (script, NULL), error); /* resources end with a NUL */
}

static gboolean
create (GmSql *sql, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", GM_CATALOG_DB_VERSION);

  if (!gm_sql_begin (sql, error))
    return FALSE;
  if (run_step (sql, "001-catalog.up", error) && run_step (sql, "002-index.up", error) &&
      gm_sql_script (sql, version, error))
    return gm_sql_commit (sql, error);

  gm_sql_rollback (sql);
  return FALSE;
}

static void
delete_file (const char *path)
{
  static const char *const parts[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (path, parts[i], NULL);

      g_unlink (part);
    }
}

/* Closes @sql unless it is what this program writes; then it is NULL without an error. */
static GmSql *
keep_current (GmSql *take, GError **error)
{
  g_autoptr (GmSql) sql = take;
  gint64 version;

  if (sql == NULL || !gm_sql_int (sql, "PRAGMA user_version", NULL, 0, &version, error))
    return NULL;
  if (version == 0 && !create (sql, error))
    return NULL;
  return version == 0 || version == GM_CATALOG_DB_VERSION ? g_steal_pointer (&sql) : NULL;
}

GmSql *
gm_catalog_db_open (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmSql *sql = keep_current (gm_sql_open_sqlite (path, GM_SQL_CACHE, &problem), &problem);

  if (sql != NULL)
    return sql;
  if (problem != NULL && !gm_error_is (problem, GM_ERROR_BAD_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  delete_file (path);
  return keep_current (gm_sql_open_sqlite (path, GM_SQL_CACHE, error), error);
}

GmSql *
gm_catalog_db_open_read_only (const char *path, GError **error)
{
  return gm_sql_open_sqlite_read_only (path, error);
}

void
gm_catalog_cursor_clear (GmCatalogCursor *cursor)
{
  g_clear_pointer (&cursor->epoch, g_free);
}

gboolean
gm_catalog_db_cursor (GmSql *sql, GmCatalogCursor *out, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT epoch, rev FROM state", NULL, 0, error);

  if (rows == NULL)
    return FALSE;
  if (gm_rows_next (rows, &problem))
    {
      out->epoch = g_strdup (gm_rows_text (rows, 0));
      out->rev = gm_rows_int (rows, 1);
      return TRUE;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  out->epoch = NULL;
  out->rev = 0;
  return TRUE;
}

static gboolean
put_cursor (GmSql *sql, const GmCatalogCursor *cursor, GError **error)
{
  return gm_sql_run (sql,
                     "INSERT INTO state (one, epoch, rev) VALUES (1, ?1, ?2)"
                     " ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, rev = excluded.rev",
                     (GmValue[]){ gm_value_text (cursor->epoch), gm_value_int (cursor->rev) }, 2,
                     NULL, error);
}

static const char *
insert_statement (void)
{
  static gsize made;
  static char *statement;

  if (g_once_init_enter (&made))
    {
      g_autofree char *columns = gm_record_columns (&gm_asset_type);
      g_autoptr (GString) out = g_string_new (NULL);

      g_string_append_printf (out,
                              "INSERT INTO assets (pos, title_key, artist_key, words, attrs,"
                              " camelot, %s) VALUES (?1",
                              columns);
      for (guint i = 2; i <= gm_asset_type.n_fields + 6; i++)
        g_string_append_printf (out, ", ?%u", i);
      g_string_append (out, ") ON CONFLICT DO NOTHING");
      statement = g_string_free (g_steal_pointer (&out), FALSE);
      g_once_init_leave (&made, 1);
    }
  return statement;
}

static gboolean
insert_at (GmSql *sql, const GmAsset *asset, gint64 pos, gint64 *changed, GError **error)
{
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  g_auto (GmSearchWords) words = { 0 };
  GmValue values[MAX_FIELDS];
  guint n;

  gm_search_words_of (asset, &words);
  values[0] = gm_value_int (pos);
  values[1] = gm_value_text (words.title);
  values[2] = gm_value_text (words.artist);
  values[3] = gm_value_text (words.words);
  values[4] = gm_value_text (words.attrs);
  values[5] = gm_value_text (gm_asset_key_camelot (asset->key_sig));
  n = 6 + gm_record_values (&gm_asset_type, asset, values + 6, MAX_FIELDS - 6, keep);
  return gm_sql_run (sql, insert_statement (), values, n, changed, error);
}

static gboolean
has_id (GmSql *sql, const char *id, gboolean *out, GError **error)
{
  gint64 n;

  if (!gm_sql_int (sql, "SELECT count(*) FROM assets WHERE id = ?1",
                   (GmValue[]){ gm_value_text (id) }, 1, &n, error))
    return FALSE;
  *out = n > 0;
  return TRUE;
}

/* At its place, or near it when many assets were made in the same millisecond. */
static gboolean
insert (GmSql *sql, const GmAsset *asset, GError **error)
{
  gint64 base = (END_MS - CLAMP (asset->created_at, 0, END_MS - 1)) * SLOTS;

  for (guint try = 0; try < SLOTS + MAX_TRIES_2N; try++)
    {
      gint64 pos = base + (try < SLOTS ? (gint64) try
                                       : g_random_int_range (0, SLOTS << (try - SLOTS + 1)));
      gint64 changed;
      gboolean there;

      if (!insert_at (sql, asset, pos, &changed, error))
        return FALSE;
      if (changed > 0)
        return TRUE;
      if (!has_id (sql, asset->id, &there, error))
        return FALSE;
      if (there)
        return gm_fail (error, GM_ERROR_BAD_DATA, "the asset %s is there twice", asset->id);
    }
  return gm_fail (error, GM_ERROR_BAD_DATA, "too many assets were made at the same time");
}

static gboolean
run_with_id (GmSql *sql, const char *statement, const char *id, GError **error)
{
  return gm_sql_run (sql, statement, (GmValue[]){ gm_value_text (id) }, 1, NULL, error);
}

/* The index forgets a row when it is told what the row said. */
static gboolean
remove_id (GmSql *sql, const char *id, GError **error)
{
  return run_with_id (sql,
                      "INSERT INTO search (search, rowid, title_key, artist_key, words, attrs)"
                      " SELECT 'delete', pos, title_key, artist_key, words, attrs"
                      " FROM assets WHERE id = ?1",
                      id, error) &&
         run_with_id (sql, "DELETE FROM assets WHERE id = ?1", id, error);
}

static gboolean
replace (GmSql *sql, const GmAsset *asset, GError **error)
{
  gint64 newer;

  if (!gm_sql_int (sql, "SELECT count(*) FROM assets WHERE id = ?1 AND rev > ?2",
                   (GmValue[]){ gm_value_text (asset->id), gm_value_int (asset->rev) }, 2, &newer,
                   error))
    return FALSE;
  if (newer > 0)
    return TRUE;

  return remove_id (sql, asset->id, error) && insert (sql, asset, error) &&
         run_with_id (sql,
                      "INSERT INTO search (rowid, title_key, artist_key, words, attrs)"
                      " SELECT pos, title_key, artist_key, words, attrs"
                      " FROM assets WHERE id = ?1",
                      asset->id, error);
}

/* Newest first: the full-text index writes ascending row numbers in one go, and flushes otherwise.
 */
static gint
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const GmAsset *x = *(GmAsset *const *) a;
  const GmAsset *y = *(GmAsset *const *) b;

  return (x->created_at < y->created_at) - (x->created_at > y->created_at);
}

static gboolean
apply_all (GmSql *sql,
           GPtrArray *assets,
           GPtrArray *gone,
           const GmCatalogCursor *cursor,
           GError **error)
{
  for (guint i = 0; i < gone->len; i++)
    if (!remove_id (sql, gone->pdata[i], error))
      return FALSE;
  g_ptr_array_sort (assets, compare_newest_first);
  for (guint i = 0; i < assets->len; i++)
    if (!replace (sql, assets->pdata[i], error))
      return FALSE;
  return put_cursor (sql, cursor, error);
}

gboolean
gm_catalog_db_apply (GmSql *sql,
                     GPtrArray *assets,
                     GPtrArray *gone,
                     const GmCatalogCursor *cursor,
                     GError **error)
{
  if (!gm_sql_begin (sql, error))
    return FALSE;
  if (apply_all (sql, assets, gone, cursor, error))
    return gm_sql_commit (sql, error);

  gm_sql_rollback (sql);
  return FALSE;
}

gboolean
gm_catalog_db_load_begin (GmSql *sql, GError **error)
{
  if (!gm_sql_begin (sql, error))
    return FALSE;
  if (run_step (sql, "002-index.down", error) &&
      gm_sql_run (sql, "DELETE FROM assets", NULL, 0, NULL, error))
    return TRUE;

  gm_sql_rollback (sql);
  return FALSE;
}

gboolean
gm_catalog_db_load_put (GmSql *sql, const GmAsset *asset, GError **error)
{
  return insert (sql, asset, error);
}

gboolean
gm_catalog_db_load_finish (GmSql *sql, const GmCatalogCursor *cursor, GError **error)
{
  if (run_step (sql, "002-index.up", error) && put_cursor (sql, cursor, error))
    return gm_sql_commit (sql, error);

  gm_sql_rollback (sql);
  return FALSE;
}

void
gm_catalog_db_load_abort (GmSql *sql)
{
  gm_sql_rollback (sql);
}

gboolean
gm_catalog_db_count (GmSql *sql, gint64 *out, GError **error)
{
  /* not count(*): that reads a million index entries */
  return gm_sql_int (sql, "SELECT coalesce(sum(n), 0) FROM facets WHERE kind = 'type'", NULL, 0,
                     out, error);
}

static const char *
select_statement (void)
{
  static gsize made;
  static char *statement;

  if (g_once_init_enter (&made))
    {
      g_autofree char *columns = gm_record_columns (&gm_asset_type);

      statement = g_strdup_printf ("SELECT %s FROM assets WHERE pos = ?1", columns);
      g_once_init_leave (&made, 1);
    }
  return statement;
}

GPtrArray *
gm_catalog_db_rows (GmSql *sql, const gint64 *rows, guint n_rows, GError **error)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_full (n_rows, (GDestroyNotify) gm_asset_free);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) problem = NULL;
      GmAsset *asset = gm_sql_find (sql, &gm_asset_type, select_statement (),
                                    (GmValue[]){ gm_value_int (rows[i]) }, 1, &problem);

      if (asset == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      g_ptr_array_add (assets, asset);
    }
  return g_steal_pointer (&assets);
}

GmAsset *
gm_catalog_db_find (GmSql *sql, const char *id, GError **error)
{
  return gm_sql_find (sql, &gm_asset_type, "SELECT * FROM assets WHERE id = ?1",
                      (GmValue[]){ gm_value_text (id) }, 1, error);
}

GmAsset *
gm_catalog_db_find_asset (GmSql *sql, const char *asset_id, GError **error)
{
  return gm_sql_find (sql, &gm_asset_type, "SELECT * FROM assets WHERE asset_id = ?1 LIMIT 1",
                      (GmValue[]){ gm_value_text (asset_id) }, 1, error);
}
