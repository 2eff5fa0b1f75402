/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/audit-model.h"

#include "app/session-core.h"
#include "base/error.h"
#include "store/store-assets.h"

enum
{
  ITEM_ACTOR = 1,
  ITEM_OPERATION,
  ITEM_CHANGED,
  ITEM_BEFORE,
  ITEM_AFTER,
  ITEM_CREATED_AT,
  N_ITEM_PROPS,
};

struct _GmAuditItem
{
  GObject parent;
  GPtrArray *records;    /* keeps the one below */
  GmAuditRecord *record; /* borrowed */
};

G_DEFINE_FINAL_TYPE (GmAuditItem, gm_audit_item, G_TYPE_OBJECT)

static void
item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const GmAuditRecord *record = GM_AUDIT_ITEM (object)->record;

  switch (id)
    {
    case ITEM_ACTOR: g_value_set_string (value, record->actor); break;
    case ITEM_OPERATION: g_value_set_string (value, record->operation); break;
    case ITEM_CHANGED: g_value_set_string (value, record->changed); break;
    case ITEM_BEFORE: g_value_set_string (value, record->before); break;
    case ITEM_AFTER: g_value_set_string (value, record->after); break;
    case ITEM_CREATED_AT: g_value_set_int64 (value, record->created_at); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
item_finalize (GObject *object)
{
  g_ptr_array_unref (GM_AUDIT_ITEM (object)->records);
  G_OBJECT_CLASS (gm_audit_item_parent_class)->finalize (object);
}

static void
gm_audit_item_class_init (GmAuditItemClass *klass)
{
  static const char *const names[] = { [ITEM_ACTOR] = "actor",
                                       [ITEM_OPERATION] = "operation",
                                       [ITEM_CHANGED] = "changed",
                                       [ITEM_BEFORE] = "before",
                                       [ITEM_AFTER] = "after" };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = item_get_property;
  object->finalize = item_finalize;
  for (guint id = ITEM_ACTOR; id <= ITEM_AFTER; id++)
    g_object_class_install_property (object, id,
                                     g_param_spec_string (names[id], NULL, NULL, NULL, flags));
  g_object_class_install_property (
      object, ITEM_CREATED_AT,
      g_param_spec_int64 ("created-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags));
}

static void
gm_audit_item_init (GmAuditItem *self)
{
}

struct _GmAuditModel
{
  GObject parent;
  GmSession *session; /* weak */
  char *id;
  GPtrArray *items; /* of GmAuditItem */
  GError *error;
  guint loading;
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmAuditModel,
                               gm_audit_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *list)
{
  return GM_TYPE_AUDIT_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return GM_AUDIT_MODEL (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GmAuditModel *self = GM_AUDIT_MODEL (list);

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
  GmStoreClient *store;
  char *id;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  gm_store_client_unref (ask->store);
  g_free (ask->id);
  g_free (ask);
}

static gpointer
fetch (gpointer input, GCancellable *cancellable, GError **error)
{
  Ask *ask = input;

  return gm_store_assets_audit (ask->store, ask->id, cancellable, error);
}

static void
show (GmAuditModel *self, GPtrArray *records)
{
  guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < records->len; i++)
    {
      GmAuditItem *item = g_object_new (GM_TYPE_AUDIT_ITEM, NULL);

      item->records = g_ptr_array_ref (records);
      item->record = records->pdata[i];
      g_ptr_array_add (self->items, item);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

static void
fetched (gpointer owner, gpointer result, const GError *error)
{
  GmAuditModel *self = owner;

  self->loading--;
  g_clear_error (&self->error);
  if (result != NULL)
    show (self, result);
  else
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
gm_audit_model_refresh (GmAuditModel *self)
{
  const GmSessionCore *core = self->session != NULL ? gm_session_get_core (self->session) : NULL;
  Ask *ask;

  if (core == NULL || core->store == NULL)
    return;

  ask = g_new0 (Ask, 1);
  ask->store = gm_store_client_ref (core->store);
  ask->id = g_strdup (self->id);
  self->loading++;
  gm_worker_run (core->io, &(GmCall){ .owner = G_OBJECT (self),
                                      .work = fetch,
                                      .input = ask,
                                      .free_input = ask_free,
                                      .free_result = (GDestroyNotify) g_ptr_array_unref,
                                      .done = fetched });
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAuditModel *self = GM_AUDIT_MODEL (object);

  switch (id)
    {
    case PROP_LOADING: g_value_set_boolean (value, self->loading > 0); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmAuditModel *self = GM_AUDIT_MODEL (object);

  g_clear_weak_pointer (&self->session);
  g_ptr_array_unref (self->items);
  g_clear_error (&self->error);
  g_free (self->id);
  G_OBJECT_CLASS (gm_audit_model_parent_class)->finalize (object);
}

static void
gm_audit_model_class_init (GmAuditModelClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_audit_model_init (GmAuditModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GmAuditModel *
gm_audit_model_new (GmSession *session, const char *id)
{
  GmAuditModel *self = g_object_new (GM_TYPE_AUDIT_MODEL, NULL);

  g_set_weak_pointer (&self->session, session);
  self->id = g_strdup (id);
  gm_audit_model_refresh (self);
  return self;
}
