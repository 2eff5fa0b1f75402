/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/waveform.h"

#include <math.h>
#include <string.h>

#define N_BUCKETS 4096

struct _GmWaveform
{
  float peaks[N_BUCKETS];
  guint n_full;       /* buckets that will not change */
  guint64 per_bucket; /* frames */
  guint64 in_bucket;  /* frames in the one after @n_full */
};

GmWaveform *
gm_waveform_new (void)
{
  GmWaveform *self = g_new0 (GmWaveform, 1);

  self->per_bucket = 1;
  return self;
}

void
gm_waveform_free (GmWaveform *self)
{
  g_free (self);
}

static void
merge_neighbors (GmWaveform *self)
{
  for (guint i = 0; i < N_BUCKETS / 2; i++)
    self->peaks[i] = MAX (self->peaks[2 * i], self->peaks[2 * i + 1]);

  memset (self->peaks + N_BUCKETS / 2, 0, sizeof self->peaks / 2);
  self->n_full = N_BUCKETS / 2;
  self->per_bucket *= 2;
}

void
gm_waveform_add (GmWaveform *self, const GmFrames *frames)
{
  const float *sample = frames->samples;

  for (gsize i = 0; i < frames->n_frames; i++)
    {
      float peak = 0;

      for (guint c = 0; c < frames->channels; c++)
        {
          float size = fabsf (*sample++);

          peak = size > peak ? size : peak; /* a NaN loses every comparison */
        }

      self->peaks[self->n_full] = MAX (self->peaks[self->n_full], peak);
      if (++self->in_bucket < self->per_bucket)
        continue;

      self->in_bucket = 0;
      if (++self->n_full == N_BUCKETS)
        merge_neighbors (self);
    }
}

GBytes *
gm_waveform_dup_bins (GmWaveform *self, guint n_bins)
{
  guint8 *bins = g_malloc0 (n_bins);
  guint n_used = self->n_full + (self->in_bucket > 0);

  for (guint i = 0; i < n_bins && n_used > 0; i++)
    {
      guint from = i * n_used / n_bins;
      guint to = MAX ((i + 1) * n_used / n_bins, from + 1);
      float peak = 0;

      for (guint k = from; k < to; k++)
        peak = MAX (peak, self->peaks[k]);
      bins[i] = (guint8) lroundf (MIN (peak, 1.0F) * 255);
    }

  return g_bytes_new_take (bins, n_bins);
}
