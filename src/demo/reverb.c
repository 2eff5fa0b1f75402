/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/reverb.h"

#include "demo/delay.h"
#include "demo/dsp-filter.h"

#define N_LINES     8
#define N_DIFFUSERS 3
#define SWAY_FRAMES 9.0F /* two lines are never quite as long: no metal in the tail */
#define SWAY_HZ     0.7F
#define LOWEST_HZ   170

/* Primes, so that no two echoes fall together for long. */
static const guint line_frames[N_LINES] = { 1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797 };
static const guint diffuser_frames[2][N_DIFFUSERS] = { { 113, 337, 557 }, { 127, 349, 577 } };

struct _GmReverb
{
  GmDelay predelay[2];
  guint predelay_frames;
  GmDelay diffusers[2][N_DIFFUSERS];
  GmDelay lines[N_LINES];
  float gains[N_LINES];
  float damping;
  float damped[N_LINES];
  GmDspTuning low_cut;
  GmDspFilter low_cuts[2];
  float sway;
};

GmReverb *
gm_reverb_new (const GmReverbRoom *room)
{
  GmReverb *self = g_new0 (GmReverb, 1);

  self->predelay_frames = (guint) (room->predelay_ms * GM_DSP_RATE / 1000) + 1;
  self->damping = 0.15F + 0.8F * room->bright;
  self->low_cut = gm_dsp_filter_tune (LOWEST_HZ, 0.7F);
  for (guint c = 0; c < 2; c++)
    {
      gm_delay_init (&self->predelay[c], self->predelay_frames);
      for (guint i = 0; i < N_DIFFUSERS; i++)
        gm_delay_init (&self->diffusers[c][i], diffuser_frames[c][i]);
    }
  for (guint i = 0; i < N_LINES; i++)
    {
      gm_delay_init (&self->lines[i], line_frames[i] + (guint) SWAY_FRAMES + 2);
      self->gains[i] = powf (0.001F, (float) line_frames[i] / (room->seconds * GM_DSP_RATE));
    }

  return self;
}

void
gm_reverb_free (GmReverb *self)
{
  for (guint c = 0; c < 2; c++)
    {
      gm_delay_clear (&self->predelay[c]);
      for (guint i = 0; i < N_DIFFUSERS; i++)
        gm_delay_clear (&self->diffusers[c][i]);
    }
  for (guint i = 0; i < N_LINES; i++)
    gm_delay_clear (&self->lines[i]);
  g_free (self);
}

/* Smears a click without coloring it: all-pass filters in a row. */
static float
enter (GmReverb *self, guint c, float in)
{
  float value;

  gm_delay_write (&self->predelay[c], gm_dsp_filter_high (&self->low_cuts[c], &self->low_cut, in));
  value = gm_delay_read (&self->predelay[c], self->predelay_frames);
  for (guint i = 0; i < N_DIFFUSERS; i++)
    {
      float late = gm_delay_read (&self->diffusers[c][i], diffuser_frames[c][i]);
      float fed = value - 0.6F * late;

      gm_delay_write (&self->diffusers[c][i], fed);
      value = late + 0.6F * fed;
    }

  return value;
}

static void
read_lines (GmReverb *self, float sway, float values[N_LINES])
{
  for (guint i = 0; i < N_LINES; i++)
    {
      float late = i % 4 == 0
                       ? gm_delay_read_between (&self->lines[i], (float) line_frames[i] + sway)
                       : gm_delay_read (&self->lines[i], line_frames[i]);

      self->damped[i] += self->damping * (late - self->damped[i]);
      values[i] = self->damped[i] * self->gains[i];
    }
}

void
gm_reverb_add (GmReverb *self, float *const in[2], float *const out[2])
{
  float sway = SWAY_FRAMES * (1 + gm_dsp_sine (self->sway)) / 2;
  float change;

  self->sway = gm_dsp_wrap (self->sway + SWAY_HZ * GM_DSP_BLOCK / GM_DSP_RATE);
  change = (SWAY_FRAMES * (1 + gm_dsp_sine (self->sway)) / 2 - sway) / GM_DSP_BLOCK;
  for (guint f = 0; f < GM_DSP_BLOCK; f++, sway += change)
    {
      float entering[2] = { enter (self, 0, in[0][f]), enter (self, 1, in[1][f]) };
      float values[N_LINES];
      float sum = 0;

      read_lines (self, sway, values);
      for (guint i = 0; i < N_LINES; i++)
        sum += values[i];
      for (guint i = 0; i < N_LINES; i++) /* Householder's mirror: loses and gains nothing */
        gm_delay_write (&self->lines[i], entering[i % 2] + values[i] - sum * 2 / N_LINES);

      out[0][f] += 0.4F * (values[0] - values[2] + values[4] - values[6]);
      out[1][f] += 0.4F * (values[1] - values[3] + values[5] - values[7]);
    }
}
