/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/waiting.h"

typedef struct
{
  gpointer item;
  gint64 until_us;
} Place;

struct _GmWaiting
{
  GMutex lock;
  GCond changed;
  GArray *line; /* of Place */
  guint most;
  guint generation;
  gboolean woken;
  gboolean closed;
  gboolean leaving;
  GmWaitingAgain again;
  gpointer user_data;
  GThreadPool *watch; /* one thread for the whole line */
};

static gint64
earliest (GmWaiting *self)
{
  gint64 until_us = g_get_monotonic_time () + (gint64) 3600 * G_USEC_PER_SEC;

  for (guint i = 0; i < self->line->len; i++)
    until_us = MIN (until_us, g_array_index (self->line, Place, i).until_us);
  return until_us;
}

/* Takes whose turn it is out of the line: all after a wake, else those whose time is over. */
static GArray *
take_ready (GmWaiting *self)
{
  GArray *ready = g_array_new (FALSE, FALSE, sizeof (Place));
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = self->line->len; i > 0; i--)
    {
      Place place = g_array_index (self->line, Place, i - 1);

      if (!self->woken && !self->closed && place.until_us > now_us)
        continue;
      if (self->closed)
        place.until_us = 0;
      g_array_append_val (ready, place);
      g_array_remove_index_fast (self->line, i - 1);
    }
  self->woken = FALSE;
  return ready;
}

static void
watch_line (gpointer data, gpointer user_data)
{
  GmWaiting *self = user_data;

  g_mutex_lock (&self->lock);
  while (!self->leaving || self->line->len > 0)
    {
      g_autoptr (GArray) ready = NULL;

      if (!self->woken && !(self->closed && self->line->len > 0))
        g_cond_wait_until (&self->changed, &self->lock, earliest (self));
      ready = take_ready (self);
      g_mutex_unlock (&self->lock);
      for (guint i = 0; i < ready->len; i++)
        {
          Place *place = &g_array_index (ready, Place, i);

          self->again (place->item, place->until_us <= g_get_monotonic_time (), self->user_data);
        }
      g_mutex_lock (&self->lock);
    }
  g_mutex_unlock (&self->lock);
}

GmWaiting *
gm_waiting_new (guint most, GmWaitingAgain again, gpointer user_data)
{
  GmWaiting *self = g_new0 (GmWaiting, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->line = g_array_new (FALSE, FALSE, sizeof (Place));
  self->most = most;
  self->again = again;
  self->user_data = user_data;
  self->watch = g_thread_pool_new (watch_line, self, 1, TRUE, NULL);
  g_thread_pool_push (self->watch, self, NULL);
  return self;
}

guint
gm_waiting_generation (GmWaiting *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->generation;
}

GmWaitingOutcome
gm_waiting_join (GmWaiting *self, gpointer item, guint generation, gint64 until_us)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  Place place = { item, until_us };

  if (self->closed || self->line->len >= self->most || until_us <= g_get_monotonic_time ())
    return GM_WAITING_OVER;
  if (generation != self->generation)
    return GM_WAITING_CHANGED;
  g_array_append_val (self->line, place);
  g_cond_signal (&self->changed);
  return GM_WAITING_IN_LINE;
}

void
gm_waiting_wake (GmWaiting *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->generation++;
  self->woken = TRUE;
  g_cond_signal (&self->changed);
}

void
gm_waiting_close (GmWaiting *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->closed = TRUE;
  g_cond_signal (&self->changed);
}

void
gm_waiting_free (GmWaiting *self)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  self->leaving = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  g_thread_pool_free (self->watch, FALSE, TRUE);
  g_array_unref (self->line);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}
