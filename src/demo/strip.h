/* strip.h - one part of a piece in the mixer: its voices, and what is done to their sum.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/echo.h"
#include "demo/score.h"
#include "demo/voice.h"

G_BEGIN_DECLS

#define GM_STRIP_VOICES 12

typedef struct
{
  const GmPatch *patch; /* NULL: drums */
  const GmGenrePart *mix;
  float gains[2];  /* left, right */
  GmVoice *voices; /* GM_STRIP_VOICES */
  float last_pitch;
  GmDice dice;
  GmEchoChorus chorus;
  GmDspFilter brightness[2];
  float tremolo; /* phase */
  guint rest;    /* blocks since the last voice */
  float block[2][GM_DSP_BLOCK];
} GmStrip;

void gm_strip_init (GmStrip *self, const GmScore *score, GmPart part);
void gm_strip_clear (GmStrip *self);
void gm_strip_play (GmStrip *self, const GmNote *note, guint blocks);

/* Into self->block. @open: 0 … 1, see GmScoreSection. FALSE: silence. */
gboolean gm_strip_render (GmStrip *self, float open);

G_END_DECLS
