/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/facet-model.h"

#include "app/cache-reader.h"

struct _GmFacetItem
{
  GObject parent;
  char *value;
  guint count;
  gboolean at_least;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (GmFacetItem, gm_facet_item, G_TYPE_OBJECT)

enum
{
  ITEM_VALUE = 1,
  ITEM_COUNT,
  ITEM_COUNT_TEXT,
  ITEM_SELECTED,
  N_ITEM_PROPS,
};

static void
item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmFacetItem *self = GM_FACET_ITEM (object);

  switch (id)
    {
    case ITEM_VALUE: g_value_set_string (value, self->value); break;
    case ITEM_COUNT: g_value_set_uint (value, self->count); break;
    case ITEM_COUNT_TEXT:
      g_value_take_string (value, g_strdup_printf ("%u%s", self->count, self->at_least ? "+" : ""));
      break;
    case ITEM_SELECTED: g_value_set_boolean (value, self->selected); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
item_finalize (GObject *object)
{
  GmFacetItem *self = GM_FACET_ITEM (object);

  g_free (self->value);
  G_OBJECT_CLASS (gm_facet_item_parent_class)->finalize (object);
}

static void
gm_facet_item_class_init (GmFacetItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec *specs[N_ITEM_PROPS] = { NULL };

  object->get_property = item_get_property;
  object->finalize = item_finalize;
  specs[ITEM_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  specs[ITEM_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  specs[ITEM_COUNT_TEXT] = g_param_spec_string ("count-text", NULL, NULL, NULL, flags);
  specs[ITEM_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_ITEM_PROPS, specs);
}

static void
gm_facet_item_init (GmFacetItem *self)
{
}

const char *
gm_facet_item_get_value (GmFacetItem *self)
{
  return self->value;
}

gboolean
gm_facet_item_get_selected (GmFacetItem *self)
{
  return self->selected;
}

struct _GmFacetModel
{
  GObject parent;
  GmCatalogModel *catalog;
  GmFacetGroup group;
  GPtrArray *items;      /* of GmFacetItem */
  GCancellable *running; /* (nullable) */
  gboolean active;
  gboolean stale; /* the catalog's result is another than the counted one */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmFacetModel,
                               gm_facet_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *list)
{
  return GM_TYPE_FACET_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return GM_FACET_MODEL (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GmFacetModel *self = GM_FACET_MODEL (list);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

typedef struct
{
  GmCacheReader *reader;
  GmSearch *search;
  GmFacetGroup group;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  gm_cache_reader_unref (ask->reader);
  gm_search_free (ask->search);
  g_free (ask);
}

static gpointer
count (gpointer input, GCancellable *cancellable, GError **error)
{
  Ask *ask = input;
  GmSql *sql = gm_cache_reader_open (ask->reader, error);

  return sql != NULL ? gm_facets_count (sql, ask->search, ask->group, cancellable, error) : NULL;
}

static const char *
selected_value (GmFacetModel *self)
{
  const GmSearch *search = gm_catalog_model_get_search (self->catalog);

  switch (self->group)
    {
    case GM_FACET_TYPE: return search->type;
    case GM_FACET_GENRE: return search->genre;
    case GM_FACET_MOOD: return search->mood;
    case GM_FACET_KEY: return search->key;
    case GM_FACET_N_GROUPS:
    default: return NULL;
    }
}

static void
counted (gpointer owner, gpointer result, const GError *error)
{
  GmFacetModel *self = owner;
  GPtrArray *facets = result;
  guint before = self->items->len;

  if (facets == NULL) /* given up for a newer search, or no cache: what is shown stays */
    return;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < facets->len; i++)
    {
      const GmFacet *facet = facets->pdata[i];
      GmFacetItem *item = g_object_new (GM_TYPE_FACET_ITEM, NULL);

      item->value = g_strdup (facet->value);
      item->count = facet->count;
      item->at_least = facet->at_least;
      item->selected = g_strcmp0 (facet->value, selected_value (self)) == 0;
      g_ptr_array_add (self->items, item);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

static void
give_up (GmFacetModel *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

static void
run (GmFacetModel *self, GmCacheReader *reader)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->reader = gm_cache_reader_ref (reader);
  ask->search = gm_search_copy (gm_catalog_model_get_search (self->catalog));
  ask->group = self->group;
  g_set_object (&self->running,
                gm_worker_run (gm_catalog_model_get_db (self->catalog),
                               &(GmCall){ .owner = G_OBJECT (self),
                                          .work = count,
                                          .input = ask,
                                          .free_input = ask_free,
                                          .free_result = (GDestroyNotify) g_ptr_array_unref,
                                          .done = counted }));
}

/* Behind the result itself on the same thread, and out of the way of the next one. */
static void
update (GmFacetModel *self)
{
  GmCacheReader *reader = gm_catalog_model_get_reader (self->catalog);

  give_up (self);
  if (!self->active || !self->stale || reader == NULL ||
      gm_catalog_model_is_loading (self->catalog))
    return;
  self->stale = FALSE;
  run (self, reader);
}

static void
on_result_changed (GmFacetModel *self)
{
  self->stale = TRUE;
  update (self);
}

void
gm_facet_model_set_active (GmFacetModel *self, gboolean active)
{
  if (!active && self->running != NULL)
    self->stale = TRUE;
  self->active = active;
  update (self);
}

static void
dispose (GObject *object)
{
  GmFacetModel *self = GM_FACET_MODEL (object);

  give_up (self);
  if (self->catalog != NULL)
    g_signal_handlers_disconnect_by_data (self->catalog, self);
  g_clear_object (&self->catalog);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (gm_facet_model_parent_class)->dispose (object);
}

static void
gm_facet_model_class_init (GmFacetModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
gm_facet_model_init (GmFacetModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->stale = TRUE;
}

GmFacetModel *
gm_facet_model_new (GmCatalogModel *catalog, GmFacetGroup group)
{
  GmFacetModel *self = g_object_new (GM_TYPE_FACET_MODEL, NULL);

  self->catalog = g_object_ref (catalog);
  self->group = group;
  /* "empty" is told with every result */
  g_signal_connect_swapped (catalog, "notify::loading", G_CALLBACK (on_result_changed), self);
  g_signal_connect_swapped (catalog, "notify::empty", G_CALLBACK (on_result_changed), self);
  return self;
}
