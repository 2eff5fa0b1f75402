/* patch.h - the instruments of the demo music: two oscillators, filter, envelopes and motion each.
 *
 *   a + b + noise ─▶ filter (tone envelope) ─▶ drive ─▶ level (amp envelope) ─▶ chorus, tremolo
 *
 * All are trimmed to about the same loudness at a middle velocity, so that a genre's levels mean
 * the same for every instrument.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_PATCH_MAX_UNISON 5

typedef enum
{
  GM_WAVE_NONE,
  GM_WAVE_SINE,
  GM_WAVE_TRIANGLE,
  GM_WAVE_SAW,
  GM_WAVE_PULSE,
  GM_WAVE_ORGAN,  /* four drawbars */
  GM_WAVE_FM,     /* a sine bent by another one */
  GM_WAVE_STRING, /* a plucked string: Karplus and Strong */
} GmWave;

typedef struct
{
  GmWave wave;
  float level;
  float interval; /* semitones above the note */
  guint unison;   /* 0 counts as 1 */
  float detune;   /* cents, the outermost of the unison */
  float shape; /* pulse: width 0 … 1; FM: ratio of the other sine; string: brightness 0 … 1 */
  float index; /* FM: radians at full velocity */
  float decay; /* s; FM: of the index; string: of the sound, to −60 dB */
} GmOscillator;

typedef struct
{
  float attack;  /* s */
  float decay;   /* s, to about 5 % */
  float sustain; /* 0 … 1 */
  float release; /* s, to about 5 % */
} GmEnvelope;

typedef enum
{
  GM_FILTER_OPEN,
  GM_FILTER_LOW,  /* 12 dB an octave */
  GM_FILTER_LOW4, /* 24 dB */
  GM_FILTER_BAND,
  GM_FILTER_HIGH,
} GmFilterKind;

typedef struct
{
  GmFilterKind kind;
  float hz;      /* of A3, closed */
  float track;   /* 0 … 1: how far it follows the note */
  float octaves; /* that the tone envelope opens it */
  float q;
  GmEnvelope tone;
} GmFilter;

typedef struct
{
  float vibrato_hz;
  float vibrato; /* cents, after a third of a second */
  float tremolo; /* 0 … 1, left against right, at tremolo_hz */
  float tremolo_hz;
  float glide;      /* s, from the note before when it still sounded */
  float drop;       /* semitones above the note at its start, */
  float drop_decay; /* s, to about 5 % */
} GmMotion;

typedef struct
{
  const char *name;
  float gain; /* dB */
  GmOscillator a;
  GmOscillator b;
  float noise; /* level */
  GmFilter filter;
  GmEnvelope amp;
  GmMotion motion;
  float drive;   /* 0: none; 1: warm; 4: torn */
  float chorus;  /* 0 … 1 */
  gboolean mono; /* a new note ends the one before */
} GmPatch;

const GmPatch *gm_patch_find (const char *name); /* a name of the table */
const GmPatch *gm_patch_all (guint *n);

G_END_DECLS
