/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/loudness.h"

#include <ebur128.h>
#include <math.h>

#include "base/error.h"

struct _GmLoudness
{
  ebur128_state *state;
  GmLoudnessMode mode;
  guint in_second;                           /* frames since the last full second */
  double energy[GM_LOUDNESS_WINDOW_SECONDS]; /* of each of the last seconds, linear */
  double sum;                                /* of @energy */
  double best;
  guint seconds;
  guint best_second;
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
  if (self->state == NULL || ebur128_set_max_window (self->state, 1000) == EBUR128_ERROR_NOMEM)
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
end_second (GmLoudness *self)
{
  double lufs = -HUGE_VAL;
  double energy;
  guint slot = self->seconds % GM_LOUDNESS_WINDOW_SECONDS;

  ebur128_loudness_window (self->state, 1000, &lufs);
  energy = isfinite (lufs) ? pow (10, lufs / 10) : 0;
  self->sum += energy - self->energy[slot];
  self->energy[slot] = energy;
  self->seconds++;

  if (self->seconds >= GM_LOUDNESS_WINDOW_SECONDS && self->sum > self->best * 1.0001)
    {
      self->best = self->sum;
      self->best_second = self->seconds - GM_LOUDNESS_WINDOW_SECONDS;
    }
}

gboolean
gm_loudness_add (GmLoudness *self, const GmFrames *frames, GError **error)
{
  gsize done = 0;

  while (done < frames->n_frames)
    {
      gsize n = MIN (frames->n_frames - done, frames->rate - self->in_second);

      if (ebur128_add_frames_float (self->state, frames->samples + done * frames->channels, n) !=
          EBUR128_SUCCESS)
        return gm_fail (error, GM_ERROR_BUG, "loudness: out of memory");

      done += n;
      self->in_second += (guint) n;
      if (self->in_second == frames->rate)
        {
          self->in_second = 0;
          end_second (self);
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
  return (gint64) self->best_second * 1000;
}
