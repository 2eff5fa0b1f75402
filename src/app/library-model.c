/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/library-model.h"

#include <glib/gi18n-lib.h>

#include "app/when.h"
#include "base/duration.h"

enum
{
  DURATION_TEXT,
  WHEN_TEXT,
  SEARCH_TEXT,
  PLAYING,
  STATUS_TEXT, /* what a purchase tells is last */
  FRACTION,
  STOPPED,
  PURCHASE_ID,
  N_OWN,
};

/* A GmLibraryProgress that is kept, shared by the model and its item. */
typedef struct
{
  char *purchase_id;
  char *status_text;
  double fraction;
  gboolean stopped;
} Note;

static Note *
note_new (const GmLibraryProgress *progress)
{
  Note *note = g_rc_box_new (Note);

  note->purchase_id = g_strdup (progress->purchase_id);
  note->status_text = g_strdup (progress->status_text);
  note->fraction = progress->fraction;
  note->stopped = progress->stopped;
  return note;
}

static void
note_clear (gpointer data)
{
  Note *note = data;

  g_free (note->purchase_id);
  g_free (note->status_text);
}

static void
note_unref (gpointer note)
{
  g_rc_box_release_full (note, note_clear);
}

struct _GmLibraryItem
{
  GObject parent;
  GmOwned *owned;
  GmAssetMarks *marks;
  gboolean playing;
  Note *note; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmLibraryItem, gm_library_item, G_TYPE_OBJECT)

static GParamSpec *own[N_OWN];

static const char *
status_text (GmLibraryItem *self)
{
  if (self->owned->ready)
    return NULL;
  return self->note != NULL ? self->note->status_text : _ ("Waits for its store");
}

static void
item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmLibraryItem *self = GM_LIBRARY_ITEM (object);

  switch ((int) (id - gm_owned_type.n_fields - 1))
    {
    case DURATION_TEXT:
      g_value_take_string (value, gm_duration_format (self->owned->duration_ms));
      break;
    case WHEN_TEXT: g_value_take_string (value, gm_when_format (self->owned->bought_at)); break;
    case SEARCH_TEXT:
      g_value_take_string (value, g_strconcat (self->owned->title, " ", self->owned->artist, NULL));
      break;
    case PLAYING: g_value_set_boolean (value, self->playing); break;
    case STATUS_TEXT: g_value_set_string (value, status_text (self)); break;
    case FRACTION:
      g_value_set_double (value, self->note != NULL ? self->note->fraction : -1);
      break;
    case STOPPED: g_value_set_boolean (value, self->note != NULL && self->note->stopped); break;
    case PURCHASE_ID:
      g_value_set_string (value, self->note != NULL ? self->note->purchase_id : NULL);
      break;
    default: gm_record_get_property (object, id, value, pspec); break;
    }
}

static void
on_marks_changed (GmLibraryItem *self)
{
  gboolean playing = gm_asset_marks_is_playing (self->marks, self->owned->asset_id);

  if (playing == self->playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), own[PLAYING]);
}

static void
item_finalize (GObject *object)
{
  GmLibraryItem *self = GM_LIBRARY_ITEM (object);

  g_signal_handlers_disconnect_by_data (self->marks, self);
  g_object_unref (self->marks);
  gm_owned_free (self->owned);
  g_clear_pointer (&self->note, note_unref);
  G_OBJECT_CLASS (gm_library_item_parent_class)->finalize (object);
}

static void
gm_library_item_class_init (GmLibraryItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  gm_record_install_properties (&gm_owned_type, object, G_STRUCT_OFFSET (GmLibraryItem, owned));
  object->get_property = item_get_property;
  object->finalize = item_finalize;
  own[DURATION_TEXT] = g_param_spec_string ("duration-text", NULL, NULL, NULL, flags);
  own[WHEN_TEXT] = g_param_spec_string ("when-text", NULL, NULL, NULL, flags);
  own[SEARCH_TEXT] = g_param_spec_string ("search-text", NULL, NULL, NULL, flags);
  own[STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, flags);
  own[FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  own[STOPPED] = g_param_spec_boolean ("stopped", NULL, NULL, FALSE, flags);
  own[PURCHASE_ID] = g_param_spec_string ("purchase-id", NULL, NULL, NULL, flags);
  own[PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  for (guint i = 0; i < N_OWN; i++)
    g_object_class_install_property (object, gm_owned_type.n_fields + 1 + i, own[i]);
}

static void
gm_library_item_init (GmLibraryItem *self)
{
}

/* Takes @owned. */
static GmLibraryItem *
item_new (GmOwned *owned, GmAssetMarks *marks, Note *note)
{
  GmLibraryItem *self = g_object_new (GM_TYPE_LIBRARY_ITEM, NULL);

  self->owned = owned;
  self->marks = g_object_ref (marks);
  self->note = note != NULL ? g_rc_box_acquire (note) : NULL;
  self->playing = gm_asset_marks_is_playing (marks, owned->asset_id);
  g_signal_connect_swapped (marks, "changed", G_CALLBACK (on_marks_changed), self);
  return self;
}

const GmOwned *
gm_library_item_get_owned (GmLibraryItem *self)
{
  return self->owned;
}

struct _GmLibraryModel
{
  GObject parent;
  GmWorker *db;
  char *path;
  GmAssetMarks *marks;
  GPtrArray *items;  /* of GmLibraryItem, newest first */
  GHashTable *notes; /* asset id to Note */
  GError *error;
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmLibraryModel,
                               gm_library_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_EMPTY = 1,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *list)
{
  return GM_TYPE_LIBRARY_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return GM_LIBRARY_MODEL (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GmLibraryModel *self = GM_LIBRARY_MODEL (list);

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
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmLibraryModel *self = GM_LIBRARY_MODEL (object);

  switch (id)
    {
    case PROP_EMPTY: g_value_set_boolean (value, self->items->len == 0); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmLibraryModel *self = GM_LIBRARY_MODEL (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->notes);
  g_object_unref (self->marks);
  g_free (self->path);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_library_model_parent_class)->finalize (object);
}

static void
gm_library_model_class_init (GmLibraryModelClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_library_model_init (GmLibraryModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, note_unref);
}

static gboolean
is_shown (GmLibraryModel *self, guint position, const GmOwned *owned)
{
  const GmLibraryItem *item = position < self->items->len ? self->items->pdata[position] : NULL;

  return item != NULL && gm_record_equal (&gm_owned_type, item->owned, owned);
}

/* New things come at the head; what follows is mostly as it was. */
static void
show (GmLibraryModel *self, GPtrArray *list)
{
  guint before = self->items->len;
  guint tail = 0;

  while (tail < MIN (before, list->len) &&
         is_shown (self, before - 1 - tail, list->pdata[list->len - 1 - tail]))
    tail++;
  if (before == tail && list->len == tail)
    return;

  g_ptr_array_remove_range (self->items, 0, before - tail);
  for (guint i = 0; i < list->len - tail; i++)
    {
      GmOwned *owned = gm_record_copy (&gm_owned_type, list->pdata[i]);

      g_ptr_array_insert (
          self->items, (gint) i,
          item_new (owned, self->marks, g_hash_table_lookup (self->notes, owned->asset_id)));
      gm_asset_marks_set_owned (self->marks, owned->asset_id);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before - tail, list->len - tail);
  if ((before == 0) != (list->len == 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static gpointer
read_list (gpointer path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (path, error);

  return ledger != NULL ? gm_license_db_list_owned (ledger, error) : NULL;
}

static void
list_read (gpointer owner, gpointer result, const GError *error)
{
  GmLibraryModel *self = owner;

  g_clear_error (&self->error);
  if (result != NULL)
    show (self, result);
  else
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

GmLibraryModel *
gm_library_model_new (GmWorker *db, const char *path, GmAssetMarks *marks)
{
  GmLibraryModel *self = g_object_new (GM_TYPE_LIBRARY_MODEL, NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  self->db = db;
  self->path = g_strdup (path);
  self->marks = g_object_ref (marks);
  list = read_list (self->path, NULL, &error);
  list_read (self, list, error);
  return self;
}

void
gm_library_model_refresh (GmLibraryModel *self)
{
  gm_worker_run (self->db, &(GmCall){ .owner = G_OBJECT (self),
                                      .work = read_list,
                                      .input = g_strdup (self->path),
                                      .free_input = g_free,
                                      .free_result = (GDestroyNotify) g_ptr_array_unref,
                                      .done = list_read });
}

GmLibraryItem *
gm_library_model_find (GmLibraryModel *self, const char *asset_id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((GmLibraryItem *) self->items->pdata[i])->owned->asset_id, asset_id) == 0)
      return self->items->pdata[i];
  return NULL;
}

void
gm_library_model_tell (GmLibraryModel *self,
                       const char *asset_id,
                       const GmLibraryProgress *progress)
{
  GmLibraryItem *item = gm_library_model_find (self, asset_id);
  Note *note = note_new (progress);

  g_hash_table_replace (self->notes, g_strdup (asset_id), note);
  if (item == NULL)
    return;
  g_clear_pointer (&item->note, note_unref);
  item->note = g_rc_box_acquire (note);
  for (guint i = STATUS_TEXT; i < N_OWN; i++)
    g_object_notify_by_pspec (G_OBJECT (item), own[i]);
}
