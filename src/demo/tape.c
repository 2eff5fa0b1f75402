/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/tape.h"

#define MIDDLE_MS  6.0F
#define WOW_MS     1.1F
#define WOW_HZ     0.47F
#define FLUTTER_MS 0.03F
#define FLUTTER_HZ 6.3F
#define DULL_HZ    8200
#define CRACKLES   9.0F /* a second */
#define HISS       0.0011F

void
gm_tape_init (GmTape *self, float amount, guint32 seed)
{
  *self = (GmTape){ .amount = amount, .noise = seed | 1 };
  self->dull = gm_dsp_filter_tune (DULL_HZ, 0.65F);
  self->dust = gm_dsp_filter_tune (2600, 0.8F);
  for (guint c = 0; c < 2; c++)
    gm_delay_init (&self->lines[c], (guint) (2 * MIDDLE_MS * GM_DSP_RATE / 1000));
}

void
gm_tape_clear (GmTape *self)
{
  for (guint c = 0; c < 2; c++)
    gm_delay_clear (&self->lines[c]);
}

static float
dust (GmTape *self, guint c)
{
  float chance = (gm_dsp_noise (&self->noise) + 1) / 2;
  float hiss = HISS * gm_dsp_noise (&self->noise);

  if (chance < CRACKLES / GM_DSP_RATE)
    self->crackle[c] = 0.22F * (gm_dsp_noise (&self->noise) + 0.2F);
  self->crackle[c] *= 0.82F;
  return hiss + gm_dsp_filter_band (&self->dusts[c], &self->dust, self->crackle[c]);
}

/* Frames that the tape is behind now. */
static float
lag (const GmTape *self)
{
  float ms = WOW_MS * gm_dsp_sine (self->wow) + FLUTTER_MS * gm_dsp_sine (self->flutter);

  return (MIDDLE_MS + self->amount * ms) * GM_DSP_RATE / 1000;
}

void
gm_tape_run (GmTape *self, float *const samples[2])
{
  float frames = lag (self);
  float change;

  self->wow = gm_dsp_wrap (self->wow + WOW_HZ * GM_DSP_BLOCK / GM_DSP_RATE);
  self->flutter = gm_dsp_wrap (self->flutter + FLUTTER_HZ * GM_DSP_BLOCK / GM_DSP_RATE);
  change = (lag (self) - frames) / GM_DSP_BLOCK;
  for (guint i = 0; i < GM_DSP_BLOCK; i++, frames += change)
    for (guint c = 0; c < 2; c++)
      {
        float band;
        float value;

        gm_delay_write (&self->lines[c], samples[c][i]);
        value = gm_delay_read_between (&self->lines[c], frames);
        value = gm_dsp_filter_low (&self->dulls[c][0], &self->dull, value, &band);
        value = gm_dsp_filter_low (&self->dulls[c][1], &self->dull, value, &band);
        samples[c][i] = value + self->amount * dust (self, c);
      }
}
