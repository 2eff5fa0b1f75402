/* score.h - a piece on paper: its notes, chord changes and sections, in ticks.
 *
 * A step is a sixteenth, a bar has sixteen steps. Notes are added by writers (groove.h, figure.h,
 * melody.h) in any order; swing and human looseness come in on the way.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/dice.h"
#include "demo/genre.h"

G_BEGIN_DECLS

#define GM_SCORE_STEP 240 /* ticks */
#define GM_SCORE_BAR  (16 * GM_SCORE_STEP)

typedef struct
{
  guint at;        /* ticks */
  guint length;    /* ticks; drums ring as long as they do */
  guint8 part;     /* GmPart */
  guint8 pitch;    /* MIDI number, or GmDrum */
  guint8 velocity; /* 1 … 127 */
} GmNote;

typedef struct
{
  guint at;
  guint length;
  GmChord chord;
} GmScoreChange;

typedef struct
{
  guint bar;
  guint n_bars;
  guint parts;              /* 1 << GmPart */
  gboolean hook;            /* else verse: which patterns are played */
  float open_from, open_to; /* 0 … 1, how bright all but drums and bass are */
} GmScoreSection;

typedef struct
{
  const GmGenre *genre;
  guint64 seed;
  GmKey key;
  double bpm;
  guint n_bars;
  GArray *notes;    /* GmNote; by time once the composer is done */
  GArray *changes;  /* GmScoreChange, from 0 to the end without a gap */
  GArray *sections; /* GmScoreSection, the same */
  GmDice dice;      /* of looseness */
} GmScore;

GmScore *gm_score_new (const GmGenre *genre, const GmKey *key, double bpm, guint64 seed);
void gm_score_free (GmScore *self);

/* @at on the grid; swing moves it, chance moves it a little, and it is never before 0. */
void gm_score_add (GmScore *self, const GmNote *note);
void gm_score_add_loose (GmScore *self, const GmNote *note, double late_ms);
void gm_score_sort (GmScore *self);

const GmScoreChange *gm_score_change_at (const GmScore *self, guint at);
const GmScoreChange *gm_score_change_after (const GmScore *self, const GmScoreChange *change);

double gm_score_seconds (const GmScore *self, guint ticks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmScore, gm_score_free)

G_END_DECLS
