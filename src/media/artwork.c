/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/artwork.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/error.h"

#define SMALL_SIDE   512
#define LARGE_SIDE   1024
#define FULL_SIDE    3000
#define JPEG_QUALITY "90"

void
gm_artwork_free (GmArtwork *artwork)
{
  if (artwork == NULL)
    return;

  g_clear_pointer (&artwork->small, g_bytes_unref);
  g_clear_pointer (&artwork->large, g_bytes_unref);
  g_clear_pointer (&artwork->full, g_bytes_unref);
  g_free (artwork);
}

static const char *
loader_for (GBytes *picture)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);

  if (length > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";

  return length > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0 ? "jpeg" : NULL;
}

/* The loaders take half a picture and leave the rest to chance: the end mark must be there. */
static gboolean
is_whole (GBytes *picture, const char *type)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);
  const char *mark = strcmp (type, "png") == 0 ? "IEND" : "\xff\xd9";

  return memmem (data, length, mark, strlen (mark)) != NULL;
}

/* Before a pixel is allocated. A picture that is too large is then decoded to one pixel. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  *too_large = width < 1 || height < 1 || (gint64) width * height > GM_ARTWORK_MAX_PIXELS;
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GdkPixbuf *
decode (GBytes *picture, GError **error)
{
  const char *type = loader_for (picture);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean too_large = FALSE;
  gboolean read;

  if (g_bytes_get_size (picture) > GM_ARTWORK_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture is larger than %d MiB",
                         GM_ARTWORK_MAX_BYTES >> 20);
  if (type == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture is neither JPEG nor PNG");
  if (!is_whole (picture, type))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture cannot be decoded: it is cut off");

  loader = gdk_pixbuf_loader_new_with_type (type, &problem);
  if (loader == NULL)
    return gm_fail_null (error, GM_ERROR_BUG, "no %s loader: %s", type, problem->message);

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &too_large);
  read = gdk_pixbuf_loader_write_bytes (loader, picture, &problem);
  if (!gdk_pixbuf_loader_close (loader, read ? &problem : NULL))
    read = FALSE;
  if (too_large)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture has more than %d million pixels",
                         GM_ARTWORK_MAX_PIXELS / 1000000);
  if (!read || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture cannot be decoded: %s",
                         problem != NULL ? problem->message : "it ends too early");

  return gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
}

static GBytes *
encode (GdkPixbuf *square, int side, const char *extension, GError **error)
{
  g_autoptr (GdkPixbuf) scaled = gdk_pixbuf_scale_simple (square, side, side, GDK_INTERP_BILINEAR);
  gboolean png = strcmp (extension, "png") == 0;
  char *data = NULL;
  gsize length = 0;
  gboolean written;

  if (scaled == NULL)
    return gm_fail_null (error, GM_ERROR_BUG, "the picture cannot be scaled: out of memory");

  written = png ? gdk_pixbuf_save_to_buffer (scaled, &data, &length, "png", error, NULL)
                : gdk_pixbuf_save_to_buffer (scaled, &data, &length, "jpeg", error, "quality",
                                             JPEG_QUALITY, NULL);
  if (!written)
    {
      gm_error_adopt (error);
      return NULL;
    }

  return g_bytes_new_take (data, length);
}

GmArtwork *
gm_artwork_make (GBytes *picture, GError **error)
{
  g_autoptr (GdkPixbuf) whole = decode (picture, error);
  g_autoptr (GdkPixbuf) square = NULL;
  g_autoptr (GmArtwork) artwork = g_new0 (GmArtwork, 1);
  int width, height, side;

  if (whole == NULL)
    return NULL;

  width = gdk_pixbuf_get_width (whole);
  height = gdk_pixbuf_get_height (whole);
  side = MIN (width, height);
  if (side < GM_ARTWORK_MIN_SIDE)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the picture has %d × %d pixels, at least %d",
                         width, height, GM_ARTWORK_MIN_SIDE);

  square = gdk_pixbuf_new_subpixbuf (whole, (width - side) / 2, (height - side) / 2, side, side);
  artwork->extension = gdk_pixbuf_get_has_alpha (square) ? "png" : "jpg";
  artwork->small = encode (square, SMALL_SIDE, artwork->extension, error);
  if (artwork->small == NULL)
    return NULL;
  artwork->large = encode (square, LARGE_SIDE, artwork->extension, error);
  if (artwork->large == NULL)
    return NULL;
  if (side >= FULL_SIDE)
    artwork->full = encode (square, FULL_SIDE, artwork->extension, error);
  if (side >= FULL_SIDE && artwork->full == NULL)
    return NULL;

  return g_steal_pointer (&artwork);
}
