/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tempo.h"

#include <math.h>

#include "tests/media/sounds.h"

#define PIECE 4410

static void
add (GmTempo *tempo,
     guint rate,
     double seconds,
     float (*shape) (double t, gpointer data),
     gpointer data)
{
  float samples[PIECE];
  const guint n = (guint) (seconds * rate);

  for (guint at = 0; at < n; at += PIECE)
    {
      const GmFrames frames = { samples, MIN (PIECE, n - at), rate, 1 };

      for (guint i = 0; i < frames.n_frames; i++)
        samples[i] = shape ((double) (at + i) / rate, data);
      gm_tempo_add (tempo, &frames);
    }
}

/* A decaying 1.5 kHz tick each beat. */
static float
click (double t, gpointer data)
{
  double beat = 60 / *(double *) data;
  double since = fmod (t, beat);

  return (float) (0.5 * exp (-since * 60) * sin (2 * G_PI * 1500 * since));
}

static void
test_click_tracks (void)
{
  static const double tempi[] = { 62, 75.5, 90, 100, 120, 128, 140, 174, 180 };
  static const guint rates[] = { 44100, 48000, 22050 };

  for (guint i = 0; i < G_N_ELEMENTS (tempi); i++)
    {
      guint rate = rates[i % G_N_ELEMENTS (rates)];
      g_autoptr (GmTempo) tempo = gm_tempo_new (rate);
      double bpm = tempi[i];
      GmTempoGuess guess;

      add (tempo, rate, 30, click, &bpm);
      gm_tempo_guess (tempo, &guess);
      g_test_message ("%.1f: %.2f, %d %% sure", bpm, (double) guess.centi_bpm / 100,
                      (int) guess.bpm_confidence);
      g_assert_cmpfloat_with_epsilon ((double) guess.centi_bpm / 100, bpm, bpm * 0.01);
      g_assert_cmpint (guess.bpm_confidence, >=, 50);
    }
}

static float
noise (double t, gpointer data)
{
  return gm_sound_noise ((guint64) (t * 44100 + 0.5), 0, 44100);
}

static float
silence (double t, gpointer data)
{
  return 0;
}

static void
test_no_beat_no_guess (void)
{
  float (*shapes[]) (double, gpointer) = { noise, silence };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GmTempo) tempo = gm_tempo_new (44100);
      GmTempoGuess guess;

      add (tempo, 44100, 20, shapes[i], NULL);
      gm_tempo_guess (tempo, &guess);
      g_assert_cmpint (guess.centi_bpm, ==, 0);
      g_assert_cmpint (guess.bpm_confidence, <, 20);
      g_assert_cmpstr (guess.key_sig, ==, "");
    }
}

/* Triads of four harmonics, one second each; -1 ends. */
typedef struct
{
  int chords[4][3]; /* MIDI notes */
} Song;

static float
chords (double t, gpointer data)
{
  const Song *song = data;
  const int *chord = song->chords[(guint) t % 4];
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    for (guint h = 1; h <= 4; h++)
      sum += sin (2 * G_PI * h * 440 * pow (2, (chord[i] - 69) / 12.0) * t) / h;

  return (float) (sum * 0.1);
}

static void
test_keys (void)
{
  static const struct
  {
    const char *key;
    Song song;
  } songs[] = {
    { "C", { { { 60, 64, 67 }, { 65, 69, 72 }, { 67, 71, 74 }, { 60, 64, 67 } } } },
    { "Am", { { { 57, 60, 64 }, { 62, 65, 69 }, { 64, 68, 71 }, { 57, 60, 64 } } } },
    { "F#", { { { 66, 70, 73 }, { 71, 75, 78 }, { 61, 65, 68 }, { 66, 70, 73 } } } },
    { "Ebm", { { { 63, 66, 70 }, { 68, 71, 75 }, { 70, 74, 77 }, { 63, 66, 70 } } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (songs); i++)
    {
      g_autoptr (GmTempo) tempo = gm_tempo_new (44100);
      Song song = songs[i].song;
      GmTempoGuess guess;

      add (tempo, 44100, 16, chords, &song);
      gm_tempo_guess (tempo, &guess);
      g_test_message ("%s: %s, %d %% sure", songs[i].key, guess.key_sig,
                      (int) guess.key_confidence);
      g_assert_cmpstr (guess.key_sig, ==, songs[i].key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tempo/click-tracks-within-one-percent", test_click_tracks);
  g_test_add_func ("/tempo/no-beat-no-guess", test_no_beat_no_guess);
  g_test_add_func ("/tempo/chords-tell-their-key", test_keys);
  return g_test_run ();
}
