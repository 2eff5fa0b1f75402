/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tempo.h"

#include <gst/fft/gstfftf32.h>
#include <math.h>
#include <string.h>

#define ENVELOPE_HZ  100
#define MAX_ENVELOPE (5 * 60 * ENVELOPE_HZ)
#define SLOWEST_BPM  60
#define FASTEST_BPM  200
#define MULTIPLES    8     /* of the beat that must correlate too */
#define LOWEST_HZ    110.0 /* of the chroma: below it a semitone is narrower than a bin */
#define HIGHEST_HZ   2100.0
#define SURE_BPM     20 /* percent; below it there is no beat */
#define SURE_KEY     10

struct _GmTempo
{
  guint rate;
  guint hop;       /* frames per envelope value */
  guint flux_size; /* FFT lengths */
  guint chroma_size;
  guint chroma_every; /* hops */
  float *ring;        /* the last @chroma_size samples, as one channel */
  guint ring_at;
  guint in_hop;
  float *window; /* work space of @chroma_size */
  GstFFTF32 *flux_fft;
  GstFFTF32 *chroma_fft;
  float *flux_shape; /* Hann's window of either length: making it anew costs as much as the rest */
  float *chroma_shape;
  GstFFTF32Complex *bins;
  float *magnitudes; /* of the hop before, log */
  float *envelope;
  guint n_envelope;
  double chroma[12];
};

static float *
dup_shape (GstFFTF32 *fft, guint size)
{
  float *shape = g_new (float, size);

  for (guint i = 0; i < size; i++)
    shape[i] = 1;
  gst_fft_f32_window (fft, shape, GST_FFT_WINDOW_HANN);
  return shape;
}

GmTempo *
gm_tempo_new (guint rate)
{
  GmTempo *self = g_new0 (GmTempo, 1);

  self->rate = rate;
  self->hop = MAX (rate / ENVELOPE_HZ, 1);
  self->flux_size = (guint) gst_fft_next_fast_length ((gint) MAX (rate / 22, 64));
  self->chroma_size = (guint) gst_fft_next_fast_length ((gint) MAX (rate / 5, 64));
  self->chroma_every = 10;
  self->ring = g_new0 (float, self->chroma_size);
  self->window = g_new0 (float, self->chroma_size);
  self->flux_fft = gst_fft_f32_new ((gint) self->flux_size, FALSE);
  self->chroma_fft = gst_fft_f32_new ((gint) self->chroma_size, FALSE);
  self->flux_shape = dup_shape (self->flux_fft, self->flux_size);
  self->chroma_shape = dup_shape (self->chroma_fft, self->chroma_size);
  self->bins = g_new0 (GstFFTF32Complex, self->chroma_size / 2 + 1);
  self->magnitudes = g_new0 (float, self->flux_size / 2 + 1);
  self->envelope = g_new0 (float, MAX_ENVELOPE);
  return self;
}

void
gm_tempo_free (GmTempo *self)
{
  if (self == NULL)
    return;

  gst_fft_f32_free (self->flux_fft);
  gst_fft_f32_free (self->chroma_fft);
  g_free (self->flux_shape);
  g_free (self->chroma_shape);
  g_free (self->ring);
  g_free (self->window);
  g_free (self->bins);
  g_free (self->magnitudes);
  g_free (self->envelope);
  g_free (self);
}

/* The newest @size samples, in order, through a window. */
static void
unroll (GmTempo *self, guint size, const float *shape)
{
  guint from = (self->ring_at + self->chroma_size - size) % self->chroma_size;
  guint first = MIN (size, self->chroma_size - from);

  memcpy (self->window, self->ring + from, first * sizeof (float));
  memcpy (self->window + first, self->ring, (size - first) * sizeof (float));
  for (guint i = 0; i < size; i++)
    self->window[i] *= shape[i];
}

static float
add_flux (GmTempo *self)
{
  float flux = 0;

  unroll (self, self->flux_size, self->flux_shape);
  gst_fft_f32_fft (self->flux_fft, self->window, self->bins);

  for (guint i = 1; i <= self->flux_size / 2; i++)
    {
      float now = log1pf (hypotf (self->bins[i].r, self->bins[i].i));

      flux += MAX (now - self->magnitudes[i], 0.0F);
      self->magnitudes[i] = now;
    }

  return flux;
}

static void
add_chroma (GmTempo *self)
{
  double hz_per_bin = (double) self->rate / self->chroma_size;

  unroll (self, self->chroma_size, self->chroma_shape);
  gst_fft_f32_fft (self->chroma_fft, self->window, self->bins);

  for (guint i = (guint) (LOWEST_HZ / hz_per_bin) + 1;
       i < self->chroma_size / 2 && i * hz_per_bin < HIGHEST_HZ; i++)
    {
      double note = 69 + 12 * log2 (i * hz_per_bin / 440); /* MIDI number: A4 is 69 */

      self->chroma[((int) lround (note)) % 12] += hypot (self->bins[i].r, self->bins[i].i) /
                                                  sqrt (self->chroma_size);
    }
}

static void
end_hop (GmTempo *self)
{
  self->in_hop = 0;
  self->envelope[self->n_envelope++] = add_flux (self);
  if (self->n_envelope % self->chroma_every == 0)
    add_chroma (self);
}

void
gm_tempo_add (GmTempo *self, const GmFrames *frames)
{
  const float *sample = frames->samples;

  for (gsize i = 0; i < frames->n_frames && self->n_envelope < MAX_ENVELOPE; i++)
    {
      float sum = 0;

      for (guint c = 0; c < frames->channels; c++)
        sum += *sample++;

      self->ring[self->ring_at] = isfinite (sum) ? sum / (float) frames->channels : 0;
      self->ring_at = (self->ring_at + 1) % self->chroma_size;
      if (++self->in_hop == self->hop)
        end_hop (self);
    }
}

/* Smoothed by a small bell and free of its mean, so that silence correlates with nothing. */
static float *
dup_even_envelope (GmTempo *self)
{
  static const float bell[5] = { 0.06F, 0.24F, 0.4F, 0.24F, 0.06F };
  float *even = g_new0 (float, self->n_envelope);
  double mean = 0;

  for (guint i = 0; i < self->n_envelope; i++)
    {
      for (int k = -2; k <= 2; k++)
        if ((int) i + k >= 0 && i + (guint) (k + 2) < self->n_envelope + 2)
          even[i] += bell[k + 2] * self->envelope[(int) i + k];
      mean += even[i];
    }
  for (guint i = 0; i < self->n_envelope; i++)
    even[i] -= (float) (mean / self->n_envelope);

  return even;
}

/* Normalized: 1 at lag 0. */
static double *
dup_correlation (const float *values, guint n_values, guint n_lags)
{
  double *out = g_new0 (double, n_lags);

  for (guint lag = 0; lag < n_lags; lag++)
    {
      double sum = 0;

      for (guint i = 0; i + lag < n_values; i++)
        sum += (double) values[i] * values[i + lag];
      out[lag] = sum / (n_values - lag);
    }
  for (guint lag = n_lags; lag-- > 0;)
    out[lag] = out[0] > 0 ? out[lag] / out[0] : 0;

  return out;
}

static double
score_of (const double *correlation, guint n_lags, double bpm)
{
  double beat = 60.0 * ENVELOPE_HZ / bpm;
  double sum = 0;
  guint n = 0;

  for (guint k = 1; k <= MULTIPLES && k * beat + 1 < n_lags; k++, n++)
    {
      guint lag = (guint) (k * beat);
      double part = k * beat - lag;

      sum += correlation[lag] * (1 - part) + correlation[lag + 1] * part;
    }

  return n > 0 ? sum / n : 0;
}

static double
best_tempo (const double *correlation, guint n_lags, double from, double to, double *score)
{
  double best = from;

  *score = -1;
  for (double bpm = from; bpm <= to; bpm *= 1.0005)
    {
      double here = score_of (correlation, n_lags, bpm);

      if (here > *score)
        {
          *score = here;
          best = bpm;
        }
    }

  return best;
}

/* Twice as slow fits every steady beat as well: the faster one wins when it fits nearly as well. */
static void
guess_bpm (GmTempo *self, GmTempoGuess *out)
{
  g_autofree float *even = NULL;
  g_autofree double *correlation = NULL;
  guint n_lags = MIN (self->n_envelope / 2, (MULTIPLES + 1) * 60 * ENVELOPE_HZ / SLOWEST_BPM);
  double bpm, score;

  if (self->n_envelope < 4 * ENVELOPE_HZ)
    return;

  even = dup_even_envelope (self);
  correlation = dup_correlation (even, self->n_envelope, n_lags);
  bpm = best_tempo (correlation, n_lags, SLOWEST_BPM, FASTEST_BPM, &score);
  while (bpm * 2 <= FASTEST_BPM * 1.01)
    {
      double twice_score;
      double twice = best_tempo (correlation, n_lags, bpm * 1.98, bpm * 2.02, &twice_score);

      if (twice_score < score * 0.85)
        break;
      bpm = twice;
      score = twice_score;
    }

  out->bpm_confidence = CLAMP (llround (score * 130), 0, 100);
  out->centi_bpm = out->bpm_confidence >= SURE_BPM ? llround (bpm * 100) : 0;
}

/* Krumhansl, Cognitive Foundations of Musical Pitch, 1990, table 2.1. */
static const double profiles[2][12] = {
  { 6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88 },
  { 6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17 },
};

static double
correlate (const double *chroma, const double *profile, guint tonic)
{
  double a = 0, b = 0, ab = 0, aa = 0, bb = 0;

  for (guint i = 0; i < 12; i++)
    {
      a += chroma[i] / 12;
      b += profile[i] / 12;
    }
  for (guint i = 0; i < 12; i++)
    {
      double x = chroma[(tonic + i) % 12] - a;
      double y = profile[i] - b;

      ab += x * y;
      aa += x * x;
      bb += y * y;
    }

  return aa > 0 ? ab / sqrt (aa * bb) : 0;
}

static void
guess_key (GmTempo *self, GmTempoGuess *out)
{
  static const char *const names[12] = { "C",  "C#", "D",  "Eb", "E",  "F",
                                         "F#", "G",  "Ab", "A",  "Bb", "B" };
  double best = 0, second = 0;
  guint tonic = 0, mode = 0;

  for (guint i = 0; i < 24; i++)
    {
      double fit = correlate (self->chroma, profiles[i / 12], i % 12);

      if (fit > best)
        {
          second = best;
          best = fit;
          tonic = i % 12;
          mode = i / 12;
        }
      else
        second = MAX (second, fit);
    }

  out->key_confidence = best < 0.5 ? 0 : CLAMP (llround ((best - second) * 500 * best), 0, 100);
  if (out->key_confidence >= SURE_KEY)
    g_snprintf (out->key_sig, sizeof out->key_sig, "%s%s", names[tonic], mode == 1 ? "m" : "");
}

void
gm_tempo_guess (GmTempo *self, GmTempoGuess *out)
{
  memset (out, 0, sizeof *out);
  guess_bpm (self, out);
  guess_key (self, out);
}
