/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/key-words.h"

#include "catalog/asset.h"

static void
test_words (void)
{
  static const struct
  {
    const char *key;
    const char *words;
  } cases[] = {
    { "Am", "A minor" },
    { "F#m", "F♯ minor" },
    { "Bb", "B♭ major" },
    { "Cmaj", "C major" },
    { "C#", "C♯ major" },
    { "Gdim", "G diminished" },
    { "8A", "A minor" },
    { "12B", "E major" },
    { "1A", "A♭ minor" },
    { "13A", NULL },
    { "0B", NULL },
    { "8C", NULL },
    { "8AB", NULL },
    { "H", NULL },
    { "", NULL },
    { "a", NULL },
    { "99999999999999999999A", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = gm_key_words_dup (cases[i].key);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
  g_assert_null (gm_key_words_dup (NULL));
}

/* Every place on the wheel is called by a key that stands there. */
static void
test_wheel (void)
{
  static const char *const tonics[] = { "C",  "Db", "D",  "Eb", "E",  "F",
                                        "F#", "G",  "Ab", "A",  "Bb", "B" };

  for (guint i = 0; i < G_N_ELEMENTS (tonics); i++)
    for (guint minor = 0; minor < 2; minor++)
      {
        g_autofree char *key = g_strconcat (tonics[i], minor ? "m" : "", NULL);
        g_autofree char *words = gm_key_words_dup (gm_asset_key_camelot (key));

        g_assert_nonnull (words);
        g_assert_true (g_str_has_suffix (words, minor ? " minor" : " major"));
        if (key[1] != '#' && key[1] != 'b')
          g_assert_cmpint (words[0], ==, key[0]);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-words/as-people-say-them", test_words);
  g_test_add_func ("/key-words/the-wheel-says-the-key-it-is", test_wheel);
  return g_test_run ();
}
