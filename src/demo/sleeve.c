/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/sleeve.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#include "base/error.h"

#define SIDE         1.0 /* of the drawing; cairo scales it */
#define GRAIN        5   /* of 255: paper */
#define JPEG_QUALITY "88"
#define N_COLORS     5

/* Ground first, then from what fills to what shines. */
static const guint32 palettes[][N_COLORS] = {
  { 0x1b1533, 0x4a2a6b, 0xc2397a, 0xff7a5c, 0xffd27a },
  { 0x0f2430, 0x1d4e5f, 0x2f8f83, 0xf2b950, 0xf4ede0 },
  { 0xf3ebdd, 0xe4572e, 0x17324d, 0x2e86ab, 0xf6c85f },
  { 0x10141f, 0x273b6b, 0x3f7cbf, 0x6fd3e8, 0xf3f7ff },
  { 0x231a1a, 0x6b2d2a, 0xb5523b, 0xe8a06a, 0xf6e3c5 },
  { 0x0d1f1a, 0x1c4a3a, 0x3e8e5a, 0xa7c957, 0xf2e8cf },
  { 0xf7f0e6, 0x5a3d5c, 0xc65b7c, 0xf2a48b, 0x2d2438 },
  { 0x16121e, 0x3a1c71, 0x7a3fd1, 0xd76d9b, 0xffc58f },
  { 0xe9eef2, 0x1f3a5f, 0x4d7ea8, 0xf26b5b, 0x9fc5d8 },
  { 0x1c1c1c, 0x3d3d3d, 0x8a8a86, 0xe8c547, 0xf4f1e8 },
  { 0x0a1826, 0x163a4f, 0x0f7173, 0xe05263, 0xf9dcc4 },
  { 0xfdf1d6, 0x2f6f62, 0xe9724c, 0xc5283d, 0x255f85 },
};

typedef struct
{
  cairo_t *cairo;
  const guint32 *palette;
  guint64 state;
} Canvas;

static double
throw_dice (Canvas *canvas) /* SplitMix64: 0 … 1 */
{
  guint64 z = canvas->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((z ^ z >> 31) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

static double
between (Canvas *canvas, double low, double high)
{
  return low + (high - low) * throw_dice (canvas);
}

static guint
pick (Canvas *canvas, guint from, guint to) /* both may come */
{
  return from + (guint) (throw_dice (canvas) * (to - from + 1));
}

static void
use_color (Canvas *canvas, guint color, double alpha)
{
  guint32 rgb = canvas->palette[color];

  cairo_set_source_rgba (canvas->cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0,
                         (rgb & 255) / 255.0, alpha);
}

static void
add_stop (Canvas *canvas, cairo_pattern_t *pattern, double at, guint color, double alpha)
{
  guint32 rgb = canvas->palette[color];

  cairo_pattern_add_color_stop_rgba (pattern, at, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0,
                                     (rgb & 255) / 255.0, alpha);
}

static void
fill_gradient (Canvas *canvas, double y0, double y1, guint top, guint bottom)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, y0, 0, y1);

  add_stop (canvas, pattern, 0, top, 1);
  add_stop (canvas, pattern, 1, bottom, 1);
  cairo_set_source (canvas->cairo, pattern);
  cairo_fill (canvas->cairo);
  cairo_pattern_destroy (pattern);
}

static void
disc (Canvas *canvas, double x, double y, double radius)
{
  cairo_new_sub_path (canvas->cairo);
  cairo_arc (canvas->cairo, x, y, radius, 0, 2 * G_PI);
}

/* A sun that sinks behind slats, over a plain of lines. */
static void
draw_sun (Canvas *canvas)
{
  cairo_t *cairo = canvas->cairo;
  double horizon = between (canvas, 0.62, 0.7);
  double x = between (canvas, 0.38, 0.62);
  double radius = between (canvas, 0.24, 0.3);

  cairo_rectangle (cairo, 0, 0, SIDE, horizon);
  fill_gradient (canvas, 0, horizon, 0, 2);
  disc (canvas, x, horizon - radius * 0.55, radius);
  cairo_save (cairo);
  cairo_clip (cairo);
  for (guint i = 0; i < 14; i++)
    {
      double y = horizon - radius * 1.6 + i * radius * 0.16;

      cairo_rectangle (cairo, 0, y, SIDE, radius * 0.16 * (1 - i * 0.055));
      fill_gradient (canvas, horizon - radius * 1.5, horizon, 4, 3);
    }
  cairo_restore (cairo);

  cairo_rectangle (cairo, 0, horizon, SIDE, SIDE - horizon);
  fill_gradient (canvas, horizon, SIDE, 1, 0);
  use_color (canvas, 3, 0.7);
  cairo_set_line_width (cairo, 0.003);
  for (int i = -14; i <= 14; i++)
    {
      cairo_move_to (cairo, x + i * 0.035, horizon);
      cairo_line_to (cairo, x + i * 0.22, SIDE);
    }
  for (double depth = 0.004; depth < SIDE - horizon; depth *= 1.45)
    {
      cairo_move_to (cairo, 0, horizon + depth);
      cairo_line_to (cairo, SIDE, horizon + depth);
    }
  cairo_stroke (cairo);
}

/* Quarter circles, turned by chance. */
static void
draw_tiles (Canvas *canvas)
{
  guint n = pick (canvas, 3, 5);
  double side = SIDE / n;

  for (guint i = 0; i < n * n; i++)
    {
      double x = i % n * side, y = i / n * side;
      guint corner = pick (canvas, 0, 3);
      guint ground = pick (canvas, 0, 4);
      guint color = (ground + pick (canvas, 1, 4)) % N_COLORS;

      cairo_rectangle (canvas->cairo, x, y, side, side);
      use_color (canvas, ground, 1);
      cairo_fill (canvas->cairo);
      cairo_save (canvas->cairo);
      cairo_rectangle (canvas->cairo, x, y, side, side);
      cairo_clip (canvas->cairo);
      for (guint ring = 0; ring < 3; ring++)
        {
          disc (canvas, x + (corner & 1) * side, y + (corner >> 1) * side,
                side * (1 - ring * 0.33));
          use_color (canvas, (color + ring) % N_COLORS, 1);
          cairo_fill (canvas->cairo);
        }
      cairo_restore (canvas->cairo);
    }
}

/* Hills one behind the other, as a spectrum looks. */
static void
draw_ridges (Canvas *canvas)
{
  cairo_t *cairo = canvas->cairo;
  guint n = pick (canvas, 14, 20);

  for (guint i = 0; i < n; i++)
    {
      double base = 0.26 + 0.66 * i / n;
      double peak = between (canvas, 0.35, 0.65);
      double phase = between (canvas, 0, 2 * G_PI);

      cairo_move_to (cairo, -0.02, SIDE + 0.02);
      for (double x = -0.02; x <= SIDE + 0.02; x += 0.004)
        {
          double bell = exp (-pow ((x - peak) / 0.19, 2));
          double wave = 0.5 + 0.5 * sin (x * 31 + phase) * sin (x * 17 + phase * 2);

          cairo_line_to (cairo, x, base - bell * (0.05 + 0.15 * wave));
        }
      cairo_line_to (cairo, SIDE + 0.02, SIDE + 0.02);
      cairo_close_path (cairo);
      use_color (canvas, 0, 1);
      cairo_fill_preserve (cairo);
      use_color (canvas, i * 4 / n + 1, 1);
      cairo_set_line_width (cairo, 0.005);
      cairo_stroke (cairo);
    }
}

/* Glass over glass. */
static void
draw_circles (Canvas *canvas)
{
  guint n = pick (canvas, 5, 8);

  for (guint i = 0; i < n; i++)
    {
      disc (canvas, between (canvas, 0.15, 0.85), between (canvas, 0.15, 0.85),
            between (canvas, 0.12, 0.34));
      use_color (canvas, 1 + i % 4, 0.72);
      cairo_fill (canvas->cairo);
    }
  disc (canvas, between (canvas, 0.3, 0.7), between (canvas, 0.3, 0.7), 0.07);
  use_color (canvas, 4, 1);
  cairo_fill (canvas->cairo);
}

/* A skyline that is a meter. */
static void
draw_bars (Canvas *canvas)
{
  guint n = pick (canvas, 9, 15);
  double width = 0.8 / n;
  double phase = between (canvas, 0, 6);

  for (guint i = 0; i < n; i++)
    {
      double wave = 0.5 + 0.5 * sin (i * 0.9 + phase);
      guint lit = 2 + (guint) (11 * (0.25 + 0.75 * wave) * between (canvas, 0.7, 1));

      for (guint k = 0; k < lit; k++)
        {
          cairo_rectangle (canvas->cairo, 0.1 + i * width, 0.88 - (k + 1) * 0.058, width * 0.78,
                           0.044);
          use_color (canvas, MIN (1 + k / 3, 4), 1);
          cairo_fill (canvas->cairo);
        }
    }
}

static void
draw_clouds (Canvas *canvas)
{
  for (guint i = 0; i < 11; i++)
    {
      double x = between (canvas, 0, 1), y = between (canvas, 0, 1);
      double radius = between (canvas, 0.3, 0.65);
      cairo_pattern_t *pattern = cairo_pattern_create_radial (x, y, 0, x, y, radius);

      add_stop (canvas, pattern, 0, 1 + i % 4, 0.8);
      add_stop (canvas, pattern, 1, 1 + i % 4, 0);
      cairo_set_source (canvas->cairo, pattern);
      cairo_paint (canvas->cairo);
      cairo_pattern_destroy (pattern);
    }
  disc (canvas, between (canvas, 0.3, 0.7), between (canvas, 0.3, 0.6),
        between (canvas, 0.1, 0.16));
  use_color (canvas, 4, 0.85);
  cairo_fill (canvas->cairo);
}

static void
draw_rays (Canvas *canvas)
{
  guint n = 2 * pick (canvas, 8, 13);
  double x = between (canvas, 0.2, 0.8), y = between (canvas, 0.55, 0.9);
  double turn = between (canvas, 0, 1);

  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (canvas->cairo, x, y);
      cairo_arc (canvas->cairo, x, y, 2, (i + turn) * 2 * G_PI / n, (i + 1 + turn) * 2 * G_PI / n);
      use_color (canvas, i % 2 == 0 ? 1 + i / 2 % 2 : 3, 1);
      cairo_fill (canvas->cairo);
    }
  for (guint ring = 0; ring < 3; ring++)
    {
      disc (canvas, x, y, 0.26 - ring * 0.075);
      use_color (canvas, ring == 1 ? 0 : 4, 1);
      cairo_fill (canvas->cairo);
    }
}

/* Somebody from a game: the left half again on the right. */
static void
draw_pixels (Canvas *canvas)
{
  guint n = 12;
  double side = 0.8 / n;

  for (guint i = 0; i < n * n / 2; i++)
    {
      guint column = i % (n / 2), row = i / (n / 2);
      double inside = 1 - hypot (column - n / 2.0 + 0.5, row - n / 2.0 + 0.5) / (n / 2.0);
      guint color = pick (canvas, 1, 4);

      if (throw_dice (canvas) > inside * 1.4 + 0.12)
        continue;
      use_color (canvas, color, 1);
      cairo_rectangle (canvas->cairo, 0.1 + column * side, 0.1 + row * side, side, side);
      cairo_rectangle (canvas->cairo, 0.1 + (n - 1 - column) * side, 0.1 + row * side, side, side);
      cairo_fill (canvas->cairo);
    }
}

static void
draw_leaves (Canvas *canvas)
{
  cairo_t *cairo = canvas->cairo;

  for (guint i = 0; i < 34; i++)
    {
      double length = between (canvas, 0.16, 0.36);

      cairo_save (cairo);
      cairo_translate (cairo, between (canvas, 0, 1), between (canvas, 0, 1));
      cairo_rotate (cairo, between (canvas, -0.9, 0.9) - G_PI / 2);
      cairo_move_to (cairo, 0, 0);
      cairo_curve_to (cairo, length * 0.3, -length * 0.34, length * 0.8, -length * 0.2, length, 0);
      cairo_curve_to (cairo, length * 0.8, length * 0.2, length * 0.3, length * 0.34, 0, 0);
      use_color (canvas, i < 22 ? 1 + i % 2 : 2 + i % 3, 1);
      cairo_fill (cairo);
      cairo_move_to (cairo, 0, 0);
      cairo_line_to (cairo, length * 0.9, 0);
      use_color (canvas, 0, 0.6);
      cairo_set_line_width (cairo, 0.004);
      cairo_stroke (cairo);
      cairo_restore (cairo);
    }
}

static void
draw_orbits (Canvas *canvas)
{
  double x = between (canvas, 0.35, 0.65), y = between (canvas, 0.35, 0.65);

  for (guint i = 0; i < 9; i++)
    {
      double radius = 0.1 + i * 0.075;
      double from = between (canvas, 0, 2 * G_PI);
      double angle = from + between (canvas, 2, 5.6);

      use_color (canvas, 1 + pick (canvas, 0, 3), 1);
      cairo_set_line_width (canvas->cairo, 0.036);
      cairo_set_line_cap (canvas->cairo, CAIRO_LINE_CAP_ROUND);
      cairo_arc (canvas->cairo, x, y, radius, from, angle);
      cairo_stroke (canvas->cairo);
    }
  disc (canvas, x, y, 0.05);
  use_color (canvas, 4, 1);
  cairo_fill (canvas->cairo);
}

static void (*const designs[GM_SLEEVE_N_DESIGNS]) (Canvas *canvas) = {
  [GM_SLEEVE_SUN] = draw_sun,       [GM_SLEEVE_TILES] = draw_tiles,
  [GM_SLEEVE_RIDGES] = draw_ridges, [GM_SLEEVE_CIRCLES] = draw_circles,
  [GM_SLEEVE_BARS] = draw_bars,     [GM_SLEEVE_CLOUDS] = draw_clouds,
  [GM_SLEEVE_RAYS] = draw_rays,     [GM_SLEEVE_PIXELS] = draw_pixels,
  [GM_SLEEVE_LEAVES] = draw_leaves, [GM_SLEEVE_ORBITS] = draw_orbits,
};

static guint
hash_of (const char *text)
{
  return g_str_hash (text);
}

static cairo_surface_t *
draw (const GmSleeveAsk *ask)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, GM_SLEEVE_SIDE,
                                                         GM_SLEEVE_SIDE);
  Canvas canvas = { .cairo = cairo_create (surface),
                    .palette = palettes[(hash_of (ask->artist) * 7 + hash_of (ask->title)) %
                                        G_N_ELEMENTS (palettes)],
                    .state = (guint64) hash_of (ask->title) << 32 | hash_of (ask->artist) };

  if (ask->design == GM_SLEEVE_SUN) /* sets at night */
    canvas.palette = palettes[hash_of (ask->title) % 2 == 0 ? 0 : 7];
  cairo_scale (canvas.cairo, GM_SLEEVE_SIDE, GM_SLEEVE_SIDE);
  use_color (&canvas, 0, 1);
  cairo_paint (canvas.cairo);
  designs[ask->design](&canvas);
  cairo_destroy (canvas.cairo);
  cairo_surface_flush (surface);
  return surface;
}

/* From cairo's native words to bytes, with a little grain: flat color looks like a mistake. */
static GdkPixbuf *
develop (cairo_surface_t *surface, guint32 grain)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, GM_SLEEVE_SIDE, GM_SLEEVE_SIDE);
  const guint8 *from = cairo_image_surface_get_data (surface);
  guint8 *to = gdk_pixbuf_get_pixels (pixbuf);

  for (guint y = 0; y < GM_SLEEVE_SIDE; y++)
    for (guint x = 0; x < GM_SLEEVE_SIDE; x++)
      {
        gsize row = (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
        guint32 rgb = ((const guint32 *) (gconstpointer) (from + row))[x];
        guint8 *pixel = to + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;
        int light;

        grain = grain * 1664525 + 1013904223; /* Numerical Recipes, 3rd edition, 7.1 */
        light = (int) (grain >> 24) % (2 * GRAIN + 1) - GRAIN;
        for (guint c = 0; c < 3; c++)
          pixel[c] = (guint8) CLAMP ((int) (rgb >> (16 - 8 * c) & 255) + light, 0, 255);
      }

  return pixbuf;
}

GBytes *
gm_sleeve_draw (const GmSleeveAsk *ask, GError **error)
{
  cairo_surface_t *surface = draw (ask);
  g_autoptr (GdkPixbuf) pixbuf = develop (surface, hash_of (ask->title));
  g_autoptr (GError) problem = NULL;
  char *data;
  gsize length;

  cairo_surface_destroy (surface);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", &problem, "quality", JPEG_QUALITY,
                                  NULL))
    return gm_fail_null (error, GM_ERROR_BUG, "the cover cannot be written: %s", problem->message);

  return g_bytes_new_take (data, length);
}
