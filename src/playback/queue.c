/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/queue.h"

#include "playback/track-item.h"

struct _GmQueue
{
  GListStore *items;
  guint current;
};

GmQueue *
gm_queue_new (void)
{
  GmQueue *self = g_new0 (GmQueue, 1);

  self->items = g_list_store_new (GM_TYPE_TRACK_ITEM);
  return self;
}

void
gm_queue_free (GmQueue *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->items);
  g_free (self);
}

GListModel *
gm_queue_get_items (GmQueue *self)
{
  return G_LIST_MODEL (self->items);
}

static GmTrackItem *
get_item (GmQueue *self, gint64 index)
{
  if (index < 0 || index >= g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->items), (guint) index);
}

static void
mark (GmQueue *self, gboolean current)
{
  g_autoptr (GmTrackItem) item = get_item (self, self->current);

  if (item != NULL)
    gm_track_item_set_current (item, current);
}

void
gm_queue_fill (GmQueue *self, GPtrArray *tracks, guint start)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; tracks != NULL && i < tracks->len; i++)
    g_ptr_array_add (items, gm_track_item_new (tracks->pdata[i]));

  self->current = start;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  mark (self, TRUE);
}

GmTrack *
gm_queue_peek (GmQueue *self, int by)
{
  g_autoptr (GmTrackItem) item = get_item (self, (gint64) self->current + by);

  return item != NULL ? gm_track_item_get_track (item) : NULL;
}

void
gm_queue_step (GmQueue *self, int by)
{
  g_assert (gm_queue_peek (self, by) != NULL);

  mark (self, FALSE);
  self->current += (guint) by;
  mark (self, TRUE);
}
