/* dsp-filter.h - a filter with all its outputs at once, stable while it is turned.
 *
 * Zavalishin, The Art of VA Filter Design, chapter 4, with the sums of a step written out, so that
 * little waits for the one before. High is in − k × band − low.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/dsp.h"

G_BEGIN_DECLS

typedef struct
{
  float keep1, keep2; /* of either state */
  float cross, in2;
  float k; /* 1 / Q */
} GmDspTuning;

typedef struct
{
  float s1, s2;
} GmDspFilter;

static inline GmDspTuning
gm_dsp_filter_tune (float hz, float q)
{
  float g = tanf ((float) G_PI * MAX (10, MIN (hz, 0.45F * GM_DSP_RATE)) / GM_DSP_RATE);
  float k = 1 / q;
  float a = 1 / (1 + g * (g + k));

  return (GmDspTuning){ 2 * a - 1, 1 - 2 * a * g * g, 2 * a * g, 2 * a * g * g, k };
}

/* @band gets what is around the corner; high is in − k × band − low. */
static inline float
gm_dsp_filter_low (GmDspFilter *self, const GmDspTuning *tuning, float in, float *band)
{
  float s1 = tuning->keep1 * self->s1 + (tuning->cross * in - tuning->cross * self->s2);
  float s2 = tuning->keep2 * self->s2 + (tuning->cross * self->s1 + tuning->in2 * in);
  float low = (s2 + self->s2) / 2;

  *band = (s1 + self->s1) / 2;
  self->s1 = s1;
  self->s2 = s2;
  return low;
}

static inline float
gm_dsp_filter_high (GmDspFilter *self, const GmDspTuning *tuning, float in)
{
  float band;
  float low = gm_dsp_filter_low (self, tuning, in, &band);

  return in - tuning->k * band - low;
}

static inline float
gm_dsp_filter_band (GmDspFilter *self, const GmDspTuning *tuning, float in)
{
  float band;

  gm_dsp_filter_low (self, tuning, in, &band);
  return tuning->k * band;
}

G_END_DECLS
