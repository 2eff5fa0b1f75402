/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/asset-table-model.h"

#include <string.h>

#include "app/relay.h"
#include "app/session-core.h"
#include "base/error.h"
#include "base/ulid.h"
#include "store/store-assets.h"

struct _GmAssetTableModel
{
  GObject parent;
  GmSession *session; /* weak */
  GPtrArray *items;   /* of GmAssetItem */
  char *text;         /* (nullable) */
  char *status;
  char *next; /* (nullable) cursor */
  gint64 total;
  GError *error;
  GCancellable *running; /* (nullable) a page under way */
  gboolean is_stale;     /* the rows are of an older filter */
  guint generation;      /* of the filter: a page of an older one does not count */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmAssetTableModel,
                               gm_asset_table_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_LOADING = 1,
  PROP_HAS_MORE,
  PROP_TOTAL,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *list)
{
  return GM_TYPE_ASSET_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return GM_ASSET_TABLE_MODEL (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GmAssetTableModel *self = GM_ASSET_TABLE_MODEL (list);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
notify (GmAssetTableModel *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_error (GmAssetTableModel *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

typedef struct
{
  GmStoreClient *store;
  char *text;
  char *status;
  char *cursor;
  guint generation;
} PageAsk;

typedef struct
{
  GmStorePage *page; /* (nullable) */
  GError *error;     /* (nullable) */
  gboolean is_first;
  guint generation;
} PageAnswer;

static void
page_ask_free (gpointer data)
{
  PageAsk *ask = data;

  gm_store_client_unref (ask->store);
  g_free (ask->text);
  g_free (ask->status);
  g_free (ask->cursor);
  g_free (ask);
}

static void
page_answer_free (gpointer data)
{
  PageAnswer *answer = data;

  g_clear_pointer (&answer->page, gm_store_page_free);
  g_clear_error (&answer->error);
  g_free (answer);
}

static gpointer
fetch_page (gpointer input, GCancellable *cancellable, GError **error)
{
  PageAsk *ask = input;
  PageAnswer *answer = g_new0 (PageAnswer, 1);

  answer->generation = ask->generation;
  answer->is_first = ask->cursor == NULL;
  answer->page = gm_store_assets_list (ask->store, ask->text, ask->status, ask->cursor, cancellable,
                                       &answer->error);
  return answer;
}

static void
show_page (GmAssetTableModel *self, GmStorePage *page, gboolean is_first)
{
  GmAssetMarks *marks = self->session != NULL ? gm_session_get_marks (self->session) : NULL;
  guint before = self->items->len;
  guint kept = is_first ? 0 : before;

  if (is_first)
    g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < page->assets->len; i++)
    g_ptr_array_add (self->items,
                     gm_asset_item_new (g_steal_pointer (&page->assets->pdata[i]), marks));
  g_free (self->next);
  self->next = g_steal_pointer (&page->next);
  self->is_stale = FALSE;
  self->total = page->total;
  g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, self->items->len - kept);
}

/* Rows that were not asked for are worse than none. */
static void
drop_rows (GmAssetTableModel *self)
{
  const guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  g_clear_pointer (&self->next, g_free);
  self->total = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

static void
page_fetched (gpointer owner, gpointer result, const GError *error)
{
  GmAssetTableModel *self = owner;
  PageAnswer *answer = result;

  if (answer == NULL || answer->generation != self->generation)
    return;
  g_clear_object (&self->running);
  set_error (self, answer->error);
  if (answer->page != NULL)
    show_page (self, answer->page, answer->is_first);
  else if (self->is_stale)
    drop_rows (self);
  notify (self, PROP_LOADING);
  notify (self, PROP_HAS_MORE);
  notify (self, PROP_TOTAL);
}

static const GmSessionCore *
get_core (GmAssetTableModel *self)
{
  const GmSessionCore *core = self->session != NULL ? gm_session_get_core (self->session) : NULL;

  return core != NULL && core->store != NULL ? core : NULL;
}

static void
load (GmAssetTableModel *self, const char *cursor)
{
  const GmSessionCore *core = get_core (self);
  PageAsk *ask;

  if (core == NULL)
    return;
  ask = g_new0 (PageAsk, 1);
  ask->store = gm_store_client_ref (core->store);
  ask->text = g_strdup (self->text);
  ask->status = g_strdup (self->status);
  ask->cursor = g_strdup (cursor);
  ask->generation = self->generation;
  g_set_object (&self->running, gm_worker_run (core->io, &(GmCall){ .owner = G_OBJECT (self),
                                                                    .work = fetch_page,
                                                                    .input = ask,
                                                                    .free_input = page_ask_free,
                                                                    .free_result = page_answer_free,
                                                                    .done = page_fetched }));
  notify (self, PROP_LOADING);
}

void
gm_asset_table_model_refresh (GmAssetTableModel *self)
{
  self->generation++;
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  load (self, NULL);
}

void
gm_asset_table_model_set_filter (GmAssetTableModel *self, const char *text, const char *status)
{
  g_autofree char *old_text = g_steal_pointer (&self->text);
  g_autofree char *old_status = g_steal_pointer (&self->status);

  self->text = g_strdup (text);
  self->status = g_strdup (status);
  self->is_stale = TRUE;
  gm_asset_table_model_refresh (self);
}

void
gm_asset_table_model_load_more (GmAssetTableModel *self)
{
  if (self->next != NULL && self->running == NULL)
    load (self, self->next);
}

static int
find_row (GmAssetTableModel *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (gm_asset_item_get_asset (self->items->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

/* Takes @asset. */
static void
replace_row (GmAssetTableModel *self, GmAsset *asset)
{
  int row = find_row (self, asset->id);
  GmAssetMarks *marks = self->session != NULL ? gm_session_get_marks (self->session) : NULL;

  if (row < 0) /* another filter meanwhile */
    {
      gm_asset_free (asset);
      return;
    }
  g_object_unref (self->items->pdata[row]);
  self->items->pdata[row] = gm_asset_item_new (asset, marks);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) row, 1, 1);
}

/* One edit: who asked stays in it, as several may be under way at once. */
typedef struct
{
  GmStoreClient *store;
  GmAsset *before;
  JsonObject *edits;
  char *key;
} Edit;

typedef struct
{
  GmAsset *before;
  GmAsset *after; /* (nullable) */
  GError *error;  /* (nullable) */
  GQueue askers;  /* the one who asked */
} EditAnswer;

typedef struct
{
  Edit edit;
  EditAnswer *answer; /* made before, so that the asker is known without the main thread's list */
} EditRun;

static void
edit_answer_free (gpointer data)
{
  EditAnswer *answer = data;

  gm_asset_free (answer->before);
  gm_asset_free (answer->after);
  g_clear_error (&answer->error);
  gm_relay_clear (&answer->askers);
  g_free (answer);
}

static void
edit_run_free (gpointer data)
{
  EditRun *run = data;

  gm_store_client_unref (run->edit.store);
  gm_asset_free (run->edit.before);
  json_object_unref (run->edit.edits);
  g_free (run->edit.key);
  g_clear_pointer (&run->answer, edit_answer_free);
  g_free (run);
}

/* An answer that was lost on the way is asked for again, with the same key. */
static GmAsset *
send_edit (const Edit *edit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmAsset *after = gm_store_assets_edit (edit->store, edit->before, edit->key,
                                         json_object_ref (edit->edits), cancellable, &problem);

  if (after != NULL || !gm_error_is (problem, GM_ERROR_OFFLINE))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return after;
    }
  return gm_store_assets_edit (edit->store, edit->before, edit->key, json_object_ref (edit->edits),
                               cancellable, error);
}

/* Somebody else changed the row: what is there now is shown, with the refusal. */
static gpointer
run_edit (gpointer input, GCancellable *cancellable, GError **error)
{
  EditRun *run = input;
  EditAnswer *answer = g_steal_pointer (&run->answer);

  answer->after = send_edit (&run->edit, cancellable, &answer->error);
  if (gm_error_is (answer->error, GM_ERROR_CONFLICT))
    answer->after = gm_store_assets_get (run->edit.store, run->edit.before->id, NULL, cancellable,
                                         NULL);
  return answer;
}

static void
edited (gpointer owner, gpointer result, const GError *error)
{
  GmAssetTableModel *self = owner;
  EditAnswer *answer = result;

  if (answer == NULL)
    {
      gm_asset_table_model_refresh (self);
      return;
    }
  replace_row (self, answer->after != NULL ? g_steal_pointer (&answer->after)
                                           : g_steal_pointer (&answer->before));
  gm_relay_answer (&answer->askers, answer->error == NULL ? GM_WORKER_OK : NULL, answer->error);
}

/* The row as it will be. What the record cannot take, the store will refuse. */
static GmAsset *
apply (const GmAsset *before, JsonObject *edits)
{
  g_autoptr (JsonObject) json = gm_record_to_json (&gm_asset_type, before);
  g_autoptr (GList) names = json_object_get_members (edits);
  GmAsset *after;

  for (GList *link = names; link != NULL; link = link->next)
    json_object_set_member (json, link->data,
                            json_node_copy (json_object_get_member (edits, link->data)));
  after = gm_record_from_json (&gm_asset_type, json, NULL);
  return after != NULL ? after : gm_record_copy (&gm_asset_type, before);
}

void
gm_asset_table_model_edit (GmAssetTableModel *self,
                           const char *id,
                           JsonObject *edits,
                           GObject *owner,
                           GmDone done)
{
  const GmSessionCore *core = get_core (self);
  int row = find_row (self, id);
  EditRun *run;

  if (core == NULL || row < 0)
    {
      g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_NOT_FOUND,
                                              "the asset is not in this list any more");

      json_object_unref (edits);
      done (owner, NULL, error);
      return;
    }

  run = g_new0 (EditRun, 1);
  run->edit.store = gm_store_client_ref (core->store);
  run->edit.before = gm_record_copy (&gm_asset_type,
                                     gm_asset_item_get_asset (self->items->pdata[row]));
  run->edit.edits = edits;
  run->edit.key = gm_ulid_new ();
  run->answer = g_new0 (EditAnswer, 1);
  run->answer->before = gm_record_copy (&gm_asset_type, run->edit.before);
  gm_relay_push (&run->answer->askers, owner, done);
  replace_row (self, apply (run->edit.before, edits));
  gm_worker_run (core->io, &(GmCall){ .owner = G_OBJECT (self),
                                      .work = run_edit,
                                      .input = run,
                                      .free_input = edit_run_free,
                                      .free_result = edit_answer_free,
                                      .done = edited });
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAssetTableModel *self = GM_ASSET_TABLE_MODEL (object);

  switch (id)
    {
    case PROP_LOADING: g_value_set_boolean (value, self->running != NULL); break;
    case PROP_HAS_MORE: g_value_set_boolean (value, self->next != NULL); break;
    case PROP_TOTAL: g_value_set_uint (value, (guint) CLAMP (self->total, 0, G_MAXUINT)); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmAssetTableModel *self = GM_ASSET_TABLE_MODEL (object);

  g_clear_object (&self->running);
  g_clear_weak_pointer (&self->session);
  g_ptr_array_unref (self->items);
  g_free (self->text);
  g_free (self->status);
  g_free (self->next);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_asset_table_model_parent_class)->finalize (object);
}

static void
gm_asset_table_model_class_init (GmAssetTableModelClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, flags);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_asset_table_model_init (GmAssetTableModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->status = g_strdup ("all");
}

GmAssetTableModel *
gm_asset_table_model_new (GmSession *session)
{
  GmAssetTableModel *self = g_object_new (GM_TYPE_ASSET_TABLE_MODEL, NULL);

  g_set_weak_pointer (&self->session, session);
  return self;
}
