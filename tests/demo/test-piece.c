/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/piece.h"

#include <string.h>

#include "base/money.h"
#include "media/tag-text.h"

static const GmPiece *pieces;
static guint n_pieces;

static void
test_there_are_two_dozen_different_ones (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) genres = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (n_pieces, ==, 24);
  for (guint i = 0; i < n_pieces; i++)
    {
      g_hash_table_add (titles, (gpointer) pieces[i].title);
      g_hash_table_add (genres, (gpointer) pieces[i].music.genre);
      g_hash_table_add (keys, (gpointer) pieces[i].music.key);
    }
  g_assert_cmpuint (g_hash_table_size (titles), ==, n_pieces);
  g_assert_cmpuint (g_hash_table_size (genres), >=, 10);
  g_assert_cmpuint (g_hash_table_size (keys), >=, 10);
}

static void
test_neighbors_differ_in_genre (void)
{
  for (guint i = 1; i < n_pieces; i++)
    g_assert_cmpstr (pieces[i].music.genre, !=, pieces[i - 1].music.genre);
}

static void
test_every_word_is_one_the_store_takes (void)
{
  static const char *const types[] = { "track", "beat", NULL };
  guint n_free = 0, n_exclusive = 0;

  for (guint i = 0; i < n_pieces; i++)
    {
      const GmPiece *piece = &pieces[i];
      g_autofree char *title = gm_tag_text_clean (piece->title, GM_TAG_TEXT_MAX_CHARS);
      g_autofree char *key = gm_tag_text_key (piece->music.key);
      g_autoptr (GError) error = NULL;
      GmMoney price;
      GmKey parsed;

      g_assert_cmpstr (title, ==, piece->title);
      g_assert_null (strchr (piece->title, '/')); /* it is a file's name */
      g_assert_null (strchr (piece->artist, '/'));
      g_assert_cmpstr (key, ==, piece->music.key);
      g_assert_true (gm_chord_parse_key (piece->music.key, &parsed));
      g_assert_true (g_strv_contains (types, piece->type));
      gm_money_parse (piece->price, "USDC", &price, &error);
      g_assert_no_error (error);
      g_assert_cmpint (price.units, <=, 40 * 1000000);
      n_free += price.units == 0;
      n_exclusive += piece->exclusive;
      g_assert_cmpfloat (piece->music.seconds, >=, 60);
      g_assert_cmpfloat (piece->music.seconds, <=, 100);
    }
  g_assert_cmpuint (n_free, ==, 3);
  g_assert_cmpuint (n_exclusive, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pieces = gm_piece_all (&n_pieces);
  g_test_add_func ("/piece/there-are-two-dozen-different-ones",
                   test_there_are_two_dozen_different_ones);
  g_test_add_func ("/piece/neighbors-differ-in-genre", test_neighbors_differ_in_genre);
  g_test_add_func ("/piece/every-word-is-one-the-store-takes",
                   test_every_word_is_one_the_store_takes);
  return g_test_run ();
}
