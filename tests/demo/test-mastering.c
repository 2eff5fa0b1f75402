/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/mastering.h"

#include <math.h>
#include <stdlib.h>

#include "demo/dsp.h"
#include "media/loudness.h"

#define N (6 * GM_DSP_RATE)

typedef struct
{
  double peak; /* 1 is full scale */
  double lufs;
} Measured;

/* A tone under ticks that are ten times as high. */
static GmSynthSound *
sound_of (float tone, float tick)
{
  GmSynthSound *sound = g_new0 (GmSynthSound, 1);

  sound->n_frames = N;
  sound->frames = g_new (float, 2 * N);
  for (guint i = 0; i < 2 * N; i++)
    {
      float t = (float) (i / 2) / GM_DSP_RATE;
      float since = fmodf (t, 0.5F);

      sound->frames[i] = tone * sinf (2 * (float) G_PI * 440 * t) +
                         tick * expf (-since * 400) * sinf (2 * (float) G_PI * 1900 * since);
    }
  return sound;
}

static Measured
master (GmSynthSound *sound)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = gm_mastering_run (sound, &error);
  g_autoptr (GmLoudness) loudness = gm_loudness_new (GM_DSP_RATE, 2, GM_LOUDNESS_FAST, NULL);
  g_autofree float *samples = g_new (float, 2 * N);
  const gint16 *out;
  gsize length;
  Measured measured = { 0 };

  g_assert_no_error (error);
  out = g_bytes_get_data (bytes, &length);
  g_assert_cmpuint (length, ==, 2 * N * sizeof (gint16));
  for (guint i = 0; i < 2 * N; i++)
    {
      samples[i] = out[i] / 32768.0F;
      measured.peak = MAX (measured.peak, fabs ((double) samples[i]));
    }
  g_assert_true (gm_loudness_add (loudness, &(GmFrames){ samples, N, GM_DSP_RATE, 2 }, NULL));
  measured.lufs = (double) gm_loudness_integrated (loudness) / 100;
  gm_synth_sound_free (sound);
  return measured;
}

static void
test_quiet_and_loud_mixes_end_equally_loud (void)
{
  Measured quiet = master (sound_of (0.01F, 0));
  Measured loud = master (sound_of (3, 0));

  g_assert_cmpfloat (fabs (quiet.lufs + 14), <, 0.1);
  g_assert_cmpfloat (fabs (loud.lufs + 14), <, 0.1);
}

static void
test_no_sample_is_over_the_ceiling (void)
{
  Measured spiky = master (sound_of (0.02F, 2));
  Measured hard = master (sound_of (0.1F, 4));

  g_assert_cmpfloat (spiky.peak, <=, pow (10, -1.0 / 20));
  g_assert_cmpfloat (hard.peak, <=, pow (10, -1.0 / 20));
  g_assert_cmpfloat (hard.peak, >, 0.5);
}

static void
test_silence_stays_silent (void)
{
  Measured silence = master (sound_of (0, 0));

  g_assert_cmpfloat (silence.peak, <, 3 / 32768.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mastering/quiet-and-loud-mixes-end-equally-loud",
                   test_quiet_and_loud_mixes_end_equally_loud);
  g_test_add_func ("/mastering/no-sample-is-over-the-ceiling", test_no_sample_is_over_the_ceiling);
  g_test_add_func ("/mastering/silence-stays-silent", test_silence_stays_silent);
  return g_test_run ();
}
