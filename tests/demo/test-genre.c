/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/genre.h"

#include <string.h>

#include "demo/melody.h"
#include "demo/patch.h"

static const GmGenre *genres;
static guint n_genres;

/* Whole bars, and only letters that mean something. */
static void
assert_pattern (const GmGenre *genre, const char *pattern, const char *letters)
{
  g_test_message ("%s: %s", genre->name, pattern);
  g_assert_cmpuint (strlen (pattern), >, 0);
  g_assert_cmpuint (strlen (pattern) % 16, ==, 0);
  g_assert_cmpuint (strspn (pattern, letters), ==, strlen (pattern));
}

static void
test_every_progression_can_be_played (void)
{
  static const GmKey keys[2] = { { 0, FALSE }, { 9, TRUE } };

  for (guint i = 0; i < n_genres; i++)
    for (guint mode = 0; mode < 2; mode++)
      for (guint k = 0; k < GM_GENRE_CHOICES; k++)
        {
          g_auto (GStrv) chords = g_strsplit_set (genres[i].progressions[mode][k], " /", 0);
          g_auto (GStrv) bars = g_strsplit (genres[i].progressions[mode][k], " ", 0);
          guint n = g_strv_length (bars);
          GmChord chord;

          g_assert_true (n == 4 || n == 8);
          for (guint c = 0; chords[c] != NULL; c++)
            {
              g_test_message ("%s: %s", genres[i].name, chords[c]);
              g_assert_true (gm_chord_parse (chords[c], &keys[mode], &chord));
            }
        }
}

static void
assert_lanes (const GmGenre *genre, const GmGenreLane *lanes)
{
  g_assert_nonnull (lanes[0].steps);
  for (guint i = 0; i < GM_GENRE_LANES && lanes[i].steps != NULL; i++)
    assert_pattern (genre, lanes[i].steps, "Xx-o?rt.");
}

static void
test_every_pattern_is_whole_bars (void)
{
  for (guint i = 0; i < n_genres; i++)
    {
      const GmGenre *genre = &genres[i];

      assert_lanes (genre, genre->groove.verse);
      assert_lanes (genre, genre->groove.hook);
      assert_lanes (genre, genre->groove.fill);
      for (guint k = 0; k < 2; k++)
        {
          assert_pattern (genre, genre->figures.bass[k], "13578Lgsa~.");
          assert_pattern (genre, genre->figures.chords[k], "Xx-o~.");
        }
      assert_pattern (genre, genre->figures.arp, "12345678.");
      for (guint k = 0; k < GM_GENRE_CHOICES; k++)
        {
          assert_pattern (genre, genre->figures.melody[k], "Xx~.");
          g_assert_cmpuint (strlen (genre->figures.melody[k]), ==, GM_MELODY_STEPS);
        }
    }
}

static void
test_every_instrument_is_there (void)
{
  guint n;
  const GmPatch *patches = gm_patch_all (&n);

  for (guint i = 0; i < n_genres; i++)
    for (guint part = GM_PART_BASS; part < GM_PART_EFFECT; part++)
      {
        const GmGenrePart *mix = &genres[i].parts[part];

        g_assert_nonnull (mix->patches[0]);
        for (guint k = 0; k < 2 && mix->patches[k] != NULL; k++)
          {
            gboolean there = FALSE;

            for (guint p = 0; p < n; p++)
              there |= strcmp (patches[p].name, mix->patches[k]) == 0;
            g_test_message ("%s: %s", genres[i].name, mix->patches[k]);
            g_assert_true (there);
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  genres = gm_genre_all (&n_genres);
  g_test_add_func ("/genre/every-progression-can-be-played", test_every_progression_can_be_played);
  g_test_add_func ("/genre/every-pattern-is-whole-bars", test_every_pattern_is_whole_bars);
  g_test_add_func ("/genre/every-instrument-is-there", test_every_instrument_is_there);
  return g_test_run ();
}
