/* genre.h - what makes a genre: its beat, its figures, its instruments and its room, as data.
 *
 * A bar has sixteen steps; a pattern is one letter a step and repeats for as long as it is.
 *   drums:  X loud  x usual  - soft  o hardly  ? sometimes  r twice  t three times in two steps
 *   bass:   1 root  3 third  5 fifth  7 seventh  8 octave  L fifth below  g hardly  s slide to root
 *           a leads to the next root
 *   chords: X x - as above; ~ holds on, also for bass and melody
 *   arp:    1 … 8 the voices of the chord from below, then an octave higher
 *   melody: x a note, X on a tone of the chord
 * A dot is a rest.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/chord.h"
#include "demo/drum.h"
#include "demo/reverb.h"

G_BEGIN_DECLS

#define GM_GENRE_LANES   8
#define GM_GENRE_CHOICES 3

typedef enum
{
  GM_PART_DRUMS,
  GM_PART_BASS,
  GM_PART_CHORDS,
  GM_PART_PAD,
  GM_PART_LEAD,
  GM_PART_ARP,
  GM_PART_EFFECT,
  GM_N_PARTS,
} GmPart;

typedef struct
{
  const char *steps; /* NULL: end of the lanes */
  GmDrum drum;
} GmGenreLane;

typedef struct
{
  GmDrumKit kit;
  double swing; /* where the second of two steps falls: 0.5 straight, 0.67 triplets */
  double loose; /* ms, how far people are off */
  GmGenreLane verse[GM_GENRE_LANES];
  GmGenreLane hook[GM_GENRE_LANES];
  GmGenreLane fill[GM_GENRE_LANES]; /* instead, in the last bar before something new */
} GmGenreGroove;

typedef struct
{
  const char *bass[2]; /* verse, hook */
  const char *chords[2];
  const char *arp;
  const char *melody[GM_GENRE_CHOICES]; /* two bars each */
  GmScale scale;                        /* of the melody */
  int lead;                             /* MIDI number around which things happen */
  int chord;
  int bass_low;
  double strum_ms; /* between the tones of a chord */
} GmGenreFigures;

typedef struct
{
  const char *patches[2]; /* a piece takes one of them */
  float level;            /* dB */
  float pan;              /* −1 … 1 */
  float reverb;           /* 0 … 1, sent */
  float echo;
} GmGenrePart;

typedef struct
{
  GmReverbRoom room;
  float echo_steps;
  float echo_feedback;
  float duck; /* 0 … 1: how far the kick pushes the others down */
  float tape; /* 0 … 1 */
} GmGenreSpace;

typedef struct
{
  const char *name;                              /* as in tags */
  const char *form;                              /* family of forms: "song", "club" or "drift" */
  const char *progressions[2][GM_GENRE_CHOICES]; /* in a major key, in a minor one: "ii9 V13/V7" */
  GmGenreGroove groove;
  GmGenreFigures figures;
  GmGenrePart parts[GM_N_PARTS];
  GmGenreSpace space;
} GmGenre;

const GmGenre *gm_genre_find (const char *name); /* a name of the table */
const GmGenre *gm_genre_all (guint *n);

G_END_DECLS
