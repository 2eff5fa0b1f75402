/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/cover-art.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"

#define SIDE   GM_COVER_ART_SIDE
#define MIDDLE (SIDE / 2.0)
#define BINS   64

typedef struct
{
  guint32 ground; /* 0xrrggbb, dark: the corners */
  guint32 glow;   /* the middle */
  guint32 near;
  guint32 far;
} Palette;

static const Palette palettes[] = {
  { 0x0b0d12, 0x17324a, 0x6ae6a6, 0x5bd0ff }, { 0x140b1e, 0x43205e, 0xff8fb1, 0xffc46b },
  { 0x081416, 0x0f4a4f, 0x7df2d0, 0xe9f5c9 }, { 0x1a0d0a, 0x5c2a1c, 0xffb37a, 0xff6f61 },
  { 0x0c0f24, 0x27357f, 0x9db4ff, 0xe3c8ff }, { 0x101408, 0x3b4d16, 0xd8ef7c, 0x8fe3a0 },
  { 0x190a12, 0x611a3c, 0xff7aa8, 0xb48cff }, { 0x07131f, 0x0e3f66, 0x58c7ff, 0xf6f1a3 },
  { 0x17120a, 0x57431b, 0xffd479, 0xf08a5d }, { 0x0a1510, 0x15503a, 0x58e6b4, 0xb7f0ff },
};

typedef struct
{
  cairo_t *cr;
  const Palette *colors;
  double level[BINS]; /* 0 to 1 */
  guint32 seed;
} Easel;

static double
next_random (Easel *easel)
{
  easel->seed = easel->seed * 1664525u + 1013904223u;
  return (double) (easel->seed >> 8) / (1 << 24);
}

static void
set_color (cairo_t *cr, guint32 rgb, double alpha)
{
  cairo_set_source_rgba (cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
                         (rgb & 255) / 255.0, alpha);
}

static guint32
mix (guint32 from, guint32 to, double share)
{
  guint32 out = 0;

  for (guint shift = 0; shift <= 16; shift += 8)
    {
      const double a = from >> shift & 255;
      const double b = to >> shift & 255;

      out |= (guint32) (a + (b - a) * share) << shift;
    }
  return out;
}

static void
add_stop (cairo_pattern_t *pattern, double offset, guint32 rgb)
{
  cairo_pattern_add_color_stop_rgb (pattern, offset, (rgb >> 16 & 255) / 255.0,
                                    (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void
draw_ground (Easel *easel)
{
  const double x = SIDE * (0.25 + 0.5 * next_random (easel));
  const double y = SIDE * (0.2 + 0.4 * next_random (easel));
  cairo_pattern_t *glow = cairo_pattern_create_radial (x, y, 0, x, y, SIDE);

  add_stop (glow, 0, easel->colors->glow);
  add_stop (glow, 1, easel->colors->ground);
  cairo_set_source (easel->cr, glow);
  cairo_paint (easel->cr);
  cairo_pattern_destroy (glow);
}

/* Rays around a disk, as long as the sound is loud. */
static void
draw_sun (Easel *easel)
{
  const double hole = SIDE * (0.13 + 0.06 * next_random (easel));
  const double turn = next_random (easel) * G_PI;

  cairo_set_line_cap (easel->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (easel->cr, 14);
  for (guint i = 0; i < 2 * BINS; i++)
    {
      const guint bin = i < BINS ? i : 2 * BINS - 1 - i; /* there and back: the ring closes */
      const double angle = turn + G_PI * i / BINS;
      const double reach = hole + 30 + easel->level[bin] * (SIDE * 0.44 - hole - 30);

      set_color (easel->cr, mix (easel->colors->near, easel->colors->far, (double) bin / BINS),
                 0.9);
      cairo_move_to (easel->cr, MIDDLE + cos (angle) * (hole + 18),
                     MIDDLE + sin (angle) * (hole + 18));
      cairo_line_to (easel->cr, MIDDLE + cos (angle) * reach, MIDDLE + sin (angle) * reach);
      cairo_stroke (easel->cr);
    }
  set_color (easel->cr, easel->colors->near, 0.95);
  cairo_arc (easel->cr, MIDDLE, MIDDLE, hole - 22, 0, 2 * G_PI);
  cairo_fill (easel->cr);
}

/* One ridge behind the other, each a little further along the sound. */
static void
draw_ridges (Easel *easel)
{
  const guint n = 13;

  cairo_set_line_join (easel->cr, CAIRO_LINE_JOIN_ROUND);
  for (guint row = 0; row < n; row++)
    {
      const double base = SIDE * (0.24 + 0.6 * row / (n - 1));
      const guint shift = (guint) (next_random (easel) * BINS);

      cairo_move_to (easel->cr, -20, SIDE + 20);
      cairo_line_to (easel->cr, -20, base);
      for (guint i = 0; i <= BINS; i++)
        {
          const double across = (double) i / BINS;
          const double hill = pow (sin (across * G_PI), 3);
          const double height = easel->level[(i + shift) % BINS] * hill * SIDE * 0.2;

          cairo_line_to (easel->cr, across * SIDE, base - height);
        }
      cairo_line_to (easel->cr, SIDE + 20, base);
      cairo_line_to (easel->cr, SIDE + 20, SIDE + 20);
      cairo_close_path (easel->cr);
      set_color (easel->cr, mix (easel->colors->glow, easel->colors->ground, (double) row / n), 1);
      cairo_fill_preserve (easel->cr);
      set_color (easel->cr, mix (easel->colors->far, easel->colors->near, (double) row / n), 0.95);
      cairo_set_line_width (easel->cr, 5);
      cairo_stroke (easel->cr);
    }
}

/* Rings that are open where it is quiet. */
static void
draw_rings (Easel *easel)
{
  const guint n = 9;

  cairo_set_line_cap (easel->cr, CAIRO_LINE_CAP_ROUND);
  for (guint ring = 0; ring < n; ring++)
    {
      const double radius = SIDE * (0.06 + 0.045 * ring);
      const double level = easel->level[ring * BINS / n];
      const double start = next_random (easel) * 2 * G_PI;

      set_color (easel->cr, mix (easel->colors->near, easel->colors->far, (double) ring / n), 0.92);
      cairo_set_line_width (easel->cr, 10 + 22 * easel->level[(ring * 5 + 3) % BINS]);
      cairo_arc (easel->cr, MIDDLE, MIDDLE, radius, start, start + G_PI * (0.5 + 1.3 * level));
      cairo_stroke (easel->cr);
    }
}

/* Quarter circles, turned by chance and lit by loudness. */
static void
draw_tiles (Easel *easel)
{
  const guint n = 6;
  const double side = (double) SIDE / n;

  for (guint i = 0; i < n * n; i++)
    {
      const double level = easel->level[i * BINS / (n * n)];
      const guint turn = (guint) (next_random (easel) * 4);

      cairo_save (easel->cr);
      cairo_translate (easel->cr, (i % n + 0.5) * side, (i / n + 0.5) * side);
      cairo_rotate (easel->cr, turn * G_PI / 2);
      set_color (easel->cr, i % 3 == 0 ? easel->colors->far : easel->colors->near,
                 0.08 + 0.84 * level * level);
      cairo_move_to (easel->cr, -side / 2, -side / 2);
      cairo_arc (easel->cr, -side / 2, -side / 2, side, 0, G_PI / 2);
      cairo_close_path (easel->cr);
      cairo_fill (easel->cr);
      cairo_restore (easel->cr);
    }
}

/* Waves over each other, seen through. */
static void
draw_waves (Easel *easel)
{
  const guint n = 5;

  for (guint wave = 0; wave < n; wave++)
    {
      const double base = SIDE * (0.35 + 0.13 * wave);
      const double phase = next_random (easel) * 2 * G_PI;
      const double swing = SIDE * (0.05 + 0.09 * easel->level[(wave * 11 + 7) % BINS]);

      cairo_move_to (easel->cr, 0, SIDE);
      for (guint x = 0; x <= SIDE; x += 8)
        cairo_line_to (easel->cr, x,
                       base + sin (phase + (double) x / SIDE * G_PI * (2 + wave)) * swing);
      cairo_line_to (easel->cr, SIDE, SIDE);
      cairo_close_path (easel->cr);
      set_color (easel->cr, mix (easel->colors->far, easel->colors->near, (double) wave / n), 0.34);
      cairo_fill (easel->cr);
    }
}

static void
read_levels (Easel *easel, GBytes *peaks)
{
  gsize n = 0;
  const guint8 *bins = peaks != NULL ? g_bytes_get_data (peaks, &n) : NULL;
  double most = 1;

  for (gsize i = 0; i < n; i++)
    most = MAX (most, bins[i]);
  for (guint i = 0; i < BINS; i++)
    easel->level[i] = n > 0 ? 0.12 + 0.88 * bins[i * n / BINS] / most
                            : 0.4 + 0.6 * next_random (easel);
}

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static guint32
hash_text (const char *text)
{
  GmHash hash;

  gm_hash_sha256 ((const guint8 *) text, strlen (text), &hash);
  return (guint32) hash.b[0] << 24 | (guint32) hash.b[1] << 16 | (guint32) hash.b[2] << 8 |
         hash.b[3];
}

GBytes *
gm_cover_art_draw (const GmCoverArt *facts, GError **error)
{
  static void (*const motifs[]) (Easel *) = { draw_sun, draw_ridges, draw_rings, draw_tiles,
                                              draw_waves };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  GByteArray *png = g_byte_array_new ();
  const guint32 artist = hash_text (facts->artist != NULL ? facts->artist : "");
  Easel easel = { .cr = cairo_create (surface), .seed = hash_text (facts->title) };
  cairo_status_t status;

  easel.colors = &palettes[(artist + easel.seed % 3) % G_N_ELEMENTS (palettes)];
  read_levels (&easel, facts->peaks);
  draw_ground (&easel);
  motifs[(easel.seed >> 16) % G_N_ELEMENTS (motifs)](&easel);
  cairo_destroy (easel.cr);
  status = cairo_surface_write_to_png_stream (surface, append, png);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (png);

  g_byte_array_unref (png);
  return gm_fail_null (error, GM_ERROR_BUG, "draw a cover: %s", cairo_status_to_string (status));
}
