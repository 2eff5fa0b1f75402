/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/voice.h"

#include <string.h>

#define SECONDS 2
#define N       (SECONDS * GM_DSP_RATE / GM_DSP_BLOCK * GM_DSP_BLOCK)

static void
sound (const GmPatch *patch, float pitch, float key_down_s, float *out)
{
  g_autofree GmVoice *voice = g_new0 (GmVoice, 1);
  GmDice dice = gm_dice_new (1, "test");
  const GmVoiceNote note = { .pitch = pitch,
                             .velocity = 0.75F,
                             .blocks = (guint) (key_down_s * GM_DSP_RATE / GM_DSP_BLOCK) };

  memset (out, 0, N * sizeof (float));
  gm_voice_start (voice, patch, &note, &dice);
  for (guint at = 0; at < N && gm_voice_sounds (voice); at += GM_DSP_BLOCK)
    {
      float right[GM_DSP_BLOCK] = { 0 };

      gm_voice_render (voice, out + at, right);
    }
}

static double
correlation (const float *samples, guint n, double lag)
{
  guint whole = (guint) lag;
  double part = lag - whole;
  double ab = 0, aa = 0, bb = 0;

  for (guint i = 0; i < n; i++)
    {
      double other = samples[i + whole] * (1 - part) + samples[i + whole + 1] * part;

      ab += samples[i] * other;
      aa += samples[i] * samples[i];
      bb += other * other;
    }
  return ab / sqrt (aa * bb + 1e-20);
}

/* The period that fits best within a semitone, as cents off the right one. */
static double
cents_off (const float *samples, guint n, double period)
{
  double best = -1, at = 0;

  for (double cents = -100; cents <= 100; cents += 2)
    {
      /* over several periods a small difference is easy to see */
      double fit = correlation (samples, n, 4 * period * exp2 (-cents / 1200));

      if (fit > best)
        {
          best = fit;
          at = cents;
        }
    }
  return at;
}

/* Bells are out of tune with themselves on purpose; wind has no pitch. */
static gboolean
has_pitch (const GmPatch *patch)
{
  static const char *const without[] = { "bell", "riser", "fall", NULL };

  return !g_strv_contains (without, patch->name);
}

static void
test_every_instrument_is_in_tune (void)
{
  guint n;
  const GmPatch *patches = gm_patch_all (&n);
  g_autofree float *out = g_new (float, N);

  for (guint i = 0; i < n; i++)
    {
      double cents;

      if (!has_pitch (&patches[i]))
        continue;
      sound (&patches[i], 57, SECONDS, out);
      cents = cents_off (out + GM_DSP_RATE / 5, GM_DSP_RATE / 5, GM_DSP_RATE / 220.0);
      g_test_message ("%s: %g cents", patches[i].name, cents);
      g_assert_cmpfloat (fabs (cents), <=, 14);
    }
}

static void
test_every_instrument_sounds_and_falls_silent (void)
{
  guint n;
  const GmPatch *patches = gm_patch_all (&n);
  g_autofree float *out = g_new (float, N);

  for (guint i = 0; i < n; i++)
    {
      float peak = 0;

      sound (&patches[i], 60, 0.4F, out);
      for (guint k = 0; k < N; k++)
        {
          g_assert_true (isfinite (out[k]));
          peak = MAX (peak, fabsf (out[k]));
        }
      g_test_message ("%s: %g", patches[i].name, peak);
      g_assert_cmpfloat (peak, >, 0.005);
      g_assert_cmpfloat (peak, <, 1.5);
    }
}

static void
test_a_choked_voice_ends_at_once (void)
{
  g_autofree GmVoice *voice = g_new0 (GmVoice, 1);
  GmDice dice = gm_dice_new (1, "test");
  guint blocks = 0;

  gm_voice_start (voice, gm_patch_find ("strings"), &(GmVoiceNote){ 60, 0, 0.75F, 10000 }, &dice);
  for (guint i = 0; i < 400; i++)
    {
      float left[GM_DSP_BLOCK] = { 0 }, right[GM_DSP_BLOCK] = { 0 };

      gm_voice_render (voice, left, right);
    }
  gm_voice_choke (voice);
  while (gm_voice_sounds (voice))
    {
      float left[GM_DSP_BLOCK] = { 0 }, right[GM_DSP_BLOCK] = { 0 };

      gm_voice_render (voice, left, right);
      g_assert_cmpuint (++blocks, <, 0.1 * GM_DSP_RATE / GM_DSP_BLOCK);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/every-instrument-is-in-tune", test_every_instrument_is_in_tune);
  g_test_add_func ("/voice/every-instrument-sounds-and-falls-silent",
                   test_every_instrument_sounds_and_falls_silent);
  g_test_add_func ("/voice/a-choked-voice-ends-at-once", test_a_choked_voice_ends_at_once);
  return g_test_run ();
}
