/* chord.h - keys, scales and chords: from "Am" and "iv9" to notes, close to the ones before.
 *
 * Roman numerals count the steps of the key's own scale (natural minor in a minor key): upper case
 * is a major third, lower case a minor one, as in "ii9 V13 Imaj9". What follows names what is on
 * top.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_CHORD_MAX 6

typedef enum
{
  GM_SCALE_OF_KEY,     /* major or natural minor */
  GM_SCALE_PENTATONIC, /* of the same, without the two steps that may clash */
  GM_SCALE_DORIAN,
  GM_SCALE_HARMONIC,
  GM_SCALE_BLUES,
} GmScale;

typedef struct
{
  guint tonic; /* 0 is C */
  gboolean minor;
} GmKey;

typedef struct
{
  guint root; /* 0 is C */
  guint n;
  guint8 above[GM_CHORD_MAX]; /* semitones above the root, rising; the first is 0 */
} GmChord;

typedef struct
{
  guint n;                      /* 0: nothing sounded yet */
  guint8 pitches[GM_CHORD_MAX]; /* rising */
} GmVoicing;

gboolean gm_chord_parse_key (const char *text, GmKey *out);
gboolean gm_chord_parse (const char *roman, const GmKey *key, GmChord *out);

/* The pitch of step @degree (below 0 too) above the tonic next to @near. */
int gm_chord_step (const GmKey *key, GmScale scale, int degree, int near);
gboolean gm_chord_has (const GmChord *chord, int pitch);
/* The nearest pitch that belongs to the chord. */
int gm_chord_snap (const GmChord *chord, int pitch);

/* The inversion nearest to @voices, around @middle, replaces it. One of five
 * tones or more is left out. @open spreads it over more than an octave. */
void gm_chord_lead (const GmChord *chord, int middle, gboolean open, GmVoicing *voices);

G_END_DECLS
