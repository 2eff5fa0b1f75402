/* delay.h - a line of samples read some time after they were written.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float *samples;
  guint mask; /* the length is a power of two */
  guint at;
} GmDelay;

static inline void
gm_delay_init (GmDelay *self, guint max_frames)
{
  guint length = 2;

  while (length < max_frames + 2)
    length *= 2;
  self->samples = g_new0 (float, length);
  self->mask = length - 1;
  self->at = 0;
}

static inline void
gm_delay_clear (GmDelay *self)
{
  g_clear_pointer (&self->samples, g_free);
}

static inline void
gm_delay_write (GmDelay *self, float value)
{
  self->samples[self->at] = value;
  self->at = (self->at + 1) & self->mask;
}

/* 1 is what was written last. */
static inline float
gm_delay_read (const GmDelay *self, guint frames)
{
  return self->samples[(self->at - frames) & self->mask];
}

static inline float
gm_delay_read_between (const GmDelay *self, float frames)
{
  guint whole = (guint) frames;
  float near = gm_delay_read (self, whole);

  return near + (gm_delay_read (self, whole + 1) - near) * (frames - (float) whole);
}

G_END_DECLS
