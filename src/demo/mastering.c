/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/mastering.h"

#include "demo/dsp-filter.h"
#include "media/loudness.h"

#define RUMBLE_HZ        24
#define LOOK_AHEAD       132 /* frames: 3 ms, in which the limiter gets ready for a peak */
#define RECOVER_S        0.12F
#define LOUDEST_GAIN_CDB 3000 /* silence stays silence */

static void
cut_rumble (GmSynthSound *sound)
{
  const GmDspTuning tuning = gm_dsp_filter_tune (RUMBLE_HZ, 0.7F);
  GmDspFilter filters[2] = { 0 };

  for (gsize i = 0; i < 2 * sound->n_frames; i++)
    sound->frames[i] = gm_dsp_filter_high (&filters[i % 2], &tuning, sound->frames[i]);
}

static gboolean
gain_for (const GmSynthSound *sound, float *gain, GError **error)
{
  const GmFrames frames = { sound->frames, sound->n_frames, GM_DSP_RATE, 2 };
  g_autoptr (GmLoudness) loudness = gm_loudness_new (GM_DSP_RATE, 2, GM_LOUDNESS_FAST, error);

  if (loudness == NULL || !gm_loudness_add (loudness, &frames, error))
    return FALSE;

  *gain = gm_dsp_gain (
      MIN (GM_MASTERING_CLUFS - gm_loudness_integrated (loudness), LOUDEST_GAIN_CDB) / 100.0F);
  return TRUE;
}

/* For each frame the least that any of the frames in sight may have. */
static float *
dup_limits (const GmSynthSound *sound, float gain, float ceiling)
{
  float *limits = g_new (float, sound->n_frames);

  for (gsize i = 0; i < sound->n_frames; i++)
    {
      float peak = gain * MAX (fabsf (sound->frames[2 * i]), fabsf (sound->frames[2 * i + 1]));
      gsize from = i >= LOOK_AHEAD ? i - LOOK_AHEAD + 1 : 0;

      limits[i] = 1;
      for (gsize k = from; peak > ceiling && k <= i; k++)
        limits[k] = MIN (limits[k], ceiling / peak);
    }

  return limits;
}

/* Down at once and slowly up, then the mean of what was in sight: the mean of limits that all know
 * of a peak is low enough for it, and has no corner. */
static void
smooth (float *limits, gsize n)
{
  const float recover = 1 - expf (-3 / (RECOVER_S * GM_DSP_RATE));
  float seen[LOOK_AHEAD];
  float now = n > 0 ? limits[0] : 1; /* before the first frame it was seen as well */
  double sum = LOOK_AHEAD * (double) now;

  for (guint i = 0; i < LOOK_AHEAD; i++)
    seen[i] = now;
  for (gsize i = 0; i < n; i++)
    {
      now = MIN (limits[i], now + recover * (1 - now));
      sum += (double) now - (double) seen[i % LOOK_AHEAD];
      seen[i % LOOK_AHEAD] = now;
      limits[i] = (float) (sum / LOOK_AHEAD);
    }
}

/* Triangular dither: what is lost below a bit becomes quiet noise instead of distortion. */
static gint16
quantize (float value, guint32 *noise)
{
  float dither = (gm_dsp_noise (noise) + gm_dsp_noise (noise)) / 2;

  return (gint16) CLAMP (lrintf (value * G_MAXINT16 + dither), G_MININT16, G_MAXINT16);
}

GBytes *
gm_mastering_run (GmSynthSound *sound, GError **error)
{
  const float ceiling = gm_dsp_gain (GM_MASTERING_CDB / 100.0F);
  g_autofree float *limits = NULL;
  gint16 *out;
  guint32 noise = 1;
  float gain;

  cut_rumble (sound);
  if (!gain_for (sound, &gain, error))
    return NULL;

  limits = dup_limits (sound, gain, ceiling);
  smooth (limits, sound->n_frames);
  out = g_new (gint16, 2 * sound->n_frames);
  for (gsize i = 0; i < 2 * sound->n_frames; i++)
    out[i] = quantize (gain * limits[i / 2] * sound->frames[i], &noise);

  return g_bytes_new_take (out, 2 * sound->n_frames * sizeof (gint16));
}
