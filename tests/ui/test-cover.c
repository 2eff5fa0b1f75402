/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/cover.h"

#include "base/error.h"
#include "shop-scene.h"
#include "ui/common/cover-cache.h"

static GBytes *
picture_new (int width, int height, guint32 color, const char *format)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, color << 8);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
test_decode (void)
{
  static const struct
  {
    int width, height;
    const char *format;
    int side; /* of what comes out, for 128 */
  } cases[] = { { 512, 512, "png", 128 }, { 300, 600, "jpeg", 128 }, { 40, 40, "png", 40 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) picture = picture_new (cases[i].width, cases[i].height, 0x336699,
                                                cases[i].format);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) texture = gm_cover_cache_decode (picture, 128, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (texture), ==, cases[i].side);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, cases[i].side);
    }
}

/* A store may send anything under a right hash. */
static void
test_bad_pictures (void)
{
  g_autoptr (GBytes) whole = picture_new (64, 64, 0x336699, "png");
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (whole, 0, 20);
  g_autoptr (GBytes) huge = picture_new (5000, 5000, 0, "png");
  g_autoptr (GBytes) svg = g_bytes_new_static ("<svg xmlns='http://www.w3.org/2000/svg'/>", 41);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  GBytes *const cases[] = { head, huge, svg, none };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_cover_cache_decode (cases[i], 128, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
wait_until_loaded (GmCover *cover)
{
  while (!gm_cover_is_loaded (cover))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_shows (void)
{
  ShopScene *shop = shop_scene_new (NULL, TRUE);
  g_autoptr (GBytes) red = picture_new (512, 512, 0xff0000, "png");
  g_autoptr (GBytes) blue = picture_new (512, 512, 0x0000ff, "png");
  g_autofree char *red_name = shop_scene_put_media (shop, "artwork", "png", red);
  g_autofree char *blue_name = shop_scene_put_media (shop, "artwork", "png", blue);
  GtkWidget *cover = gm_cover_new (shop->session, 64);
  GmCover *self = GM_COVER (cover);

  gm_cover_show (self, red_name, "seed");
  g_assert_false (gm_cover_is_loaded (self)); /* the placeholder, and no waiting */
  shop_scene_show (shop, cover, 64, 64);
  wait_until_loaded (self);

  /* a row that is bound again: the other picture, then the first from memory at once */
  gm_cover_show (self, blue_name, "seed");
  g_assert_false (gm_cover_is_loaded (self));
  wait_until_loaded (self);
  gm_cover_show (self, red_name, "seed");
  g_assert_true (gm_cover_is_loaded (self));
  gm_cover_show (self, NULL, "seed");
  g_assert_false (gm_cover_is_loaded (self));

  /* what is given up never arrives */
  gm_cover_show (
      self, "artwork/0000000000000000000000000000000000000000000000000000000000000000.png", "seed");
  gm_cover_show (self, blue_name, "seed");
  wait_until_loaded (self);

  g_object_ref (cover);
  shop_scene_close (shop);
  g_assert_finalize_object (cover);
  shop_scene_free (shop);
}

static void
test_bounded (void)
{
  ShopScene *shop = shop_scene_new (NULL, TRUE);
  const guint n = GM_COVER_CACHE_MAX_BYTES / (512 * 512 * 4) + 8;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GmCoverCache *cache = gm_cover_cache_get (shop->session);
  GtkWidget *cover = gm_cover_new (shop->session, 512);
  guint kept = 0;

  shop_scene_show (shop, cover, 512, 512);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) picture = picture_new (512, 512, i, "png");

      g_ptr_array_add (names, shop_scene_put_media (shop, "artwork", "png", picture));
      gm_cover_show (GM_COVER (cover), names->pdata[i], NULL);
      wait_until_loaded (GM_COVER (cover));
    }
  for (guint i = 0; i < n; i++)
    kept += gm_cover_cache_lookup (cache, names->pdata[i], 512) != NULL;
  g_assert_cmpuint (kept, ==, GM_COVER_CACHE_MAX_BYTES / (512 * 512 * 4));
  g_assert_nonnull (gm_cover_cache_lookup (cache, names->pdata[n - 1], 512));
  g_assert_null (gm_cover_cache_lookup (cache, names->pdata[0], 512));
  shop_scene_free (shop);
}

static void
test_size (void)
{
  GtkWidget *cover = g_object_ref_sink (gm_cover_new (NULL, 100));
  int minimum, natural;

  gtk_widget_measure (cover, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  gtk_widget_measure (cover, GTK_ORIENTATION_VERTICAL, 180, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 180); /* a square */
  g_assert_finalize_object (cover);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/cover/is-decoded-as-large-as-it-is-shown", test_decode);
  g_test_add_func ("/cover/what-is-no-picture-is-refused", test_bad_pictures);
  g_test_add_func ("/cover/shows-what-is-asked-last", test_shows);
  g_test_add_func ("/cover/memory-is-bounded", test_bounded);
  g_test_add_func ("/cover/is-square", test_size);
  return g_test_run ();
}
