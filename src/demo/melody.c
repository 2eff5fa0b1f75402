/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/melody.h"

#include <stdlib.h>
#include <string.h>

#include "demo/figure.h"

#define REACH 5 /* degrees up and down from the middle */

typedef enum
{
  MOTIF,
  ANSWER,
  HIGHER,
  HOME,
} Phrase;

static gboolean
is_note (char letter)
{
  return letter == 'x' || letter == 'X';
}

/* Mostly steps; a leap turns back afterwards, and the edges push inwards. */
static int
wander (int at, int *leaped, GmDice *dice)
{
  static const int moves[] = { -2, -1, -1, -1, 1, 1, 1, 2, 0, 0, 3, -1 };
  int move = moves[gm_dice_below (dice, G_N_ELEMENTS (moves))];

  if (*leaped != 0)
    move = *leaped > 0 ? -1 : 1;
  if (at + move > REACH || at + move < -REACH)
    move = -move;
  *leaped = abs (move) >= 3 ? move : 0;
  return at + move;
}

/* The answer leaves the way in the middle and ends lower. */
void
gm_melody_invent (GmMelody *self, const GmGenre *genre, GmDice *dice)
{
  guint choice = gm_dice_below (dice, GM_GENRE_CHOICES);
  int at = (int) gm_dice_below (dice, 3);
  int answer = 0;
  int leaped = 0;

  self->rhythm = genre->figures.melody[choice];
  g_assert (strlen (self->rhythm) == GM_MELODY_STEPS);
  for (guint i = 0; i < GM_MELODY_STEPS; i++)
    {
      if (!is_note (self->rhythm[i]))
        continue;
      self->degrees[i] = at;
      answer = i < GM_MELODY_STEPS / 2 ? at : answer - (int) gm_dice_below (dice, 3) + 1;
      self->answer[i] = CLAMP (answer, -REACH, REACH);
      at = wander (at, &leaped, dice);
    }
}

static guint
last_note_of (const char *rhythm)
{
  guint last = 0;

  for (guint i = 0; i < GM_MELODY_STEPS; i++)
    if (is_note (rhythm[i]))
      last = i;
  return last;
}

static int
pitch_of (const GmMelody *self, GmScore *score, Phrase phrase, guint step, guint at)
{
  const GmGenreFigures *figures = &score->genre->figures;
  const GmChord *chord = &gm_score_change_at (score, at)->chord;
  gboolean last = step == last_note_of (self->rhythm);
  int degree = phrase == ANSWER || phrase == HOME ? self->answer[step] : self->degrees[step];
  guint held = gm_figure_held (self->rhythm, step);
  int pitch;

  if (phrase == HIGHER)
    degree += 2;
  if (phrase == HOME && last)
    degree = 0;
  pitch = gm_chord_step (&score->key, figures->scale, degree, figures->lead);
  if (self->rhythm[step] == 'X' || held >= 3 || last)
    pitch = gm_chord_snap (chord, pitch);
  return pitch;
}

static void
write_phrase (const GmMelody *self, GmScore *score, Phrase phrase, guint bar, guint n_bars)
{
  for (guint step = 0; step < MIN (n_bars * 16, GM_MELODY_STEPS); step++)
    {
      guint at = bar * GM_SCORE_BAR + step * GM_SCORE_STEP;
      guint held = gm_figure_held (self->rhythm, step);

      if (!is_note (self->rhythm[step]))
        continue;
      gm_score_add (score, &(GmNote){ .at = at,
                                      .length = held * GM_SCORE_STEP * 19 / 20,
                                      .part = GM_PART_LEAD,
                                      .pitch = (guint8) pitch_of (self, score, phrase, step, at),
                                      .velocity = self->rhythm[step] == 'X' ? 104 : 90 });
    }
}

void
gm_melody_write (const GmMelody *self, GmScore *score, const GmScoreSection *section)
{
  static const Phrase eight[] = { MOTIF, ANSWER, HIGHER, HOME };
  static const Phrase four[] = { MOTIF, HOME };

  for (guint i = 0; i < section->n_bars; i += 2)
    write_phrase (self, score,
                  section->n_bars >= 8 ? eight[i / 2 % G_N_ELEMENTS (eight)]
                                       : four[i / 2 % G_N_ELEMENTS (four)],
                  section->bar + i, section->n_bars - i);
}
