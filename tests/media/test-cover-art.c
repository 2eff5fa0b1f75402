/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/cover-art.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

static GBytes *
draw (const char *title, const char *artist, GBytes *peaks)
{
  g_autoptr (GError) error = NULL;
  GBytes *png = gm_cover_art_draw (&(GmCoverArt){ title, artist, peaks }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (png);
  return png;
}

static GBytes *
make_peaks (void)
{
  guint8 peaks[64];

  for (guint i = 0; i < G_N_ELEMENTS (peaks); i++)
    peaks[i] = (guint8) (i * 4);
  return g_bytes_new (peaks, sizeof peaks);
}

static void
test_it_is_a_square_picture (void)
{
  g_autoptr (GBytes) peaks = make_peaks ();
  g_autoptr (GBytes) png = draw ("Tide", "Nadir", peaks);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *picture;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, png, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, GM_COVER_ART_SIDE);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, GM_COVER_ART_SIDE);
}

static void
test_the_same_facts_give_the_same_picture (void)
{
  g_autoptr (GBytes) peaks = make_peaks ();
  g_autoptr (GBytes) once = draw ("Tide", "Nadir", peaks);
  g_autoptr (GBytes) again = draw ("Tide", "Nadir", peaks);

  g_assert_true (g_bytes_equal (once, again));
}

/* Also every motif is drawn once here, with and without what is optional. */
static void
test_titles_tell_covers_apart (void)
{
  g_autoptr (GBytes) peaks = make_peaks ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                       (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *title = g_strdup_printf ("Piece %u", i);

      g_assert_true (g_hash_table_add (
          seen, draw (title, i % 2 == 0 ? "Nadir" : NULL, i % 3 == 0 ? NULL : peaks)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cover-art/it-is-a-square-picture", test_it_is_a_square_picture);
  g_test_add_func ("/cover-art/the-same-facts-give-the-same-picture",
                   test_the_same_facts_give_the_same_picture);
  g_test_add_func ("/cover-art/titles-tell-covers-apart", test_titles_tell_covers_apart);
  return g_test_run ();
}
