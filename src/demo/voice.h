/* voice.h - one note of an instrument as it sounds, a block at a time.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/dice.h"
#include "demo/dsp-filter.h"
#include "demo/patch.h"

G_BEGIN_DECLS

#define GM_VOICE_STRING 2048 /* frames, a power of two: E1 has 1070 */

typedef struct
{
  float pitch;    /* MIDI number */
  float from;     /* to glide from; 0: nothing sounded */
  float velocity; /* 0 … 1 */
  guint blocks;   /* that the key is down */
} GmVoiceNote;

typedef struct
{
  float phases[GM_PATCH_MAX_UNISON];
  float other; /* FM: phase of the other sine */
  float index; /* FM: radians now */
  float fade;  /* FM: of the index, a block */
} GmVoiceSource;

typedef struct
{
  float level;
  gboolean falling; /* past the attack */
} GmVoiceLevel;

typedef struct
{
  const GmPatch *patch; /* NULL: silent */
  GmVoiceNote note;
  float gain;
  guint age; /* blocks */
  gboolean choked;
  GmVoiceSource a, b;
  GmVoiceLevel amp, tone;
  GmDspFilter filters[2][2]; /* of left and right, twice for 24 dB */
  guint32 noise;
  float string[GM_VOICE_STRING];
  guint string_at;
  float string_last;
} GmVoice;

void gm_voice_start (GmVoice *self, const GmPatch *patch, const GmVoiceNote *note, GmDice *dice);
void gm_voice_choke (GmVoice *self); /* makes room within some milliseconds */

/* Adds GM_DSP_BLOCK frames. Falls silent by itself. */
void gm_voice_render (GmVoice *self, float *left, float *right);

static inline gboolean
gm_voice_sounds (const GmVoice *self)
{
  return self->patch != NULL;
}

G_END_DECLS
