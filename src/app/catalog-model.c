/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/catalog-model.h"

#include <string.h>

#include "app/item-pages.h"
#include "base/error.h"

#define FIRST_ROWS 256 /* of a result, before the rest of its numbers */
#define LATER_MS   100 /* the rest of the very first result: the first frame has the processor */

struct _GmCatalogModel
{
  GObject parent;
  GmWorker *db;
  GmAssetMarks *marks;
  GmSql *pages_sql;      /* (nullable) for this thread */
  GmCacheReader *reader; /* (nullable) for the worker */
  GmItemPages *pages;
  GmSearch *search;
  GmRowList *rows;
  GCancellable *running; /* (nullable) */
  guint later;           /* source: the rest of the first result */
  guint generation;      /* of the search: what an older one finds does not count */
  gboolean has_result;
  GError *error;
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmCatalogModel,
                               gm_catalog_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_LOADING = 1,
  PROP_EMPTY,
  PROP_ERROR,
  PROP_N_ITEMS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

typedef struct
{
  GmCacheReader *reader;
  GmSearch *search;
  guint limit;
  guint generation;
} Ask;

typedef struct
{
  GmRowList *rows; /* (nullable) */
  gboolean complete;
  GError *error; /* (nullable) */
  guint generation;
} Answer;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  gm_cache_reader_unref (ask->reader);
  gm_search_free (ask->search);
  g_free (ask);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  gm_row_list_free (answer->rows);
  g_clear_error (&answer->error);
  g_free (answer);
}

static GmRowList *
search_rows (GmSql *sql,
             const GmSearch *search,
             guint limit,
             gboolean *complete,
             GCancellable *cancellable,
             GError **error)
{
  GmSearchResult *result = gm_search_run (sql, search, limit, cancellable, error);
  GmRowList *rows;

  if (result == NULL)
    return NULL;

  rows = gm_row_list_new ((const gint64 *) (gpointer) result->rows->data, result->rows->len);
  *complete = result->complete;
  gm_search_result_free (result);
  return rows;
}

static gpointer
find_rows (gpointer input, GCancellable *cancellable, GError **error)
{
  Ask *ask = input;
  Answer *answer = g_new0 (Answer, 1);
  GmSql *sql = gm_cache_reader_open (ask->reader, &answer->error);

  answer->generation = ask->generation;
  if (sql != NULL)
    answer->rows = search_rows (sql, ask->search, ask->limit, &answer->complete, cancellable,
                                &answer->error);
  return answer;
}

static GType
get_item_type (GListModel *list)
{
  return GM_TYPE_ASSET_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return gm_row_list_get_length (GM_CATALOG_MODEL (list)->rows);
}

static gpointer
get_item (GListModel *list, guint position)
{
  GmCatalogModel *self = GM_CATALOG_MODEL (list);

  if (position >= gm_row_list_get_length (self->rows))
    return NULL;
  return g_object_ref (gm_item_pages_get (self->pages, self->pages_sql, self->rows, position));
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* One change: what both lists begin and end with stays. */
static void
replace_rows (GmCatalogModel *self, GmRowList *take)
{
  g_autoptr (GmRowList) old = g_steal_pointer (&self->rows);
  guint before = gm_row_list_get_length (old);
  guint after = gm_row_list_get_length (take);
  guint least = MIN (before, after);
  guint head = 0;
  guint tail = 0;

  self->rows = take;
  while (head < least && gm_row_list_get (old, head) == gm_row_list_get (take, head))
    head++;
  while (tail < least - head &&
         gm_row_list_get (old, before - 1 - tail) == gm_row_list_get (take, after - 1 - tail))
    tail++;
  if (head + tail < before || head + tail < after)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before - head - tail,
                                after - head - tail);
  if (before != after)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
set_error (GmCatalogModel *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void rows_found (gpointer owner, gpointer result, const GError *error);

static void
run (GmCatalogModel *self, guint limit)
{
  Ask *ask;

  if (self->reader == NULL)
    return;

  ask = g_new0 (Ask, 1);
  ask->reader = gm_cache_reader_ref (self->reader);
  ask->search = gm_search_copy (self->search);
  ask->limit = limit;
  ask->generation = self->generation;
  g_set_object (&self->running, gm_worker_run (self->db, &(GmCall){ .owner = G_OBJECT (self),
                                                                    .work = find_rows,
                                                                    .input = ask,
                                                                    .free_input = ask_free,
                                                                    .free_result = answer_free,
                                                                    .done = rows_found }));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
show (GmCatalogModel *self, GmRowList *take)
{
  self->has_result = TRUE;
  set_error (self, NULL);
  replace_rows (self, take);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
rows_found (gpointer owner, gpointer result, const GError *error)
{
  GmCatalogModel *self = owner;
  Answer *answer = result;

  if (answer == NULL || answer->generation != self->generation)
    return;

  g_clear_object (&self->running);
  if (answer->error == NULL)
    show (self, g_steal_pointer (&answer->rows));
  else
    set_error (self, answer->error);
  if (answer->error == NULL && !answer->complete)
    run (self, 0);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
give_up (GmCatalogModel *self)
{
  self->generation++;
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

void
gm_catalog_model_set_search (GmCatalogModel *self, const GmSearch *search)
{
  if (gm_search_equal (self->search, search))
    return;

  give_up (self);
  gm_search_free (self->search);
  self->search = gm_search_copy (search);
  run (self, FIRST_ROWS);
}

const GmSearch *
gm_catalog_model_get_search (GmCatalogModel *self)
{
  return self->search;
}

/* A list that is long already is not cut short for a moment. */
void
gm_catalog_model_refresh (GmCatalogModel *self)
{
  g_autoptr (GArray) changed = NULL;

  if (self->pages_sql == NULL)
    return;

  changed = gm_item_pages_refresh (self->pages, self->pages_sql, self->rows);
  for (guint i = 0; i < changed->len; i++)
    g_list_model_items_changed (G_LIST_MODEL (self), g_array_index (changed, guint, i), 1, 1);
  give_up (self);
  run (self, gm_row_list_get_length (self->rows) > FIRST_ROWS ? 0 : FIRST_ROWS);
}

static gboolean
on_later (gpointer data)
{
  GmCatalogModel *self = data;

  self->later = 0;
  run (self, 0);
  return G_SOURCE_REMOVE;
}

/* The first page at once: at the start nothing else is on the screen. */
static void
show_first (GmCatalogModel *self)
{
  g_autoptr (GError) error = NULL;
  gboolean complete;
  GmRowList *rows = search_rows (self->pages_sql, self->search, FIRST_ROWS, &complete, NULL,
                                 &error);

  if (rows == NULL)
    {
      set_error (self, error);
      return;
    }
  show (self, rows);
  if (complete)
    return;
  self->later = g_timeout_add_full (G_PRIORITY_LOW, LATER_MS, on_later, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

gboolean
gm_catalog_model_set_cache (GmCatalogModel *self, const char *path, GError **error)
{
  GmSql *sql = NULL;

  if (path != NULL)
    {
      sql = gm_catalog_db_open_read_only (path, error);
      if (sql == NULL)
        return FALSE;
    }

  give_up (self);
  g_clear_pointer (&self->pages_sql, gm_sql_close);
  g_clear_pointer (&self->reader, gm_cache_reader_unref);
  gm_item_pages_clear (self->pages);
  self->pages_sql = sql;
  self->reader = path != NULL ? gm_cache_reader_new (path) : NULL;
  if (sql != NULL)
    show_first (self);
  else
    {
      self->has_result = FALSE;
      replace_rows (self, gm_row_list_new (NULL, 0));
    }
  return TRUE;
}

GmAssetItem *
gm_catalog_model_find (GmCatalogModel *self, const char *id)
{
  GmAsset *asset = self->pages_sql != NULL ? gm_catalog_db_find (self->pages_sql, id, NULL) : NULL;

  return asset != NULL ? gm_asset_item_new (asset, self->marks) : NULL;
}

gboolean
gm_catalog_model_is_loading (GmCatalogModel *self)
{
  return self->running != NULL || self->later != 0;
}

GmWorker *
gm_catalog_model_get_db (GmCatalogModel *self)
{
  return self->db;
}

GmCacheReader *
gm_catalog_model_get_reader (GmCatalogModel *self)
{
  return self->reader;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmCatalogModel *self = GM_CATALOG_MODEL (object);

  switch (id)
    {
    case PROP_LOADING: g_value_set_boolean (value, gm_catalog_model_is_loading (self)); break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->has_result && gm_row_list_get_length (self->rows) == 0);
      break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    case PROP_N_ITEMS: g_value_set_uint (value, gm_row_list_get_length (self->rows)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmCatalogModel *self = GM_CATALOG_MODEL (object);

  give_up (self);
  g_clear_pointer (&self->pages, gm_item_pages_free);
  g_clear_object (&self->marks);
  g_clear_pointer (&self->pages_sql, gm_sql_close);
  g_clear_pointer (&self->reader, gm_cache_reader_unref);
  G_OBJECT_CLASS (gm_catalog_model_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmCatalogModel *self = GM_CATALOG_MODEL (object);

  gm_search_free (self->search);
  gm_row_list_free (self->rows);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_catalog_model_parent_class)->finalize (object);
}

static void
gm_catalog_model_class_init (GmCatalogModelClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_catalog_model_init (GmCatalogModel *self)
{
  self->search = gm_search_new ();
  self->rows = gm_row_list_new (NULL, 0);
}

GmCatalogModel *
gm_catalog_model_new (GmWorker *db, GmAssetMarks *marks)
{
  GmCatalogModel *self = g_object_new (GM_TYPE_CATALOG_MODEL, NULL);

  self->db = db;
  self->marks = g_object_ref (marks);
  self->pages = gm_item_pages_new (marks);
  return self;
}
