/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/text-paint.h"

static const struct
{
  double scale;
  PangoWeight weight;
} styles[GM_TEXT_N_STYLES] = {
  [GM_TEXT_BODY] = { 1, PANGO_WEIGHT_NORMAL },
  [GM_TEXT_STRONG] = { 1, PANGO_WEIGHT_SEMIBOLD },
  [GM_TEXT_CAPTION] = { 0.85, PANGO_WEIGHT_NORMAL },
  [GM_TEXT_CAPTION_STRONG] = { 0.85, PANGO_WEIGHT_SEMIBOLD },
};

/* Digits of one width, so that numbers below each other can be compared. */
static PangoAttrList *
attributes_of (GmTextStyle style)
{
  static PangoAttrList *lists[GM_TEXT_N_STYLES];

  if (lists[style] == NULL)
    {
      lists[style] = pango_attr_list_new ();
      pango_attr_list_insert (lists[style], pango_attr_scale_new (styles[style].scale));
      pango_attr_list_insert (lists[style], pango_attr_weight_new (styles[style].weight));
      pango_attr_list_insert (lists[style], pango_attr_font_features_new ("tnum"));
    }
  return lists[style];
}

static PangoLayout *
layout_new (GtkWidget *widget, GmTextStyle style, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_attributes (layout, attributes_of (style));
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/* Pango aligns by the direction of the text, a column by that of the widget. */
void
gm_text_paint (GtkWidget *widget, GtkSnapshot *to, const GmTextLine *line)
{
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle text;
  int x = line->x;

  if (line->text == NULL || *line->text == '\0' || line->width <= 0)
    return;

  layout = layout_new (widget, line->style, line->text);
  pango_layout_set_width (layout, line->width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_extents (layout, NULL, &text);
  if (line->at_end != from_right)
    x += line->width - text.width;
  gtk_snapshot_save (to);
  gtk_snapshot_translate (to, &GRAPHENE_POINT_INIT ((float) (x - text.x), (float) line->y));
  gtk_snapshot_append_layout (to, layout, line->color);
  gtk_snapshot_restore (to);
}

int
gm_text_width (GtkWidget *widget, GmTextStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (widget, style, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* All rows have the same font; it is measured again when that is another one. */
int
gm_text_height (GtkWidget *widget, GmTextStyle style)
{
  static PangoFontDescription *font;
  static double resolution;
  static int heights[GM_TEXT_N_STYLES];
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *now = pango_context_get_font_description (context);

  if (font == NULL || !pango_font_description_equal (font, now) ||
      resolution != pango_cairo_context_get_resolution (context))
    {
      g_clear_pointer (&font, pango_font_description_free);
      font = pango_font_description_copy (now);
      resolution = pango_cairo_context_get_resolution (context);
      for (guint i = 0; i < GM_TEXT_N_STYLES; i++)
        {
          g_autoptr (PangoLayout) layout = layout_new (widget, (GmTextStyle) i, "Åy");

          pango_layout_get_pixel_size (layout, NULL, &heights[i]);
        }
    }
  return heights[style];
}

void
gm_text_color (GtkWidget *widget, const char *name, GdkRGBA *out)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (name == NULL || !gtk_style_context_lookup_color (style, name, out))
    gtk_style_context_get_color (style, out);
}
