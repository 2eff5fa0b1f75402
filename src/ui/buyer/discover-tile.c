/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-tile.h"

#include "ui/buyer/asset-words.h"
#include "ui/common/text-paint.h"

#define GAP_PX   6 /* between cover and text, and between a price and the cover's edge */
#define PRICE_PX 8 /* on both sides of a price */

struct _GmDiscoverTile
{
  GtkWidget parent;
  GmDiscoverParts parts;
};

G_DEFINE_FINAL_TYPE (GmDiscoverTile, gm_discover_tile, GTK_TYPE_WIDGET)

GmDiscoverParts *
gm_discover_tile_get_parts (GmDiscoverTile *self)
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
  *minimum = GM_DISCOVER_TILE_WIDTH;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MAX (for_size, GM_DISCOVER_TILE_WIDTH) + GAP_PX +
               gm_text_height (widget, GM_TEXT_STRONG) + gm_text_height (widget, GM_TEXT_BODY) +
               gm_text_height (widget, GM_TEXT_CAPTION);
  *natural = *minimum;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gm_discover_parts_allocate (&GM_DISCOVER_TILE (widget)->parts,
                              &(GtkAllocation){ 0, 0, width, width });
}

/* On a picture of any color, so on a ground of its own. */
static void
draw_price (GmDiscoverTile *self, GtkSnapshot *to)
{
  static const GdkRGBA ground = { 0.043f, 0.051f, 0.071f, 0.78f };
  static const GdkRGBA ink = { 1, 1, 1, 1 };
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *price = gm_asset_words_dup_price (self->parts.item);
  int side = gtk_widget_get_width (widget);
  int height = gm_text_height (widget, GM_TEXT_CAPTION_STRONG) + 2;
  int width = price != NULL ? gm_text_width (widget, GM_TEXT_CAPTION_STRONG, price) + 2 * PRICE_PX
                            : 0;
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = from_right ? GAP_PX : side - width - GAP_PX;
  int y = side - height - GAP_PX;
  GskRoundedRect pill;

  if (price == NULL)
    return;
  gsk_rounded_rect_init_from_rect (
      &pill, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height),
      (float) height / 2);
  gtk_snapshot_push_rounded_clip (to, &pill);
  gtk_snapshot_append_color (to, &ground, &pill.bounds);
  gtk_snapshot_pop (to);
  gm_text_paint (widget, to,
                 &(GmTextLine){ .text = price,
                                .style = GM_TEXT_CAPTION_STRONG,
                                .color = &ink,
                                .x = x + PRICE_PX,
                                .y = y + 1,
                                .width = width - 2 * PRICE_PX });
}

static void
draw_text (GmDiscoverTile *self, GtkSnapshot *to, const GmAsset *asset)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  g_autofree char *facts = gm_asset_words_dup_facts (asset);
  GdkRGBA ink, dim;
  GmTextLine line = { .y = width + GAP_PX, .width = width };

  gm_text_color (widget, NULL, &ink);
  gm_text_color (widget, "gm_text_dim", &dim);
  for (guint i = 0; i < 3; i++)
    {
      static const GmTextStyle styles[] = { GM_TEXT_STRONG, GM_TEXT_BODY, GM_TEXT_CAPTION };
      const char *const texts[] = { asset->title, asset->artist, facts };

      line.text = texts[i];
      line.style = styles[i];
      line.color = i == 0 ? &ink : &dim;
      gm_text_paint (widget, to, &line);
      line.y += gm_text_height (widget, styles[i]);
    }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *to)
{
  GmDiscoverTile *self = GM_DISCOVER_TILE (widget);
  const GmAsset *asset = gm_discover_parts_asset (&self->parts);

  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->parts.cover), to);
  if (asset == NULL)
    return;
  draw_price (self, to);
  draw_text (self, to, asset);
  if (self->parts.play != NULL)
    gtk_widget_snapshot_child (widget, self->parts.play, to);
}

static void
dispose (GObject *object)
{
  gm_discover_parts_clear (&GM_DISCOVER_TILE (object)->parts);
  G_OBJECT_CLASS (gm_discover_tile_parent_class)->dispose (object);
}

static void
gm_discover_tile_class_init (GmDiscoverTileClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->get_request_mode = get_request_mode;
  widget->measure = measure;
  widget->size_allocate = size_allocate;
  widget->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget, "tile");
}

static void
gm_discover_tile_init (GmDiscoverTile *self)
{
  gm_discover_parts_init (&self->parts, GTK_WIDGET (self), GM_DISCOVER_TILE_WIDTH, FALSE);
}

GtkWidget *
gm_discover_tile_new (GmSession *session)
{
  GmDiscoverTile *self = g_object_new (GM_TYPE_DISCOVER_TILE, NULL);

  g_object_set (self->parts.cover, "session", session, NULL);
  return GTK_WIDGET (self);
}
