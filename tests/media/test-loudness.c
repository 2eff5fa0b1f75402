/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/loudness.h"

#include <math.h>

/* EBU Tech 3341, table 1: stereo 1 kHz sines, so and so loud for so many seconds. */
static const struct
{
  guint n_parts;
  struct
  {
    double dbfs;
    double seconds;
  } parts[5];
  gint64 clufs;
} cases[] = {
  { 1, { { -23, 20 } }, -2300 },
  { 1, { { -33, 20 } }, -3300 },
  { 3, { { -36, 10 }, { -23, 60 }, { -36, 10 } }, -2300 },
  { 5, { { -72, 10 }, { -36, 10 }, { -23, 60 }, { -36, 10 }, { -72, 10 } }, -2300 },
  { 3, { { -26, 20 }, { -20, 20.1 }, { -26, 20 } }, -2300 },
};

static void
add_sine (GmLoudness *loudness, guint rate, double dbfs, double seconds)
{
  guint n = (guint) lround (seconds * rate);
  g_autofree float *samples = g_new (float, n * 2);
  const GmFrames frames = { samples, n, rate, 2 };

  for (guint i = 0; i < n * 2; i++)
    samples[i] = (float) (pow (10, dbfs / 20) * sin (2 * G_PI * 1000 * (i / 2) / rate));
  g_assert_true (gm_loudness_add (loudness, &frames, NULL));
}

static void
test_ebu_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmLoudness) loudness = gm_loudness_new (48000, 2, GM_LOUDNESS_FAST, NULL);

      for (guint k = 0; k < cases[i].n_parts; k++)
        add_sine (loudness, 48000, cases[i].parts[k].dbfs, cases[i].parts[k].seconds);
      g_assert_cmpint (ABS (gm_loudness_integrated (loudness) - cases[i].clufs), <=, 10);
    }
}

/* A sine at a quarter of the rate, 45° off: its samples miss its top by 3 dB. */
static void
test_true_peak (void)
{
  float samples[2 * 9600];
  const GmFrames frames = { samples, 9600, 48000, 2 };
  g_autoptr (GmLoudness) fast = gm_loudness_new (48000, 2, GM_LOUDNESS_FAST, NULL);
  g_autoptr (GmLoudness) exact = gm_loudness_new (48000, 2, GM_LOUDNESS_EXACT, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = 0.5F * sinf ((float) G_PI / 2 * (float) (i / 2) + (float) G_PI / 4);
  g_assert_true (gm_loudness_add (fast, &frames, NULL));
  g_assert_true (gm_loudness_add (exact, &frames, NULL));
  g_assert_cmpint (ABS (gm_loudness_peak (fast) + 903), <=, 2);
  g_assert_cmpint (ABS (gm_loudness_peak (exact) + 602), <=, 40);
}

static void
test_silence (void)
{
  float samples[2 * 48000] = { 0 };
  const GmFrames frames = { samples, 48000, 48000, 2 };
  g_autoptr (GmLoudness) loudness = gm_loudness_new (48000, 2, GM_LOUDNESS_EXACT, NULL);

  g_assert_cmpint (gm_loudness_integrated (loudness), ==, GM_LOUDNESS_SILENT_CENTI);
  g_assert_true (gm_loudness_add (loudness, &frames, NULL));
  g_assert_cmpint (gm_loudness_integrated (loudness), ==, GM_LOUDNESS_SILENT_CENTI);
  g_assert_cmpint (gm_loudness_peak (loudness), <=, -9000);
  g_assert_cmpint (gm_loudness_window_ms (loudness), ==, 0);
}

static void
test_window (void)
{
  g_autoptr (GmLoudness) loudness = gm_loudness_new (44100, 2, GM_LOUDNESS_FAST, NULL);

  add_sine (loudness, 44100, -30, 40);
  add_sine (loudness, 44100, -20, 31);
  add_sine (loudness, 44100, -30, 40);
  g_assert_cmpint (gm_loudness_window_ms (loudness), >=, 39600);
  g_assert_cmpint (gm_loudness_window_ms (loudness), <=, 41200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loudness/agrees-with-ebu-signals", test_ebu_signals);
  g_test_add_func ("/loudness/true-peak-lies-between-samples", test_true_peak);
  g_test_add_func ("/loudness/silence-has-a-floor", test_silence);
  g_test_add_func ("/loudness/window-is-the-loudest", test_window);
  return g_test_run ();
}
