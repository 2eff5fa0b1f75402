/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/composer.h"

#include <string.h>

#include "demo/piece.h"

static const GmPiece *pieces;
static guint n_pieces;

static gboolean
is_same (const GmScore *a, const GmScore *b)
{
  return a->notes->len == b->notes->len &&
         memcmp (a->notes->data, b->notes->data, a->notes->len * sizeof (GmNote)) == 0;
}

static void
test_same_seed_same_notes (void)
{
  for (guint i = 0; i < n_pieces; i++)
    {
      GmComposerAsk other = pieces[i].music;
      g_autoptr (GmScore) one = gm_composer_write (&pieces[i].music);
      g_autoptr (GmScore) again = gm_composer_write (&pieces[i].music);
      g_autoptr (GmScore) seeded = NULL;

      other.seed += 1000;
      seeded = gm_composer_write (&other);
      g_assert_true (is_same (one, again));
      g_assert_false (is_same (one, seeded));
    }
}

static void
test_a_piece_is_about_as_long_as_asked (void)
{
  for (guint i = 0; i < n_pieces; i++)
    {
      const GmComposerAsk *ask = &pieces[i].music;
      g_autoptr (GmScore) score = gm_composer_write (ask);
      double seconds = gm_score_seconds (score, score->n_bars * GM_SCORE_BAR);

      g_test_message ("%s: %g of %g", pieces[i].title, seconds, ask->seconds);
      g_assert_cmpfloat (seconds, >, ask->seconds * 0.8);
      g_assert_cmpfloat (seconds, <, ask->seconds * 1.2);
    }
}

static void
test_changes_and_sections_have_no_gap (void)
{
  for (guint i = 0; i < n_pieces; i++)
    {
      g_autoptr (GmScore) score = gm_composer_write (&pieces[i].music);
      guint at = 0, bar = 0;

      for (guint k = 0; k < score->changes->len; k++)
        {
          const GmScoreChange *change = &g_array_index (score->changes, GmScoreChange, k);

          g_assert_cmpuint (change->at, ==, at);
          at += change->length;
        }
      for (guint k = 0; k < score->sections->len; k++)
        {
          const GmScoreSection *section = &g_array_index (score->sections, GmScoreSection, k);

          g_assert_cmpuint (section->bar, ==, bar);
          bar += section->n_bars;
        }
      g_assert_cmpuint (at, ==, score->n_bars * GM_SCORE_BAR);
      g_assert_cmpuint (bar, ==, score->n_bars);
    }
}

static void
test_every_part_plays_in_its_range (void)
{
  static const struct
  {
    guint low, high;
    guint least; /* notes */
  } ranges[GM_N_PARTS] = {
    [GM_PART_DRUMS] = { 0, GM_N_DRUMS - 1, 40 },
    [GM_PART_BASS] = { 24, 60, 20 },
    [GM_PART_CHORDS] = { 45, 84, 60 },
    [GM_PART_PAD] = { 45, 86, 20 },
    [GM_PART_LEAD] = { 55, 98, 12 },
    [GM_PART_ARP] = { 50, 108, 16 },
    [GM_PART_EFFECT] = { 40, 60, 0 },
  };

  for (guint i = 0; i < n_pieces; i++)
    {
      g_autoptr (GmScore) score = gm_composer_write (&pieces[i].music);
      guint counts[GM_N_PARTS] = { 0 };
      guint last = 0;

      for (guint k = 0; k < score->notes->len; k++)
        {
          const GmNote *note = &g_array_index (score->notes, GmNote, k);

          counts[note->part]++;
          g_assert_cmpuint (note->pitch, >=, ranges[note->part].low);
          g_assert_cmpuint (note->pitch, <=, ranges[note->part].high);
          g_assert_cmpuint (note->length, >, 0);
          g_assert_cmpuint (note->at, >=, last);
          last = note->at;
        }
      for (guint part = 0; part < GM_N_PARTS; part++)
        g_assert_cmpuint (counts[part], >=, ranges[part].least);
    }
}

/* Notes of weight are tones of the chord that sounds, and the tune ends on one. */
static void
test_the_tune_fits_the_chords (void)
{
  guint n_long = 0, n_fitting = 0;

  for (guint i = 0; i < n_pieces; i++)
    {
      g_autoptr (GmScore) score = gm_composer_write (&pieces[i].music);

      for (guint k = 0; k < score->notes->len; k++)
        {
          const GmNote *note = &g_array_index (score->notes, GmNote, k);
          const GmScoreChange *change = gm_score_change_at (score, note->at + GM_SCORE_STEP / 4);

          if (note->part != GM_PART_LEAD || note->length < 3 * GM_SCORE_STEP)
            continue;
          n_long++;
          n_fitting += gm_chord_has (&change->chord, note->pitch);
        }
    }
  g_assert_cmpuint (n_fitting * 100, >=, n_long * 95);
}

static void
test_short_ones_are_short (void)
{
  GmComposerAsk ask = pieces[0].music;
  g_autoptr (GmScore) score = NULL;

  ask.seconds = 12;
  score = gm_composer_write (&ask);
  g_assert_cmpfloat (gm_score_seconds (score, score->n_bars * GM_SCORE_BAR), <, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pieces = gm_piece_all (&n_pieces);
  g_test_add_func ("/composer/same-seed-same-notes", test_same_seed_same_notes);
  g_test_add_func ("/composer/a-piece-is-about-as-long-as-asked",
                   test_a_piece_is_about_as_long_as_asked);
  g_test_add_func ("/composer/changes-and-sections-have-no-gap",
                   test_changes_and_sections_have_no_gap);
  g_test_add_func ("/composer/every-part-plays-in-its-range", test_every_part_plays_in_its_range);
  g_test_add_func ("/composer/the-tune-fits-the-chords", test_the_tune_fits_the_chords);
  g_test_add_func ("/composer/short-ones-are-short", test_short_ones_are_short);
  return g_test_run ();
}
