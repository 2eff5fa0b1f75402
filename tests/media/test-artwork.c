/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/artwork.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/error.h"
#include "tests/media/sounds.h"

static void
assert_side (GBytes *picture, int side)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, picture, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  g_assert_cmpint (gdk_pixbuf_get_width (gdk_pixbuf_loader_get_pixbuf (loader)), ==, side);
  g_assert_cmpint (gdk_pixbuf_get_height (gdk_pixbuf_loader_get_pixbuf (loader)), ==, side);
}

static void
test_squares (void)
{
  static const struct
  {
    int width;
    int height;
    const char *type;
    gboolean full;
  } cases[] = {
    { 640, 480, "png", FALSE },
    { 64, 900, "jpeg", FALSE },
    { 3000, 3100, "jpeg", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) picture = gm_sound_picture (cases[i].width, cases[i].height,
                                                     cases[i].type);
      g_autoptr (GmArtwork) artwork = gm_artwork_make (picture, NULL);

      g_assert_nonnull (artwork);
      g_assert_cmpstr (artwork->extension, ==, "jpg");
      assert_side (artwork->small, 512);
      assert_side (artwork->large, 1024);
      g_assert_cmpint (artwork->full != NULL, ==, cases[i].full);
      if (artwork->full != NULL)
        assert_side (artwork->full, 3000);
    }
}

static void
test_transparency_is_kept (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 100, 100);
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GmArtwork) artwork = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x80808040);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", NULL, NULL));
  picture = g_bytes_new_take (data, length);
  artwork = gm_artwork_make (picture, NULL);
  g_assert_cmpstr (artwork->extension, ==, "png");
}

#define SVG "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"

static void
assert_refused (GBytes *picture, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_artwork_make (picture, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refusals (void)
{
  g_autoptr (GBytes) svg = g_bytes_new_static (SVG, sizeof SVG - 1);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) tiny = gm_sound_picture (63, 500, "png");
  g_autoptr (GBytes) good = gm_sound_picture (200, 200, "png");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_autofree guint8 *bomb = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  g_autoptr (GBytes) wide = NULL;

  /* 100,000 × 100,000 pixels by its header (PNG, section 11.2.2); the sum is wrong as well */
  memcpy (bomb + 16, "\x00\x01\x86\xa0\x00\x01\x86\xa0", 8);
  wide = g_bytes_new_static (bomb, g_bytes_get_size (good));

  assert_refused (svg, "neither JPEG nor PNG");
  assert_refused (empty, "neither JPEG nor PNG");
  assert_refused (tiny, "63 × 500 pixels");
  assert_refused (cut, "cannot be decoded");
  assert_refused (wide, "");
}

static void
test_many_pixels (void)
{
  g_autoptr (GBytes) picture = gm_sound_picture (8000, 6400, "png");

  assert_refused (picture, "more than 50 million pixels");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/artwork/squares-of-all-sizes", test_squares);
  g_test_add_func ("/artwork/transparency-is-kept", test_transparency_is_kept);
  g_test_add_func ("/artwork/refuses-other-pictures", test_refusals);
  g_test_add_func ("/artwork/refuses-too-many-pixels", test_many_pixels);
  return g_test_run ();
}
