/* waveform-shape.h - draws peaks as bars: what was played, what is left, what cannot be reached.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GBytes *peaks; /* (nullable) a line */
  int width, height;
  double played;       /* 0 to 1; so the others */
  double start, limit; /* what can be reached */
  GdkRGBA played_color, rest_color;
} GmWaveformShape;

void gm_waveform_shape_draw (const GmWaveformShape *self, cairo_t *cairo);

/* The height, 0 to 1, of bar @bar of @n_bars: the highest of its bins, or between two bins when
 * there are fewer bins than bars. */
double gm_waveform_shape_bar (GBytes *peaks, guint bar, guint n_bars);

G_END_DECLS
