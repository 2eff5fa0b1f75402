/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/chord.h"

#include <stdlib.h>

static GmKey
key_of (const char *text)
{
  GmKey key;

  g_assert_true (gm_chord_parse_key (text, &key));
  return key;
}

static GmChord
chord_of (const char *roman, const char *key_text)
{
  const GmKey key = key_of (key_text);
  GmChord chord;

  g_assert_true (gm_chord_parse (roman, &key, &chord));
  return chord;
}

static void
test_keys_are_read (void)
{
  static const struct
  {
    const char *text;
    guint tonic;
    gboolean minor;
  } cases[] = { { "C", 0, FALSE },   { "Am", 9, TRUE },   { "F#m", 6, TRUE },
                { "Bb", 10, FALSE }, { "Cb", 11, FALSE }, { "B#m", 0, TRUE } };
  static const char *const wrong[] = { "", "H", "c", "Amin", "A##", "mA" };
  GmKey key;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (gm_chord_parse_key (cases[i].text, &key));
      g_assert_cmpuint (key.tonic, ==, cases[i].tonic);
      g_assert_cmpint (key.minor, ==, cases[i].minor);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (gm_chord_parse_key (wrong[i], &key));
}

static void
test_numerals_are_chords_of_the_key (void)
{
  static const struct
  {
    const char *roman;
    const char *key;
    guint root;
    guint n;
    guint8 above[GM_CHORD_MAX];
  } cases[] = {
    { "I", "C", 0, 3, { 0, 4, 7 } },
    { "ii9", "C", 2, 5, { 0, 3, 7, 10, 14 } },
    { "V13", "Eb", 10, 5, { 0, 4, 10, 14, 21 } },
    { "i", "Am", 9, 3, { 0, 3, 7 } },
    { "VImaj7", "Am", 5, 4, { 0, 4, 7, 11 } },
    { "VII", "Em", 2, 3, { 0, 4, 7 } },
    { "bII", "Em", 5, 3, { 0, 4, 7 } },
    { "ii7b5", "Am", 11, 4, { 0, 3, 6, 10 } },
    { "V9sus4", "F", 0, 5, { 0, 5, 7, 10, 14 } },
  };
  static const char *const wrong[] = { "", "i77", "viii", "X", "9", "bb", "iimaj" };
  const GmKey key = key_of ("C");
  GmChord chord;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      chord = chord_of (cases[i].roman, cases[i].key);
      g_assert_cmpuint (chord.root, ==, cases[i].root);
      g_assert_cmpmem (chord.above, chord.n, cases[i].above, cases[i].n);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (gm_chord_parse (wrong[i], &key, &chord));
}

static void
test_steps_go_on_below_and_above_an_octave (void)
{
  const GmKey minor = key_of ("Am");
  const GmKey major = key_of ("C");

  g_assert_cmpint (gm_chord_step (&minor, GM_SCALE_PENTATONIC, 0, 70), ==, 69);
  g_assert_cmpint (gm_chord_step (&minor, GM_SCALE_PENTATONIC, 1, 70), ==, 72);
  g_assert_cmpint (gm_chord_step (&minor, GM_SCALE_PENTATONIC, 5, 70), ==, 81);
  g_assert_cmpint (gm_chord_step (&minor, GM_SCALE_PENTATONIC, -1, 70), ==, 67);
  g_assert_cmpint (gm_chord_step (&minor, GM_SCALE_HARMONIC, -1, 70), ==, 68);
  g_assert_cmpint (gm_chord_step (&major, GM_SCALE_OF_KEY, -8, 60), ==, 47);
}

static void
test_snapping_finds_the_nearest_tone (void)
{
  const GmChord chord = chord_of ("I", "C");

  g_assert_cmpint (gm_chord_snap (&chord, 60), ==, 60);
  g_assert_cmpint (gm_chord_snap (&chord, 61), ==, 60);
  g_assert_cmpint (gm_chord_snap (&chord, 66), ==, 67);
  g_assert_cmpint (gm_chord_snap (&chord, 71), ==, 72);
}

/* Each voice takes a small step, none leaves its place for good, and all tones are the chord's. */
static void
test_voices_move_little (void)
{
  static const char *const romans[] = { "i9", "VImaj9", "iv9", "v7", "i", "VII", "VI", "iv" };
  GmVoicing voices = { 0 }, before;

  for (guint i = 0; i < 4 * G_N_ELEMENTS (romans); i++)
    {
      const GmChord chord = chord_of (romans[i % G_N_ELEMENTS (romans)], "F#m");

      before = voices;
      gm_chord_lead (&chord, 62, FALSE, &voices);
      g_assert_cmpuint (voices.n, >=, 3);
      for (guint k = 0; k < voices.n; k++)
        {
          g_assert_true (gm_chord_has (&chord, voices.pitches[k]));
          g_assert_cmpuint (voices.pitches[k], >=, 50);
          g_assert_cmpuint (voices.pitches[k], <=, 76);
          g_assert_true (k == 0 || voices.pitches[k] > voices.pitches[k - 1]);
          if (k < before.n)
            g_assert_cmpint (abs (voices.pitches[k] - before.pitches[k]), <=, 7);
        }
    }
}

static void
test_open_chords_span_more_than_an_octave (void)
{
  const GmChord chord = chord_of ("Imaj9", "D");
  GmVoicing voices = { 0 };

  gm_chord_lead (&chord, 62, TRUE, &voices);
  g_assert_cmpuint (voices.n, ==, 4);
  g_assert_cmpint (voices.pitches[3] - voices.pitches[0], >, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chord/keys-are-read", test_keys_are_read);
  g_test_add_func ("/chord/numerals-are-chords-of-the-key", test_numerals_are_chords_of_the_key);
  g_test_add_func ("/chord/steps-go-on-below-and-above-an-octave",
                   test_steps_go_on_below_and_above_an_octave);
  g_test_add_func ("/chord/snapping-finds-the-nearest-tone", test_snapping_finds_the_nearest_tone);
  g_test_add_func ("/chord/voices-move-little", test_voices_move_little);
  g_test_add_func ("/chord/open-chords-span-more-than-an-octave",
                   test_open_chords_span_more_than_an_octave);
  return g_test_run ();
}
