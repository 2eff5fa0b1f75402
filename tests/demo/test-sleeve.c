/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/sleeve.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "media/artwork.h"

static GBytes *
draw (const char *title, const char *artist, GmSleeveDesign design)
{
  g_autoptr (GError) error = NULL;
  GBytes *picture = gm_sleeve_draw (
      &(GmSleeveAsk){ .title = title, .artist = artist, .design = design }, &error);

  g_assert_no_error (error);
  return picture;
}

static void
test_every_design_is_a_cover_we_take (void)
{
  for (guint i = GM_SLEEVE_SUN; i < GM_SLEEVE_N_DESIGNS; i++)
    {
      g_autoptr (GBytes) picture = draw ("Tide", "Ann", (GmSleeveDesign) i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmArtwork) artwork = gm_artwork_make (picture, &error);

      g_assert_no_error (error);
      g_assert_nonnull (artwork->large);
      g_assert_cmpstr (artwork->extension, ==, "jpg");
      g_assert_cmpuint (g_bytes_get_size (picture), <, 400 * 1024);
    }
}

static void
test_same_words_same_cover (void)
{
  g_autoptr (GBytes) one = draw ("Tide", "Ann", GM_SLEEVE_TILES);
  g_autoptr (GBytes) again = draw ("Tide", "Ann", GM_SLEEVE_TILES);
  g_autoptr (GBytes) title = draw ("Ebb", "Ann", GM_SLEEVE_TILES);
  g_autoptr (GBytes) artist = draw ("Tide", "Bo", GM_SLEEVE_TILES);

  g_assert_true (g_bytes_equal (one, again));
  g_assert_false (g_bytes_equal (one, title));
  g_assert_false (g_bytes_equal (one, artist));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sleeve/every-design-is-a-cover-we-take", test_every_design_is_a_cover_we_take);
  g_test_add_func ("/sleeve/same-words-same-cover", test_same_words_same_cover);
  return g_test_run ();
}
