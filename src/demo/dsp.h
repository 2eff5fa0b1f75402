/* dsp.h - the few formulas every sound is made of, inline because they run once a sample.
 *
 * Phases are in turns, 0 … 1; rates in Hz at GM_DSP_RATE.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

#define GM_DSP_RATE  44100
#define GM_DSP_BLOCK 32 /* frames between two looks at what moves slowly: 0.7 ms */

static inline float
gm_dsp_wrap (float phase) /* of phases that went past either end */
{
  phase -= (float) (int) phase;
  return phase < 0 ? phase + 1 : phase;
}

/* Taylor's series of sin to the ninth power on a quarter turn, fitted: 4e-6 off at most. */
static inline float
gm_dsp_sine (float phase)
{
  float t = fabsf (phase - 0.5F);
  float z = 4 * MIN (t, 0.5F - t);
  float z2 = z * z;
  float y = 0.0796926F + z2 * (-0.0046738F + z2 * 0.00015148F);

  y = z * (1.5707963F + z2 * (-0.6459641F + z2 * y));

  return phase < 0.5F ? y : -y;
}

/* What a jump of a sampled wave has too much, around the jump (PolyBLEP: Välimäki, Pekonen and Nam,
 * Perceptually informed synthesis of bandlimited classical waveforms, 2012). */
static inline float
gm_dsp_blep (float phase, float step)
{
  float after = MAX (0, 1 - phase / step);
  float before = MAX (0, 1 - (1 - phase) / step);

  return before * before - after * after;
}

static inline float
gm_dsp_saw (float phase, float step)
{
  return 2 * phase - 1 - gm_dsp_blep (phase, step);
}

/* Its mean is 0 for every width: no thump when it starts. */
static inline float
gm_dsp_pulse (float phase, float step, float width)
{
  float end = phase + 1 - width;

  end -= end >= 1 ? 1 : 0;
  return (phase < width ? 2 : 0) - 2 * width + gm_dsp_blep (phase, step) - gm_dsp_blep (end, step);
}

/* tanh as a fraction: warm and cheap. */
static inline float
gm_dsp_saturate (float x)
{
  float x2;

  x = MAX (-3, MIN (3, x));
  x2 = x * x;
  return x * (27 + x2) / (27 + 9 * x2);
}

/* Xorshift: white noise, −1 … 1. */
static inline float
gm_dsp_noise (guint32 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return (float) (gint32) *state * (1 / 2147483648.0F);
}

static inline float
gm_dsp_gain (float db)
{
  return powf (10, db / 20);
}

static inline float
gm_dsp_hz (float pitch) /* MIDI number: A4 is 69 */
{
  return 440 * exp2f ((pitch - 69) / 12);
}

G_END_DECLS
