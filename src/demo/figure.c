/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/figure.h"

#include <string.h>

#define DETACHED 0.88 /* of a note's length sounds */

typedef struct
{
  GmScore *score;
  const GmScoreSection *section;
  const char *pattern;
  guint step; /* in the section */
  guint at;   /* ticks */
} Cursor;

guint
gm_figure_held (const char *pattern, gsize step)
{
  gsize length = strlen (pattern);
  guint held = 1;

  while (held < length && pattern[(step + held) % length] == '~')
    held++;
  return held;
}

static char
letter_at (const Cursor *cursor)
{
  return cursor->pattern[cursor->step % strlen (cursor->pattern)];
}

static guint
length_at (const Cursor *cursor)
{
  guint held = gm_figure_held (cursor->pattern, cursor->step % strlen (cursor->pattern));

  return (guint) (held * GM_SCORE_STEP * DETACHED);
}

static gboolean
next_step (Cursor *cursor)
{
  cursor->step++;
  cursor->at = cursor->section->bar * GM_SCORE_BAR + cursor->step * GM_SCORE_STEP;
  return cursor->step < cursor->section->n_bars * 16;
}

static Cursor
start (GmScore *score, const GmScoreSection *section, const char *pattern)
{
  return (Cursor){ score, section, pattern, 0, section->bar * GM_SCORE_BAR };
}

static int
root_near (const GmChord *chord, int low)
{
  return low + ((int) chord->root - low % 12 + 12) % 12;
}

/* The third and the seventh are the chord's own. */
static int
tone_of (const GmChord *chord, int from, int to, int otherwise)
{
  for (guint i = 0; i < chord->n; i++)
    if (chord->above[i] >= from && chord->above[i] <= to)
      return chord->above[i];

  return otherwise;
}

static int
lead_to (const Cursor *cursor, const GmScoreChange *change, int low)
{
  int here = root_near (&change->chord, low);
  int next = root_near (&gm_score_change_after (cursor->score, change)->chord, low);

  if (next == here || change->at + change->length - cursor->at > 4 * GM_SCORE_STEP)
    return here + 7; /* nothing to lead to yet */
  return next > here ? next - 1 : next + 2;
}

static int
bass_pitch (const Cursor *cursor, char letter)
{
  int low = cursor->score->genre->figures.bass_low;
  const GmScoreChange *change = gm_score_change_at (cursor->score, cursor->at);
  const GmChord *chord = &change->chord;
  int root = root_near (chord, low);

  switch (letter)
    {
    case '3': return root + tone_of (chord, 3, 4, 7);
    case '5': return root + tone_of (chord, 6, 7, 7);
    case '7': return root + tone_of (chord, 10, 11, 12);
    case '8': return root + 12;
    case 'L': return root - 5;
    case 'a': return lead_to (cursor, change, low);
    default: return root;
    }
}

/* Two notes of one voice that overlap glide. */
static void
hold_last_until (GmScore *score, guint until)
{
  guint n = score->notes->len;
  GmNote *last = n > 0 ? &g_array_index (score->notes, GmNote, n - 1) : NULL;

  if (last != NULL && last->part == GM_PART_BASS && last->at + last->length < until)
    last->length = until - last->at;
}

void
gm_figure_write_bass (GmScore *score, const GmScoreSection *section)
{
  Cursor cursor = start (score, section, score->genre->figures.bass[section->hook]);

  do
    {
      char letter = letter_at (&cursor);
      guint beat = cursor.step % 4;
      int velocity = letter == 'g' ? 48 : beat == 0 ? 104 : 94;
      guint length = letter == 'g' ? GM_SCORE_STEP / 3 : length_at (&cursor);

      if (letter == '.' || letter == '~')
        continue;
      if (letter == 's')
        hold_last_until (score, cursor.at + GM_SCORE_STEP / 4);
      gm_score_add (score, &(GmNote){ .at = cursor.at,
                                      .length = length,
                                      .part = GM_PART_BASS,
                                      .pitch = (guint8) bass_pitch (&cursor, letter),
                                      .velocity = (guint8) velocity });
    }
  while (next_step (&cursor));
}

static void
add_chord (const Cursor *cursor, const GmVoicing *voices, GmPart part, guint length, int velocity)
{
  double strum_ms = part == GM_PART_CHORDS ? cursor->score->genre->figures.strum_ms : 0;

  for (guint i = 0; i < voices->n; i++)
    gm_score_add_loose (cursor->score,
                        &(GmNote){ .at = cursor->at,
                                   .length = length,
                                   .part = (guint8) part,
                                   .pitch = voices->pitches[i],
                                   .velocity = (guint8) (velocity - (i == 0 ? 6 : 0)) },
                        strum_ms * i);
}

static int
velocity_of (char letter)
{
  return letter == 'X' ? 112 : letter == 'x' ? 94 : letter == '-' ? 72 : 46;
}

/* A chord is played anew when it changes, also where the pattern holds on. */
void
gm_figure_write_chords (GmScore *score, const GmScoreSection *section, GmVoicing *voices)
{
  Cursor cursor = start (score, section, score->genre->figures.chords[section->hook]);
  const GmScoreChange *led = NULL;

  do
    {
      const GmScoreChange *change = gm_score_change_at (score, cursor.at);
      char letter = letter_at (&cursor);
      guint left = change->at + change->length - cursor.at;
      gboolean held_over = letter == '~' && cursor.at == change->at && change != led;

      if (change != led)
        gm_chord_lead (&change->chord, score->genre->figures.chord, FALSE, voices);
      led = change;
      if (letter == '.' || (letter == '~' && !held_over))
        continue;
      add_chord (&cursor, voices, GM_PART_CHORDS, MIN (length_at (&cursor), left),
                 velocity_of (held_over ? '-' : letter));
    }
  while (next_step (&cursor));
}

void
gm_figure_write_pad (GmScore *score, const GmScoreSection *section, GmVoicing *voices)
{
  Cursor cursor = start (score, section, "x");
  const GmScoreChange *led = NULL;
  guint end = (section->bar + section->n_bars) * GM_SCORE_BAR;

  do
    {
      const GmScoreChange *change = gm_score_change_at (score, cursor.at);

      if (change == led)
        continue;
      gm_chord_lead (&change->chord, score->genre->figures.chord + 2, TRUE, voices);
      led = change;
      add_chord (&cursor, voices, GM_PART_PAD, MIN (change->at + change->length, end) - cursor.at,
                 82);
    }
  while (next_step (&cursor));
}

void
gm_figure_write_arp (GmScore *score, const GmScoreSection *section)
{
  Cursor cursor = start (score, section, score->genre->figures.arp);
  const GmScoreChange *led = NULL;
  GmVoicing voices = { 0 };

  do
    {
      const GmScoreChange *change = gm_score_change_at (score, cursor.at);
      char letter = letter_at (&cursor);
      guint voice = (guint) (letter - '1');

      if (change != led)
        gm_chord_lead (&change->chord, score->genre->figures.chord + 8, FALSE, &voices);
      led = change;
      if (letter < '1' || letter > '8')
        continue;
      gm_score_add (score, &(GmNote){ .at = cursor.at,
                                      .length = GM_SCORE_STEP * 9 / 10,
                                      .part = GM_PART_ARP,
                                      .pitch = (guint8) (voices.pitches[voice % voices.n] +
                                                         12 * (voice / voices.n)),
                                      .velocity = (guint8) (cursor.step % 4 == 0 ? 96 : 82) });
    }
  while (next_step (&cursor));
}
