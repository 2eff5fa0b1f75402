/* echo.h - what comes back: an echo that goes left and right, and the short, swaying one that makes
 * one instrument sound like several (a chorus).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/delay.h"
#include "demo/dsp-filter.h"

G_BEGIN_DECLS

typedef struct
{
  GmDelay lines[2];
  guint frames;
  float feedback;
  GmDspTuning low, high; /* each time it comes back duller and thinner */
  GmDspFilter lows[2], highs[2];
} GmEcho;

void gm_echo_init (GmEcho *self, float seconds, float feedback);
void gm_echo_clear (GmEcho *self);
void gm_echo_add (GmEcho *self, float *const in[2], float *const out[2]); /* a block */

typedef struct
{
  GmDelay lines[2];
  float sway;
} GmEchoChorus;

void gm_echo_chorus_init (GmEchoChorus *self);
void gm_echo_chorus_clear (GmEchoChorus *self);
void gm_echo_chorus_run (GmEchoChorus *self, float wet, float *const samples[2]); /* in place */

G_END_DECLS
