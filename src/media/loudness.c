/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/loudness.h"

#include <ebur128.h>
#include <math.h>

#include "base/error.h"

/* Momentary loudness looks 400 ms back (EBU Tech 3341), so steps of that length meet gaplessly.
 * Longer windows would do, but ebur128_set_max_window() of 1.2.6 takes 700 MB for one second. */
#define STEP_MS      400
#define WINDOW_STEPS (GM_LOUDNESS_WINDOW_SECONDS * 1000 / STEP_MS)

struct _GmLoudness
{
  ebur128_state *state;
  GmLoudnessMode mode;
  guint in_step;               /* frames since the last full step */
  double energy[WINDOW_STEPS]; /* of each of the last steps, linear */
  double sum;                  /* of @energy */
  double best;
  guint steps;
  guint best_step;
};

GmLoudness *
gm_loudness_new (guint rate, guint channels, GmLoudnessMode mode, GError **error)
{
  int flags = EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM |
              (mode == GM_LOUDNESS_EXACT ? EBUR128_MODE_TRUE_PEAK : EBUR128_MODE_SAMPLE_PEAK);
  g_autoptr (GmLoudness) self = g_new0 (GmLoudness, 1);

  self->mode = mode;
  self->best = -1;
  self->state = ebur128_init (channels, rate, flags);
  if (self->state == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "loudness of %u channels at %u Hz", channels,
                         rate);

  return g_steal_pointer (&self);
}

void
gm_loudness_free (GmLoudness *self)
{
  if (self == NULL)
    return;

  if (self->state != NULL)
    ebur128_destroy (&self->state);
  g_free (self);
}

static void
end_step (GmLoudness *self)
{
  double lufs = -HUGE_VAL;
  double energy;
  guint slot = self->steps % WINDOW_STEPS;

  ebur128_loudness_momentary (self->state, &lufs);
  energy = isfinite (lufs) ? pow (10, lufs / 10) : 0;
  self->sum += energy - self->energy[slot];
  self->energy[slot] = energy;
  self->steps++;

  if (self->steps >= WINDOW_STEPS && self->sum > self->best * 1.0001)
    {
      self->best = self->sum;
      self->best_step = self->steps - WINDOW_STEPS;
    }
}

gboolean
gm_loudness_add (GmLoudness *self, const GmFrames *frames, GError **error)
{
  const guint step = (guint) ((guint64) frames->rate * STEP_MS / 1000);
  gsize done = 0;

  while (done < frames->n_frames)
    {
      gsize n = MIN (frames->n_frames - done, step - self->in_step);

      if (ebur128_add_frames_float (self->state, frames->samples + done * frames->channels, n) !=
          EBUR128_SUCCESS)
        return gm_fail (error, GM_ERROR_BUG, "loudness: out of memory");

      done += n;
      self->in_step += (guint) n;
      if (self->in_step == step)
        {
          self->in_step = 0;
          end_step (self);
        }
    }

  return TRUE;
}

gint64
gm_loudness_integrated (GmLoudness *self)
{
  double lufs = -HUGE_VAL;

  ebur128_loudness_global (self->state, &lufs);
  return isfinite (lufs) ? MAX (llround (lufs * 100), GM_LOUDNESS_SILENT_CENTI)
                         : GM_LOUDNESS_SILENT_CENTI;
}

gint64
gm_loudness_peak (GmLoudness *self)
{
  double highest = 0;

  for (guint i = 0; i < self->state->channels; i++)
    {
      double peak = 0;

      if (self->mode == GM_LOUDNESS_EXACT)
        ebur128_true_peak (self->state, i, &peak);
      else
        ebur128_sample_peak (self->state, i, &peak);
      highest = MAX (highest, peak);
    }

  return highest > 1e-5 ? llround (2000 * log10 (highest)) : -10000;
}

gint64
gm_loudness_window_ms (GmLoudness *self)
{
  return (gint64) self->best_step * STEP_MS;
}
