/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/queue.h"

#include "playback/track-item.h"

struct _GmQueue
{
  GListStore *items;
  GMutex lock;       /* of what follows */
  GPtrArray *tracks; /* of GmTrack */
  guint current;
  guint handed; /* the last one given away; current: none */
  gboolean held;
};

GmQueue *
gm_queue_new (void)
{
  GmQueue *self = g_new0 (GmQueue, 1);

  g_mutex_init (&self->lock);
  self->items = g_list_store_new (GM_TYPE_TRACK_ITEM);
  self->tracks = g_ptr_array_new ();
  return self;
}

void
gm_queue_free (GmQueue *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->items);
  g_clear_pointer (&self->tracks, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GListModel *
gm_queue_get_items (GmQueue *self)
{
  return G_LIST_MODEL (self->items);
}

static void
mark (GmQueue *self, guint index, gboolean current)
{
  g_autoptr (GmTrackItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), index);

  if (item != NULL)
    gm_track_item_set_current (item, current);
}

static void
move (GmQueue *self, int by, gboolean forget)
{
  guint old = self->current;

  g_mutex_lock (&self->lock);
  self->current += (guint) by;
  if (forget)
    {
      self->handed = self->current;
      self->held = FALSE;
    }
  g_mutex_unlock (&self->lock);

  if (by == 0)
    return;
  mark (self, old, FALSE);
  mark (self, self->current, TRUE);
}

void
gm_queue_fill (GmQueue *self, GPtrArray *tracks, guint start)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; tracks != NULL && i < tracks->len; i++)
    {
      g_ptr_array_add (copy, gm_track_ref (tracks->pdata[i]));
      g_ptr_array_add (items, gm_track_item_new (tracks->pdata[i]));
    }

  g_mutex_lock (&self->lock);
  g_ptr_array_unref (self->tracks);
  self->tracks = g_steal_pointer (&copy);
  self->current = self->handed = start;
  self->held = FALSE;
  g_mutex_unlock (&self->lock);

  if (start < items->len)
    gm_track_item_set_current (items->pdata[start], TRUE);
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

GmTrack *
gm_queue_get_current (GmQueue *self)
{
  return self->current < self->tracks->len ? self->tracks->pdata[self->current] : NULL;
}

gboolean
gm_queue_may_step (GmQueue *self, int by)
{
  gint64 index = (gint64) self->current + by;

  return index >= 0 && index < self->tracks->len;
}

void
gm_queue_step (GmQueue *self, int by)
{
  if (gm_queue_may_step (self, by))
    move (self, by, TRUE);
}

GmTrack *
gm_queue_hand_over (GmQueue *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->held || self->handed + 1 >= self->tracks->len)
    return NULL;

  self->handed++;
  return gm_track_ref (self->tracks->pdata[self->handed]);
}

gboolean
gm_queue_is_ahead (GmQueue *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->handed > self->current;
}

void
gm_queue_advance (GmQueue *self)
{
  if (gm_queue_is_ahead (self))
    move (self, 1, FALSE);
}

void
gm_queue_hold (GmQueue *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->held = TRUE;
}
