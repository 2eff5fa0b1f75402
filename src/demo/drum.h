/* drum.h - the drums of the demo music, struck once when a piece begins and then played as samples.
 *
 * Everything is a swept sine, a bell of six pulses, or filtered noise, or some of each.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/dice.h"

G_BEGIN_DECLS

typedef enum
{
  GM_DRUM_KICK,
  GM_DRUM_SNARE,
  GM_DRUM_CLAP,
  GM_DRUM_RIM,
  GM_DRUM_HAT,
  GM_DRUM_OPEN_HAT,
  GM_DRUM_SHAKER,
  GM_DRUM_RIDE,
  GM_DRUM_CRASH,
  GM_DRUM_LOW_TOM,
  GM_DRUM_HIGH_TOM,
  GM_DRUM_CONGA,
  GM_N_DRUMS,
} GmDrum;

typedef enum
{
  GM_KIT_DUSTY,    /* soft and short, as from an old record */
  GM_KIT_CLUB,     /* a round kick, crisp hats */
  GM_KIT_HARD,     /* for techno */
  GM_KIT_DEEP,     /* long kick, sharp snare: trap */
  GM_KIT_BREAK,    /* a live kit, played fast */
  GM_KIT_EIGHTIES, /* a large snare */
  GM_KIT_LIGHT,    /* brushes and wood */
  GM_KIT_CHIP,     /* one bit of noise */
  GM_N_KITS,
} GmDrumKit;

typedef struct
{
  float *frames; /* interleaved stereo */
  guint n_frames;
  float level;  /* of this drum among the others */
  float pan;    /* −1 … 1 */
  float reverb; /* 0 … 1, how much of it is sent */
} GmDrumSound;

GmDrumSound *gm_drum_strike_all (GmDrumKit kit, GmDice *dice); /* GM_N_DRUMS of them */
void gm_drum_free_all (GmDrumSound *sounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDrumSound, gm_drum_free_all)

G_END_DECLS
