/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/waveform-shape.h"

#include <math.h>

#define FULL_SCALE 255.0
#define BAR_PX     2
#define GAP_PX     1
#define FAR_ALPHA  0.4f

double
gm_waveform_shape_bar (GBytes *peaks, guint bar, guint n_bars)
{
  gsize n;
  const guint8 *bins = peaks != NULL ? g_bytes_get_data (peaks, &n) : NULL;
  double at;
  gsize from;

  if (bins == NULL || n == 0)
    return 0;
  if (n >= n_bars)
    {
      guint8 highest = 0;

      for (gsize i = bar * n / n_bars; i < (bar + 1) * n / n_bars; i++)
        highest = MAX (highest, bins[i]);
      return highest / FULL_SCALE;
    }

  at = MAX (0, (bar + 0.5) * (double) n / n_bars - 0.5);
  from = MIN ((gsize) at, n - 1);
  at -= (double) from;
  return (bins[from] * (1 - at) + bins[MIN (from + 1, n - 1)] * at) / FULL_SCALE;
}

static void
add_bars (const GmWaveformShape *self, cairo_t *cairo)
{
  guint n_bars = (guint) MAX (1, (self->width + GAP_PX) / (BAR_PX + GAP_PX));
  double middle = self->height / 2.0;

  for (guint i = 0; i < n_bars; i++)
    {
      double height = MAX (BAR_PX, gm_waveform_shape_bar (self->peaks, i, n_bars) * self->height);
      double x = i * (BAR_PX + GAP_PX) + BAR_PX / 2.0;
      double reach = (height - BAR_PX) / 2; /* round ends add the rest */

      cairo_move_to (cairo, x, middle - reach);
      cairo_line_to (cairo, x, middle + reach);
    }
}

/* The same bars once more, seen through the part from @from to @to. */
static void
draw_part (const GmWaveformShape *self,
           cairo_t *cairo,
           double from,
           double to,
           const GdkRGBA *color)
{
  if (to <= from)
    return;

  cairo_save (cairo);
  cairo_rectangle (cairo, from * self->width, 0, (to - from) * self->width, self->height);
  cairo_clip (cairo);
  gdk_cairo_set_source_rgba (cairo, color);
  add_bars (self, cairo);
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

void
gm_waveform_shape_draw (const GmWaveformShape *self, cairo_t *cairo)
{
  double played = CLAMP (self->played, 0, 1);
  double start = MIN (self->start, played);
  double limit = MAX (played, self->limit);
  GdkRGBA far = self->rest_color;

  far.alpha *= FAR_ALPHA;
  cairo_set_line_width (cairo, BAR_PX);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  draw_part (self, cairo, 0, start, &far);
  draw_part (self, cairo, start, played, &self->played_color);
  draw_part (self, cairo, played, limit, &self->rest_color);
  draw_part (self, cairo, limit, 1, &far);
}
