/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/chord.h"

#include <stdlib.h>
#include <string.h>

#define LOWEST  45 /* of a chord's voices: below it they are mud */
#define HIGHEST 84

static const struct
{
  const char *numeral;
  guint degree;
} numerals[] = { { "vii", 6 }, { "iii", 2 }, { "vi", 5 }, { "iv", 3 },
                 { "ii", 1 },  { "v", 4 },   { "i", 0 } };

/* After an upper-case and after a lower-case numeral. */
static const struct
{
  const char *name;
  guint8 major[GM_CHORD_MAX];
  guint8 minor[GM_CHORD_MAX];
} colors[] = {
  { "", { 0, 4, 7 }, { 0, 3, 7 } },
  { "5", { 0, 7, 12 }, { 0, 7, 12 } },
  { "6", { 0, 4, 7, 9 }, { 0, 3, 7, 9 } },
  { "69", { 0, 4, 7, 9, 14 }, { 0, 3, 7, 9, 14 } },
  { "7", { 0, 4, 7, 10 }, { 0, 3, 7, 10 } },
  { "9", { 0, 4, 7, 10, 14 }, { 0, 3, 7, 10, 14 } },
  { "11", { 0, 5, 7, 10, 14 }, { 0, 3, 7, 10, 14, 17 } },
  { "13", { 0, 4, 10, 14, 21 }, { 0, 3, 10, 14, 21 } },
  { "7b9", { 0, 4, 7, 10, 13 }, { 0, 3, 7, 10, 13 } },
  { "7b5", { 0, 4, 6, 10 }, { 0, 3, 6, 10 } },
  { "maj7", { 0, 4, 7, 11 }, { 0, 3, 7, 11 } },
  { "maj9", { 0, 4, 7, 11, 14 }, { 0, 3, 7, 11, 14 } },
  { "add9", { 0, 4, 7, 14 }, { 0, 3, 7, 14 } },
  { "sus2", { 0, 2, 7 }, { 0, 2, 7 } },
  { "sus4", { 0, 5, 7 }, { 0, 5, 7 } },
  { "7sus4", { 0, 5, 7, 10 }, { 0, 5, 7, 10 } },
  { "9sus4", { 0, 5, 7, 10, 14 }, { 0, 5, 7, 10, 14 } },
};

static const guint8 major_steps[] = { 0, 2, 4, 5, 7, 9, 11 };
static const guint8 minor_steps[] = { 0, 2, 3, 5, 7, 8, 10 };

gboolean
gm_chord_parse_key (const char *text, GmKey *out)
{
  static const int naturals[7] = { 9, 11, 0, 2, 4, 5, 7 }; /* A … G */
  int sign = text[0] == '\0' ? 0 : text[1] == '#' ? 1 : text[1] == 'b' ? -1 : 0;
  const char *mode = text + 1 + abs (sign);

  if (text[0] < 'A' || text[0] > 'G' || (mode[0] != '\0' && strcmp (mode, "m") != 0))
    return FALSE;

  out->tonic = (guint) (naturals[text[0] - 'A'] + sign + 12) % 12;
  out->minor = mode[0] == 'm';
  return TRUE;
}

gboolean
gm_chord_parse (const char *roman, const GmKey *key, GmChord *out)
{
  int sign = roman[0] == '#' ? 1 : roman[0] == 'b' ? -1 : 0;
  const char *numeral = roman + abs (sign);
  gboolean minor = g_ascii_islower (numeral[0]);
  gsize length = strspn (numeral, "ivIV");
  const guint8 *steps = key->minor ? minor_steps : major_steps;

  out->n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (strlen (numerals[i].numeral) == length &&
        g_ascii_strncasecmp (numeral, numerals[i].numeral, length) == 0)
      {
        out->root = (key->tonic + steps[numerals[i].degree] + (guint) (12 + sign)) % 12;
        out->n = 1;
      }
  for (guint i = 0; i < G_N_ELEMENTS (colors) && out->n == 1; i++)
    if (strcmp (colors[i].name, numeral + length) == 0)
      {
        memcpy (out->above, minor ? colors[i].minor : colors[i].major, sizeof out->above);
        while (out->n < GM_CHORD_MAX && out->above[out->n] > 0)
          out->n++;
      }

  return out->n > 1;
}

static const guint8 *
steps_of (const GmKey *key, GmScale scale, int *n)
{
  static const guint8 pentatonics[2][5] = { { 0, 2, 4, 7, 9 }, { 0, 3, 5, 7, 10 } };
  static const guint8 dorian[] = { 0, 2, 3, 5, 7, 9, 10 };
  static const guint8 harmonic[] = { 0, 2, 3, 5, 7, 8, 11 };
  static const guint8 blues[] = { 0, 3, 5, 6, 7, 10 };

  *n = scale == GM_SCALE_PENTATONIC ? 5 : scale == GM_SCALE_BLUES ? 6 : 7;
  switch (scale)
    {
    case GM_SCALE_PENTATONIC: return pentatonics[key->minor];
    case GM_SCALE_DORIAN: return dorian;
    case GM_SCALE_HARMONIC: return harmonic;
    case GM_SCALE_BLUES: return blues;
    case GM_SCALE_OF_KEY:
    default: return key->minor ? minor_steps : major_steps;
    }
}

int
gm_chord_step (const GmKey *key, GmScale scale, int degree, int near)
{
  int n;
  const guint8 *steps = steps_of (key, scale, &n);
  int octave = degree >= 0 ? degree / n : -((n - 1 - degree) / n);
  int below = (near - (int) key->tonic + 120) % 12; /* from the tonic up to @near */
  int tonic = below <= 6 ? near - below : near + 12 - below;

  return tonic + 12 * octave + steps[degree - octave * n];
}

gboolean
gm_chord_has (const GmChord *chord, int pitch)
{
  for (guint i = 0; i < chord->n; i++)
    if ((pitch - (int) chord->root - chord->above[i]) % 12 == 0)
      return TRUE;

  return FALSE;
}

int
gm_chord_snap (const GmChord *chord, int pitch)
{
  for (int far = 0; far < 12; far++)
    {
      if (gm_chord_has (chord, pitch - far))
        return pitch - far;
      if (gm_chord_has (chord, pitch + far))
        return pitch + far;
    }

  return pitch;
}

static int
compare_pitches (gconstpointer a, gconstpointer b)
{
  return *(const guint8 *) a - *(const guint8 *) b;
}

/* Five tones and more are too many: the fifth is left to the overtones, else the root to the bass.
 */
static guint
choose_tones (const GmChord *chord, guint8 tones[GM_CHORD_MAX])
{
  gboolean has_fifth = memchr (chord->above, 7, chord->n) != NULL;
  guint n = 0;

  for (guint i = 0; i < chord->n; i++)
    if (chord->n < 5 || chord->above[i] != (has_fifth ? 7 : 0))
      tones[n++] = chord->above[i];

  return n;
}

/* Rising from the first tone at or above @low, starting with tone @first. */
static void
stack (const GmChord *chord, guint first, int low, gboolean open, GmVoicing *out)
{
  guint8 tones[GM_CHORD_MAX];
  guint n = choose_tones (chord, tones);
  int last = low - 1;

  out->n = n;
  for (guint i = 0; i < n; i++)
    {
      int pitch = (int) chord->root + tones[(first + i) % n];

      while (pitch > last + 12)
        pitch -= 12;
      while (pitch <= last)
        pitch += 12;
      out->pitches[i] = (guint8) pitch;
      last = pitch;
    }
  if (open && n > 2)
    out->pitches[n - 2] -= 12; /* "drop 2" */
  qsort (out->pitches, n, sizeof out->pitches[0], compare_pitches);
}

/* How far all voices move, and how far the chord is from where it should be. */
static int
cost_of (const GmVoicing *from, const GmVoicing *to, int middle)
{
  int cost = 0;
  int sum = 0;

  for (guint i = 0; i < to->n; i++)
    {
      sum += to->pitches[i];
      if (i < from->n)
        cost += 4 * abs (to->pitches[i] - from->pitches[i]);
      if (i > 0 && to->pitches[i] < 55 && to->pitches[i] - to->pitches[i - 1] < 3)
        cost += 24; /* a second in the depth growls */
      if (i > 0 && to->pitches[i] - to->pitches[i - 1] == 1)
        cost += 6;
    }
  if (to->pitches[0] < LOWEST || to->pitches[to->n - 1] > HIGHEST)
    cost += 500;

  return cost + 3 * abs (sum - middle * (int) to->n);
}

void
gm_chord_lead (const GmChord *chord, int middle, gboolean open, GmVoicing *voices)
{
  GmVoicing best = { 0 };
  int best_cost = G_MAXINT;

  for (guint first = 0; first < chord->n; first++)
    for (int low = middle - 14; low <= middle + 2; low++)
      {
        GmVoicing here;
        int cost;

        stack (chord, first, low, open, &here);
        cost = cost_of (voices, &here, middle);
        if (cost < best_cost)
          {
            best = here;
            best_cost = cost;
          }
      }

  *voices = best;
}
