/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress.h"

#define LOOK_MS 100

struct _GmProgress
{
  gatomicrefcount references;
  gpointer owner;
  GmProgressSeen seen;
  guint timer;
  GMutex mutex; /* guards the rest */
  gboolean is_new;
  int step;
  double fraction;
  char *note;
};

static gboolean
look (gpointer data)
{
  GmProgress *self = data;
  g_autofree char *note = NULL;
  gboolean is_new;
  double fraction;
  int step;

  g_mutex_lock (&self->mutex);
  is_new = self->is_new;
  step = self->step;
  fraction = self->fraction;
  note = g_strdup (self->note);
  self->is_new = FALSE;
  g_mutex_unlock (&self->mutex);

  if (is_new)
    self->seen (self->owner, step, fraction, note);
  return G_SOURCE_CONTINUE;
}

GmProgress *
gm_progress_start (gpointer owner, GmProgressSeen seen)
{
  GmProgress *self = g_new0 (GmProgress, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->owner = owner;
  self->seen = seen;
  self->timer = g_timeout_add (LOOK_MS, look, self);
  return self;
}

void
gm_progress_stop (GmProgress *self)
{
  if (self == NULL)
    return;

  look (self);
  gm_progress_drop (self);
}

void
gm_progress_drop (GmProgress *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gm_progress_unref (self);
}

GmProgress *
gm_progress_ref (GmProgress *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gm_progress_unref (GmProgress *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self->note);
  g_free (self);
}

void
gm_progress_set (GmProgress *self, int step, double fraction, const char *note)
{
  g_mutex_lock (&self->mutex);
  self->is_new = TRUE;
  self->step = step;
  self->fraction = fraction;
  g_free (self->note);
  self->note = g_strdup (note);
  g_mutex_unlock (&self->mutex);
}
