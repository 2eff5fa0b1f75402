/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-row.h"

#include "ui/buyer/asset-words.h"
#include "ui/buyer/discover-play.h"
#include "ui/common/cover.h"
#include "ui/common/key-words.h"
#include "ui/common/waveform-shape.h"

#define COVER_PX   36
#define GAP_PX     12
#define NARROW_PX  600 /* below, artist and facts stand under the title */
#define LEAST_TEXT 96

typedef enum
{
  COVER,
  TITLE,
  DETAIL, /* under the title, narrow only */
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
  [COVER] = { COVER_PX, 0, 0 },   [TITLE] = { 0, 5, 0 },     [DETAIL] = { 0, 0, 0 },
  [ARTIST] = { 0, 3, NARROW_PX }, [GENRE] = { 96, 0, 1000 }, [TEMPO] = { 68, 0, NARROW_PX },
  [KEY] = { 84, 0, NARROW_PX },   [LENGTH] = { 48, 0, 760 }, [SHAPE] = { 140, 0, 880 },
  [PRICE] = { 96, 0, 0 },
};

struct _GmDiscoverRow
{
  GtkWidget parent;
  GtkWidget *cells[N_CELLS];
  GmCover *cover;
  GmDiscoverPlay *play;
  GmAssetItem *item; /* (nullable) */
  gulong handler;
};

G_DEFINE_FINAL_TYPE (GmDiscoverRow, gm_discover_row, GTK_TYPE_WIDGET)

static void
set_text (GmDiscoverRow *self, Cell cell, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->cells[cell]), text != NULL ? text : "");
}

static void
take_text (GmDiscoverRow *self, Cell cell, char *text)
{
  set_text (self, cell, text);
  g_free (text);
}

static void
show_price (GmDiscoverRow *self)
{
  take_text (self, PRICE, gm_asset_words_dup_price (self->item));
}

static void
show_detail (GmDiscoverRow *self, const GmAsset *asset)
{
  g_autofree char *facts = gm_asset_words_dup_facts (asset);

  if (*facts == '\0' || asset->artist == NULL)
    set_text (self, DETAIL, asset->artist);
  else
    take_text (self, DETAIL, g_strdup_printf ("%s · %s", asset->artist, facts));
}

void
gm_discover_row_set_item (GmDiscoverRow *self, GmAssetItem *item)
{
  const GmAsset *asset = item != NULL ? gm_asset_item_get_asset (item) : NULL;
  g_autofree char *length = NULL;

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  gm_discover_play_set_item (self->play, item);
  if (item == NULL)
    return;

  self->handler = g_signal_connect_swapped (item, "notify::owned", G_CALLBACK (show_price), self);
  g_object_get (item, "duration-text", &length, NULL);
  set_text (self, TITLE, asset->title);
  set_text (self, ARTIST, asset->artist);
  set_text (self, GENRE, asset->genre);
  set_text (self, LENGTH, length);
  take_text (self, TEMPO, gm_asset_words_dup_tempo (asset->bpm));
  take_text (self, KEY, gm_key_words_dup (asset->key_sig));
  show_detail (self, asset);
  gm_cover_show (self->cover, asset->artwork, asset->id);
  gtk_widget_queue_draw (self->cells[SHAPE]);
  show_price (self);
}

static void
draw_shape (GtkDrawingArea *area, cairo_t *cairo, int width, int height, gpointer data)
{
  GmDiscoverRow *self = data;
  GmWaveformShape shape = { .width = width, .height = height, .limit = 1 };

  if (self->item == NULL || (shape.peaks = gm_asset_item_get_asset (self->item)->peaks) == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &shape.rest_color);
  gm_waveform_shape_draw (&shape, cairo);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measured (GtkWidget *cell, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (cell, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* A price is as wide as its words where that is more than its column. */
static int
width_of (GmDiscoverRow *self, guint cell)
{
  if (cell != PRICE)
    return cells[cell].width;
  return MAX (cells[cell].width, measured (self->cells[cell], GTK_ORIENTATION_HORIZONTAL));
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
  GmDiscoverRow *self = GM_DISCOVER_ROW (widget);
  int text = measured (self->cells[TITLE], GTK_ORIENTATION_VERTICAL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = COVER_PX + LEAST_TEXT + cells[PRICE].width + 2 * GAP_PX;
      *natural = *minimum;
      return;
    }
  if (for_size >= 0 && for_size < NARROW_PX)
    text += measured (self->cells[DETAIL], GTK_ORIENTATION_VERTICAL);
  *minimum = MAX (COVER_PX, text);
  *natural = *minimum;
}

static gboolean
is_shown (guint cell, int width)
{
  return cell == DETAIL ? width < NARROW_PX : width >= cells[cell].from;
}

static void
place (GmDiscoverRow *self, guint cell, GtkAllocation at, int row_width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    at.x = row_width - at.x - at.width;
  gtk_widget_size_allocate (self->cells[cell], &at, -1);
}

/* Title and detail share a place, one above the other. */
static void
place_text (GmDiscoverRow *self, int x, int text_width, int width, int height)
{
  int title = measured (self->cells[TITLE], GTK_ORIENTATION_VERTICAL);
  int detail = measured (self->cells[DETAIL], GTK_ORIENTATION_VERTICAL);
  int top = (height - title - detail) / 2;

  place (self, TITLE, (GtkAllocation){ x, top, text_width, title }, width);
  place (self, DETAIL, (GtkAllocation){ x, top + title, text_width, detail }, width);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GmDiscoverRow *self = GM_DISCOVER_ROW (widget);
  int left = width;
  int weights = 0;
  int x = 0;

  for (guint i = 0; i < N_CELLS; i++)
    {
      gboolean shown = is_shown (i, width);

      gtk_widget_set_child_visible (self->cells[i], shown);
      if (!shown || i == DETAIL)
        continue;
      left -= width_of (self, i) + (i > 0 ? GAP_PX : 0);
      weights += cells[i].weight;
    }
  for (guint i = 0; i < N_CELLS; i++)
    {
      int cell_width;

      if (!is_shown (i, width) || i == DETAIL)
        continue;
      cell_width = cells[i].weight > 0 ? MAX (0, left) * cells[i].weight / weights
                                       : width_of (self, i);
      if (i == TITLE && is_shown (DETAIL, width))
        place_text (self, x, cell_width, width, height);
      else
        place (self, i, (GtkAllocation){ x, 0, cell_width, height }, width);
      x += cell_width + GAP_PX;
    }
}

static void
dispose (GObject *object)
{
  GmDiscoverRow *self = GM_DISCOVER_ROW (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  for (guint i = 0; i < N_CELLS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);
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
  gtk_widget_class_set_css_name (widget, "assetrow");
}

static GtkWidget *
label_new (Cell cell)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_number = cell == TEMPO || cell == LENGTH || cell == PRICE;

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  if (cell != PRICE)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_number)
    gtk_widget_add_css_class (label, "gm-number");
  gtk_widget_add_css_class (label, cell == TITLE ? "rowtitle" : "dim-label");
  if (cell == DETAIL)
    gtk_widget_add_css_class (label, "gm-caption");
  if (cell == PRICE)
    gtk_widget_add_css_class (label, "rowprice");
  return label;
}

static void
gm_discover_row_init (GmDiscoverRow *self)
{
  GtkWidget *picture = gtk_overlay_new ();
  GtkWidget *shape = gtk_drawing_area_new ();

  self->cover = GM_COVER (gm_cover_new (NULL, COVER_PX));
  gtk_widget_add_css_class (GTK_WIDGET (self->cover), "rowcover");
  self->play = GM_DISCOVER_PLAY (gm_discover_play_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->play), "small");
  gtk_overlay_set_child (GTK_OVERLAY (picture), GTK_WIDGET (self->cover));
  gtk_overlay_add_overlay (GTK_OVERLAY (picture), GTK_WIDGET (self->play));
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (shape, "rowshape");
  gtk_widget_set_valign (shape, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (shape), 24);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (shape), draw_shape, self, NULL);

  self->cells[COVER] = picture;
  self->cells[SHAPE] = shape;
  for (guint i = 0; i < N_CELLS; i++)
    {
      if (self->cells[i] == NULL)
        self->cells[i] = label_new ((Cell) i);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
}

GtkWidget *
gm_discover_row_new (GmSession *session)
{
  GmDiscoverRow *self = g_object_new (GM_TYPE_DISCOVER_ROW, NULL);

  g_object_set (self->cover, "session", session, NULL);
  return GTK_WIDGET (self);
}
