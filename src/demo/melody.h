/* melody.h - writes the tune: a motif of two bars, answered, raised and brought home.
 *
 *   hook of eight bars:  motif · answer · motif, higher · home        of four: motif · home
 *
 * The motif is drawn once from the seed, so every hook of a piece sings the same; chords bend it:
 * notes of weight move to the nearest tone of the chord that sounds.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/score.h"

G_BEGIN_DECLS

#define GM_MELODY_STEPS 32 /* of a motif */

typedef struct
{
  const char *rhythm;
  int degrees[GM_MELODY_STEPS]; /* steps of the scale from the middle; where the rhythm has a note
                                 */
  int answer[GM_MELODY_STEPS];
} GmMelody;

void gm_melody_invent (GmMelody *self, const GmGenre *genre, GmDice *dice);
void gm_melody_write (const GmMelody *self, GmScore *score, const GmScoreSection *section);

G_END_DECLS
