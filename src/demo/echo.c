/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/echo.h"

#define CHORUS_MS   11.0F /* in the middle of its sway */
#define CHORUS_SWAY 3.2F  /* ms, either way */
#define CHORUS_HZ   0.55F
#define MAX_ECHO_S  2.0F

void
gm_echo_init (GmEcho *self, float seconds, float feedback)
{
  *self = (GmEcho){ .frames = (guint) (MIN (seconds, MAX_ECHO_S) * GM_DSP_RATE),
                    .feedback = feedback,
                    .low = gm_dsp_filter_tune (3200, 0.7F),
                    .high = gm_dsp_filter_tune (320, 0.7F) };
  for (guint c = 0; c < 2; c++)
    gm_delay_init (&self->lines[c], self->frames);
}

void
gm_echo_clear (GmEcho *self)
{
  for (guint c = 0; c < 2; c++)
    gm_delay_clear (&self->lines[c]);
}

void
gm_echo_add (GmEcho *self, float *const in[2], float *const out[2])
{
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float band;
      float left = gm_delay_read (&self->lines[0], self->frames);
      float right = gm_delay_read (&self->lines[1], self->frames);
      float back = gm_dsp_filter_low (&self->lows[0], &self->low, right, &band);

      back = gm_dsp_filter_high (&self->highs[0], &self->high, back);
      gm_delay_write (&self->lines[0], (in[0][i] + in[1][i]) / 2 + self->feedback * back);
      gm_delay_write (&self->lines[1], left * 0.85F);
      out[0][i] += left;
      out[1][i] += right;
    }
}

void
gm_echo_chorus_init (GmEchoChorus *self)
{
  self->sway = 0;
  for (guint c = 0; c < 2; c++)
    gm_delay_init (&self->lines[c], (guint) ((CHORUS_MS + CHORUS_SWAY) * GM_DSP_RATE / 1000) + 2);
}

void
gm_echo_chorus_clear (GmEchoChorus *self)
{
  for (guint c = 0; c < 2; c++)
    gm_delay_clear (&self->lines[c]);
}

static float
chorus_frames (float sway, guint c)
{
  float side = gm_dsp_sine (gm_dsp_wrap (sway + 0.25F * (float) c));

  return (CHORUS_MS + CHORUS_SWAY * side) * GM_DSP_RATE / 1000;
}

void
gm_echo_chorus_run (GmEchoChorus *self, float wet, float *const samples[2])
{
  float before = self->sway;

  self->sway = gm_dsp_wrap (before + CHORUS_HZ * GM_DSP_BLOCK / GM_DSP_RATE);
  for (guint c = 0; c < 2; c++)
    {
      float frames = chorus_frames (before, c);
      float change = (chorus_frames (self->sway, c) - frames) / GM_DSP_BLOCK;

      for (guint i = 0; i < GM_DSP_BLOCK; i++, frames += change)
        {
          gm_delay_write (&self->lines[c], samples[c][i]);
          samples[c][i] = samples[c][i] * (1 - 0.35F * wet) +
                          0.6F * wet * gm_delay_read_between (&self->lines[c], frames);
        }
    }
}
