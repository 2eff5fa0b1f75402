/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/score.h"

#include <math.h>

GmScore *
gm_score_new (const GmGenre *genre, const GmKey *key, double bpm, guint64 seed)
{
  GmScore *self = g_new0 (GmScore, 1);

  self->genre = genre;
  self->key = *key;
  self->bpm = bpm;
  self->seed = seed;
  self->notes = g_array_new (FALSE, TRUE, sizeof (GmNote));
  self->changes = g_array_new (FALSE, TRUE, sizeof (GmScoreChange));
  self->sections = g_array_new (FALSE, TRUE, sizeof (GmScoreSection));
  self->dice = gm_dice_new (seed, "loose");
  return self;
}

void
gm_score_free (GmScore *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->notes);
  g_array_unref (self->changes);
  g_array_unref (self->sections);
  g_free (self);
}

double
gm_score_seconds (const GmScore *self, guint ticks)
{
  return ticks * 60 / (self->bpm * 4 * GM_SCORE_STEP);
}

static int
ticks_of (const GmScore *self, double ms)
{
  return (int) lround (ms / 1000 / gm_score_seconds (self, 1));
}

void
gm_score_add_loose (GmScore *self, const GmNote *note, double late_ms)
{
  const GmGenreGroove *groove = &self->genre->groove;
  guint in_pair = note->at % (2 * GM_SCORE_STEP);
  double swing = (groove->swing - 0.5) * 2 * GM_SCORE_STEP; /* of the second step of a pair */
  int at = (int) note->at + ticks_of (self, late_ms + groove->loose * gm_dice_spread (&self->dice));
  int velocity = note->velocity + (int) lround (6 * gm_dice_spread (&self->dice));
  GmNote moved = *note;

  at += (int) lround (in_pair <= GM_SCORE_STEP ? swing * in_pair / GM_SCORE_STEP
                                               : swing * (2 - (double) in_pair / GM_SCORE_STEP));
  moved.at = (guint) MAX (at, 0);
  moved.velocity = (guint8) CLAMP (velocity, 1, 127);
  g_array_append_val (self->notes, moved);
}

void
gm_score_add (GmScore *self, const GmNote *note)
{
  gm_score_add_loose (self, note, 0);
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const GmNote *one = a, *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  if (one->part != other->part)
    return one->part - other->part;
  return one->pitch - other->pitch;
}

void
gm_score_sort (GmScore *self)
{
  g_array_sort (self->notes, compare_notes);
}

const GmScoreChange *
gm_score_change_at (const GmScore *self, guint at)
{
  guint i = 0;

  while (i + 1 < self->changes->len && g_array_index (self->changes, GmScoreChange, i + 1).at <= at)
    i++;
  return &g_array_index (self->changes, GmScoreChange, i);
}

const GmScoreChange *
gm_score_change_after (const GmScore *self, const GmScoreChange *change)
{
  return gm_score_change_at (self, change->at + change->length);
}
