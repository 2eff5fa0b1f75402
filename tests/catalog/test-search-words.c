/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/search-words.h"

#include <string.h>

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "Dark 808", "dark 808" },
    { "  Café—Noir!! ", "cafe noir" },
    { "Straße", "strasse" },
    { "R&B / Don't", "r b don t" },
    { "ＦＵＬＬ", "full" },
    { "夜の海", "夜 の 海" },
    { "Über夜x", "uber 夜 x" },
    { "Ночь", "ночь" },
    { "\302\267k1a2", "k1a2" },
    { "", "" },
    { "…", "" },
    { NULL, "" },
    { "\xff\xfe", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = gm_search_words_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "é");
  folded = gm_search_words_fold (text->str);
  g_assert_cmpuint (strlen (folded), <=, GM_SEARCH_WORDS_MAX_BYTES);
  g_assert_cmpuint (strlen (folded), >, GM_SEARCH_WORDS_MAX_BYTES / 2 - 4);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
}

static void
test_tokens (void)
{
  GmAsset asset = { .title = (char *) "A",
                    .artist = (char *) "B",
                    .type = (char *) "beat",
                    .genre = (char *) "Trap",
                    .key_sig = (char *) "Am",
                    .bpm = 140 };
  g_autofree char *key = gm_search_words_token ('k', "8A");
  g_autofree char *other = gm_search_words_token ('g', "8A");
  g_autofree char *free_of_charge = gm_search_words_token ('f', "1");
  g_auto (GmSearchWords) words = { 0 };

  g_assert_cmpstr (key, !=, other);
  gm_search_words_of (&asset, &words);
  g_assert_cmpstr (words.words, ==, "beat trap");
  g_assert_nonnull (strstr (words.attrs, key));
  g_assert_nonnull (strstr (words.attrs, free_of_charge));
  g_assert_null (strchr (key, ' '));
  g_assert_true (g_str_has_prefix (key, "\302\267k")); /* nothing folded begins so */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-words/case-accents-and-signs-fall-away", test_fold);
  g_test_add_func ("/search-words/long-texts-are-cut-between-characters", test_long);
  g_test_add_func ("/search-words/filters-have-tokens-nobody-types", test_tokens);
  return g_test_run ();
}
