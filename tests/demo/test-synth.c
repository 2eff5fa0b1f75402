/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/synth.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "demo/dsp.h"
#include "demo/piece.h"

#define SECONDS 9

static const GmPiece *pieces;
static guint n_pieces;

static GmSynthSound *
play (const GmPiece *piece, guint parts)
{
  GmComposerAsk ask = piece->music;
  g_autoptr (GError) error = NULL;
  g_autoptr (GmScore) score = NULL;
  GmSynthSound *sound;

  ask.seconds = SECONDS;
  score = gm_composer_write (&ask);
  sound = gm_synth_play (score, parts, NULL, &error);
  g_assert_no_error (error);
  return sound;
}

static char *
dup_hash (const GmSynthSound *sound)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) sound->frames,
                                      2 * sound->n_frames * sizeof (float));
}

static double
energy (const GmSynthSound *sound)
{
  double sum = 0;

  for (gsize i = 0; i < 2 * sound->n_frames; i++)
    sum += (double) sound->frames[i] * (double) sound->frames[i];
  return sum / (2 * (double) sound->n_frames);
}

/* The first dozen has each genre once. */
static void
test_every_genre_plays_the_same_twice_and_not_as_another (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_pieces / 2; i++)
    {
      g_autoptr (GmSynthSound) sound = play (&pieces[i], GM_SYNTH_ALL);
      char *hash = dup_hash (sound);

      g_test_message ("%s: %g dB", pieces[i].music.genre, 10 * log10 (energy (sound)));
      for (gsize k = 0; k < 2 * sound->n_frames; k++)
        g_assert_true (isfinite (sound->frames[k]));
      g_assert_cmpfloat (energy (sound), >, 1e-4);
      if (i % 4 == 0)
        {
          g_autoptr (GmSynthSound) again = play (&pieces[i], GM_SYNTH_ALL);
          g_autofree char *hash_again = dup_hash (again);

          g_assert_cmpstr (hash, ==, hash_again);
        }
      g_assert_true (g_hash_table_add (hashes, hash));
    }
}

static void
test_every_part_is_heard (void)
{
  for (guint part = GM_PART_DRUMS; part < GM_PART_EFFECT; part++)
    {
      g_autoptr (GmSynthSound) sound = play (&pieces[2], 1U << part);

      g_test_message ("part %u: %g dB", part, 10 * log10 (energy (sound)));
      g_assert_cmpfloat (energy (sound), >, 1e-6);
    }
}

static void
test_it_ends_in_silence (void)
{
  g_autoptr (GmSynthSound) sound = play (&pieces[7], GM_SYNTH_ALL);

  g_assert_cmpfloat (sound->n_frames / (double) GM_DSP_RATE, >, SECONDS - 5);
  g_assert_cmpfloat (sound->n_frames / (double) GM_DSP_RATE, <, SECONDS + 5);
  for (gsize i = 2 * (sound->n_frames - 32); i < 2 * sound->n_frames; i++)
    g_assert_cmpfloat (fabsf (sound->frames[i]), <, 1e-5);
}

static void
test_it_stops_when_told (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GmScore) score = gm_composer_write (&pieces[0].music);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (gm_synth_play (score, GM_SYNTH_ALL, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pieces = gm_piece_all (&n_pieces);
  g_test_add_func ("/synth/every-genre-plays-the-same-twice-and-not-as-another",
                   test_every_genre_plays_the_same_twice_and_not_as_another);
  g_test_add_func ("/synth/every-part-is-heard", test_every_part_is_heard);
  g_test_add_func ("/synth/it-ends-in-silence", test_it_ends_in_silence);
  g_test_add_func ("/synth/it-stops-when-told", test_it_stops_when_told);
  return g_test_run ();
}
