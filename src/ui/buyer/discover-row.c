/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-row.h"

#include "base/duration.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/key-words.h"
#include "ui/common/text-paint.h"
#include "ui/common/waveform-shape.h"

#define COVER_PX   36
#define SHAPE_PX   24 /* height of the waveform */
#define GAP_PX     12
#define NARROW_PX  600 /* below, artist and facts stand under the title */
#define LEAST_TEXT 96
#define AIR_PX     4 /* above and below two lines */

typedef enum
{
  COVER,
  TITLE,
  ARTIST,
  GENRE,
  TEMPO,
  KEY,
  LENGTH,
  SHAPE,
  PRICE,
  N_CELLS,
} Cell;

/* A weight is a share of what the fixed widths leave. */
static const struct
{
  int width;
  int weight;
  int from; /* the row's width at which it is shown */
} cells[N_CELLS] = {
  [COVER] = { COVER_PX, 0, 0 }, [TITLE] = { 0, 5, 0 },          [ARTIST] = { 0, 3, NARROW_PX },
  [GENRE] = { 96, 0, 1000 },    [TEMPO] = { 68, 0, NARROW_PX }, [KEY] = { 84, 0, NARROW_PX },
  [LENGTH] = { 48, 0, 760 },    [SHAPE] = { 140, 0, 880 },      [PRICE] = { 96, 0, 0 },
};

struct _GmDiscoverRow
{
  GtkWidget parent;
  GmDiscoverParts parts;
};

G_DEFINE_FINAL_TYPE (GmDiscoverRow, gm_discover_row, GTK_TYPE_WIDGET)

GmDiscoverParts *
gm_discover_row_get_parts (GmDiscoverRow *self)
{
  return &self->parts;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  int text = gm_text_height (widget, GM_TEXT_STRONG);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      if (for_size >= 0 && for_size < NARROW_PX)
        text += gm_text_height (widget, GM_TEXT_CAPTION) + 2 * AIR_PX;
      *minimum = MAX (COVER_PX, text);
    }
  else
    *minimum = COVER_PX + LEAST_TEXT + cells[PRICE].width + 2 * GAP_PX;
  *natural = *minimum;
}

/* From the start of the row, whichever side that is. */
typedef struct
{
  int x[N_CELLS];
  int width[N_CELLS]; /* 0: not shown */
} Places;

static void
find_places (GtkWidget *widget, int price_width, Places *out)
{
  int width = gtk_widget_get_width (widget);
  int left = width;
  int weights = 0;
  int x = 0;

  *out = (Places){ { 0 }, { 0 } };
  for (guint i = 0; i < N_CELLS; i++)
    if (width >= cells[i].from)
      {
        out->width[i] = i == PRICE ? MAX (price_width, cells[i].width) : cells[i].width;
        left -= out->width[i] + (i > 0 ? GAP_PX : 0);
        weights += cells[i].weight;
      }
  for (guint i = 0; i < N_CELLS; i++)
    if (width >= cells[i].from)
      {
        if (cells[i].weight > 0)
          out->width[i] = MAX (0, left) * cells[i].weight / weights;
        out->x[i] = x;
        x += out->width[i] + GAP_PX;
      }
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    for (guint i = 0; i < N_CELLS; i++)
      out->x[i] = width - out->x[i] - out->width[i];
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Places places;

  find_places (widget, 0, &places);
  gm_discover_parts_allocate (
      &GM_DISCOVER_ROW (widget)->parts,
      &(GtkAllocation){ places.x[COVER], (height - COVER_PX) / 2, COVER_PX, COVER_PX });
}

static void
draw_line (GtkWidget *widget, GtkSnapshot *to, const Places *places, Cell cell, GmTextLine line)
{
  line.x = places->x[cell];
  line.width = places->width[cell];
  gm_text_paint (widget, to, &line);
}

/* In the middle of the row; takes @text. */
static void
draw_cell (GtkWidget *widget,
           GtkSnapshot *to,
           const Places *places,
           Cell cell,
           char *text,
           const GdkRGBA *color)
{
  g_autofree char *owned = text;
  GmTextStyle style = cell == PRICE || cell == TITLE ? GM_TEXT_STRONG : GM_TEXT_BODY;

  draw_line (
      widget, to, places, cell,
      (GmTextLine){ .text = text,
                    .style = style,
                    .color = color,
                    .y = (gtk_widget_get_height (widget) - gm_text_height (widget, style)) / 2,
                    .at_end = cell == TEMPO || cell == LENGTH || cell == PRICE });
}

static void
draw_two_lines (GtkWidget *widget,
                GtkSnapshot *to,
                const Places *places,
                const GmAsset *asset,
                const GdkRGBA *ink,
                const GdkRGBA *dim)
{
  g_autofree char *facts = gm_asset_words_dup_facts (asset);
  g_autofree char *detail = g_strconcat (asset->artist, *facts != '\0' ? " · " : "", facts, NULL);
  int title = gm_text_height (widget, GM_TEXT_STRONG);
  int y = (gtk_widget_get_height (widget) - title - gm_text_height (widget, GM_TEXT_CAPTION)) / 2;

  draw_line (widget, to, places, TITLE,
             (GmTextLine){ .text = asset->title, .style = GM_TEXT_STRONG, .color = ink, .y = y });
  draw_line (
      widget, to, places, TITLE,
      (GmTextLine){ .text = detail, .style = GM_TEXT_CAPTION, .color = dim, .y = y + title });
}

static void
draw_columns (GtkWidget *widget,
              GtkSnapshot *to,
              const Places *places,
              const GmAsset *asset,
              const GdkRGBA *ink,
              const GdkRGBA *dim)
{
  draw_cell (widget, to, places, TITLE, g_strdup (asset->title), ink);
  draw_cell (widget, to, places, ARTIST, g_strdup (asset->artist), dim);
  draw_cell (widget, to, places, GENRE, g_strdup (asset->genre), dim);
  draw_cell (widget, to, places, TEMPO, gm_asset_words_dup_tempo (asset->bpm), dim);
  draw_cell (widget, to, places, KEY, gm_key_words_dup (asset->key_sig), dim);
  draw_cell (widget, to, places, LENGTH, gm_duration_format (asset->duration_ms), dim);
}

static void
draw_shape (GtkWidget *widget, GtkSnapshot *to, const Places *places, const GmAsset *asset)
{
  GmWaveformShape shape = {
    .peaks = asset->peaks, .width = places->width[SHAPE], .height = SHAPE_PX, .limit = 1
  };
  int y = (gtk_widget_get_height (widget) - SHAPE_PX) / 2;
  cairo_t *cairo;

  if (shape.width == 0 || asset->peaks == NULL)
    return;
  gm_text_color (widget, "gm_wave", &shape.rest_color);
  gtk_snapshot_save (to);
  gtk_snapshot_translate (to, &GRAPHENE_POINT_INIT ((float) places->x[SHAPE], (float) y));
  cairo = gtk_snapshot_append_cairo (
      to, &GRAPHENE_RECT_INIT (0, 0, (float) shape.width, (float) shape.height));
  gm_waveform_shape_draw (&shape, cairo);
  cairo_destroy (cairo);
  gtk_snapshot_restore (to);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *to)
{
  GmDiscoverRow *self = GM_DISCOVER_ROW (widget);
  const GmAsset *asset = gm_discover_parts_asset (&self->parts);
  g_autofree char *price = NULL;
  GdkRGBA ink, dim;
  Places places;

  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->parts.cover), to);
  if (asset == NULL)
    return;
  price = gm_asset_words_dup_price (self->parts.item);
  find_places (widget, price != NULL ? gm_text_width (widget, GM_TEXT_STRONG, price) : 0, &places);
  gm_text_color (widget, NULL, &ink);
  gm_text_color (widget, "gm_text_dim", &dim);
  if (gtk_widget_get_width (widget) < NARROW_PX)
    draw_two_lines (widget, to, &places, asset, &ink, &dim);
  else
    draw_columns (widget, to, &places, asset, &ink, &dim);
  draw_shape (widget, to, &places, asset);
  draw_cell (widget, to, &places, PRICE, g_steal_pointer (&price), &ink);
  if (self->parts.play != NULL)
    gtk_widget_snapshot_child (widget, self->parts.play, to);
}

static void
dispose (GObject *object)
{
  gm_discover_parts_clear (&GM_DISCOVER_ROW (object)->parts);
  G_OBJECT_CLASS (gm_discover_row_parent_class)->dispose (object);
}

static void
gm_discover_row_class_init (GmDiscoverRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->get_request_mode = get_request_mode;
  widget->measure = measure;
  widget->size_allocate = size_allocate;
  widget->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget, "assetrow");
}

static void
gm_discover_row_init (GmDiscoverRow *self)
{
  gm_discover_parts_init (&self->parts, GTK_WIDGET (self), COVER_PX, TRUE);
}

GtkWidget *
gm_discover_row_new (GmSession *session)
{
  GmDiscoverRow *self = g_object_new (GM_TYPE_DISCOVER_ROW, NULL);

  g_object_set (self->parts.cover, "session", session, NULL);
  return GTK_WIDGET (self);
}
