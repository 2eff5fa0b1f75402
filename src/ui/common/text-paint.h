/* text-paint.h - single lines of text that a widget draws itself.
 *
 * For rows that are bound a thousand times a second and of which a list keeps two hundred: a label
 * each for title, artist and so on would be two thousand widgets. Lines are cut with … and stand at
 * the start, or at the end, of their width, in the direction of the widget.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GM_TEXT_BODY,
  GM_TEXT_STRONG,
  GM_TEXT_CAPTION,
  GM_TEXT_CAPTION_STRONG,
  GM_TEXT_N_STYLES,
} GmTextStyle;

typedef struct
{
  const char *text; /* (nullable) */
  GmTextStyle style;
  const GdkRGBA *color;
  int x, y, width;
  gboolean at_end;
} GmTextLine;

void gm_text_paint (GtkWidget *widget, GtkSnapshot *to, const GmTextLine *line);
int gm_text_height (GtkWidget *widget, GmTextStyle style); /* of any line */
int gm_text_width (GtkWidget *widget, GmTextStyle style, const char *text);

/* A color of the style sheet ("gm_text_dim"), or the widget's own where there is none. */
void gm_text_color (GtkWidget *widget, const char *name, GdkRGBA *out);

G_END_DECLS
