/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/words.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/hex.h"
#include "vault/words-list.h"

#define ABOUT                                                                                      \
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"

static GmSecret *
secret_of_hex (const char *hex)
{
  g_autoptr (GBytes) bytes = gm_hex_decode_bytes (hex, 64, NULL);

  return gm_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
hex_of (GmSecret *secret)
{
  char *hex = gm_hex_encode (gm_secret_open (secret), gm_secret_length (secret));

  gm_secret_close (secret);
  return hex;
}

static char *
text_of (GmSecret *secret)
{
  char *text = g_strndup ((const char *) gm_secret_open (secret), gm_secret_length (secret));

  gm_secret_close (secret);
  return text;
}

static void
the_list_is_that_of_bip39 (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *hex = NULL;
  GmHash hash;

  for (guint i = 0; i < GM_WORDS_LIST; i++)
    {
      g_string_append_printf (all, "%s\n", gm_words_get (i));
      g_assert_cmpint (gm_words_find (gm_words_get (i)), ==, (int) i);
      if (i > 0)
        g_assert_cmpint (strcmp (gm_words_get (i - 1), gm_words_get (i)), <, 0);
    }
  gm_hash_sha256 ((const guint8 *) all->str, all->len, &hash);
  hex = gm_hash_dup_hex (&hash);
  g_assert_cmpstr (hex, ==, "0x2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}

static void
what_is_no_word_is_not_found (void)
{
  static const char *const others[] = { "",      "a",        "abando",  "abandonn",      "Abandon",
                                        "zzzzz", "aardvark", "zoo zoo", "abandonabandon" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (gm_words_find (others[i]), ==, -1);
}

/* Entropy, words, seed with the passphrase TREZOR: the vectors BIP-39 refers to. */
static void
fits_the_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors", "bip39.tsv", NULL);
  g_autofree char *all = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GmSecret) passphrase = gm_secret_new_text ("TREZOR");
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &all, NULL, NULL));
  lines = g_strsplit (g_strchomp (all), "\n", -1);
  for (; lines[n] != NULL; n++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[n], "\t", 3);
      g_autoptr (GmSecret) entropy = secret_of_hex (fields[0]);
      g_autoptr (GmSecret) words = gm_words_from_entropy (entropy, NULL);
      g_autoptr (GmSecret) parsed = gm_words_parse (words, NULL);
      g_autoptr (GmSecret) back = gm_words_to_entropy (words, NULL);
      g_autoptr (GmSecret) seed = gm_words_to_seed (words, passphrase, NULL);
      g_autofree char *text = text_of (words);
      g_autofree char *hex = hex_of (seed);

      g_assert_cmpstr (text, ==, fields[1]);
      g_assert_true (gm_secret_equal (parsed, words));
      g_assert_true (gm_secret_equal (back, entropy));
      g_assert_cmpstr (hex, ==, fields[2]);
      g_assert_cmpuint (gm_words_count (words), ==, gm_secret_length (entropy) / 4 * 3);
    }
  g_assert_cmpuint (n, ==, 24);
}

static void
a_passphrase_is_normalized (void)
{
  g_autoptr (GmSecret) words = gm_secret_new_text (ABOUT);
  g_autoptr (GmSecret) wide = gm_secret_new_text ("㍍ガバヴァぱばぐゞちぢ十人十色");
  g_autoptr (GmSecret) latin = gm_secret_new_text ("\xff");
  g_autoptr (GmSecret) empty = gm_secret_new (0);
  g_autoptr (GmSecret) seed = gm_words_to_seed (words, wide, NULL);
  g_autoptr (GmSecret) without = gm_words_to_seed (words, NULL, NULL);
  g_autoptr (GmSecret) with_empty = gm_words_to_seed (words, empty, NULL);
  g_autofree char *hex = hex_of (seed);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (hex, ==,
                   "ba553eedefe76e67e2602dc20184c564010859faada929a090dd2c57aacb204c"
                   "eefd15404ab50ef3e8dbeae5195aeae64b0def4d2eead1cdc728a33ced520ffd");
  g_assert_true (gm_secret_equal (without, with_empty));
  g_assert_null (gm_words_to_seed (words, latin, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
typing_may_be_untidy (void)
{
  static const char *const typed[] = {
    ABOUT,
    "  " ABOUT "\n",
    "Abandon ABANDON abandon\tabandon  abandon\r\nabandon abandon abandon abandon abandon "
    "abandon About",
    /* full width letters, no-break and ideographic spaces: NFKD makes them plain */
    "ａｂａｎｄｏｎ\u00a0ＡＢＡＮＤＯＮ\u3000abandon abandon abandon abandon abandon abandon "
    "abandon abandon abandon about",
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GmSecret) secret = gm_secret_new_text (typed[i]);
      g_autoptr (GmSecret) words = gm_words_parse (secret, NULL);
      g_autofree char *text = words != NULL ? text_of (words) : NULL;

      g_assert_cmpstr (text, ==, ABOUT);
    }
}

static void
what_is_wrong_is_said (void)
{
  static const struct
  {
    const char *typed, *complaint;
  } cases[] = {
    { "", "0 words" },
    { "abandon", "1 word;" },
    { "abandon about", "2 words" },
    { ABOUT " about", "13 words" },
    { "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon",
      "do not belong together" },
    { "about abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon",
      "do not belong together" },
    { "abandon abandon abandn abandon abandon abandon abandon abandon abandon abandon abandon "
      "about",
      "Word 3 is not" },
    { "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "zzz",
      "Word 12 is not" },
    { "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
      "11 words" },
    { "abandon abandon \u0430bandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon about", /* Cyrillic */
      "Word 3 has a letter that only looks like" },
    { "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "ab\u03bfut", /* Greek */
      "Word 12 has a letter" },
    { "aband\u00f6n abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon about",
      "Word 1 has a letter" },
    { "abandon aban\u200bdon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon about", /* a space of no width */
      "Word 2 has a letter" },
    { "abandon \u202eabandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon about", /* from right to left */
      "Word 2 has a letter" },
    { "\xff", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSecret) typed = gm_secret_new_text (cases[i].typed);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_words_parse (typed, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].complaint));
      g_assert_null (strstr (error->message, "abandn")); /* a message may be shown or kept */
    }
}

/* to_entropy() takes texts of this module only, to the byte. */
static void
the_form_is_strict (void)
{
  static const char *const texts[] = {
    " " ABOUT,
    "abandon  abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon ",
    "Abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
  };
  g_autoptr (GmSecret) with_nul = gm_secret_new_copy ((const guint8 *) ABOUT "\0", sizeof ABOUT);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GmSecret) text = gm_secret_new_text (texts[i]);

      g_assert_null (gm_words_to_entropy (text, NULL));
    }
  g_assert_null (gm_words_to_entropy (with_nul, NULL));
  g_assert_null (gm_words_parse (with_nul, NULL));
}

static void
new_words_are_valid_and_new (void)
{
  static const guint counts[] = { 12, 24 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GmSecret) one = gm_words_new (counts[i], NULL);
      g_autoptr (GmSecret) other = gm_words_new (counts[i], NULL);
      g_autoptr (GmSecret) parsed = gm_words_parse (one, NULL);

      g_assert_cmpuint (gm_words_count (one), ==, counts[i]);
      g_assert_true (gm_secret_equal (parsed, one));
      g_assert_false (gm_secret_equal (one, other));
    }
  g_assert_null (gm_words_new (13, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
odd_entropy_is_refused (void)
{
  static const gsize lengths[] = { 0, 4, 12, 15, 17, 18, 33, 36, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GmSecret) entropy = gm_secret_new (lengths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_words_from_entropy (entropy, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/the-list-is-that-of-bip39", the_list_is_that_of_bip39);
  g_test_add_func ("/words/what-is-no-word-is-not-found", what_is_no_word_is_not_found);
  g_test_add_func ("/words/fits-the-vectors", fits_the_vectors);
  g_test_add_func ("/words/a-passphrase-is-normalized", a_passphrase_is_normalized);
  g_test_add_func ("/words/typing-may-be-untidy", typing_may_be_untidy);
  g_test_add_func ("/words/what-is-wrong-is-said", what_is_wrong_is_said);
  g_test_add_func ("/words/the-form-is-strict", the_form_is_strict);
  g_test_add_func ("/words/new-words-are-valid-and-new", new_words_are_valid_and_new);
  g_test_add_func ("/words/odd-entropy-is-refused", odd_entropy_is_refused);
  return g_test_run ();
}
