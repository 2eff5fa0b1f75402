/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-skeleton.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/discover-tile.h"

#define EDGE_PX 12
#define GAP_PX  18
#define TEXT_PX 54 /* of three lines under a cover */
#define LINE_PX 10

struct _GmDiscoverSkeleton
{
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (GmDiscoverSkeleton, gm_discover_skeleton, GTK_TYPE_WIDGET)

static void
draw_block (GtkSnapshot *snapshot, const graphene_rect_t *at, float radius, const GdkRGBA *color)
{
  GskRoundedRect block;

  gsk_rounded_rect_init_from_rect (&block, at, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &block);
  gtk_snapshot_append_color (snapshot, color, at);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *to)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int columns = MAX (2, (width - EDGE_PX) / (GM_DISCOVER_TILE_WIDTH + GAP_PX));
  float tile = (float) (width - 2 * EDGE_PX - (columns - 1) * GAP_PX) / (float) columns;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (float y = EDGE_PX; y < (float) height; y += tile + TEXT_PX + GAP_PX)
    for (int i = 0; i < columns; i++)
      {
        float x = EDGE_PX + (float) i * (tile + GAP_PX);

        draw_block (to, &GRAPHENE_RECT_INIT (x, y, tile, tile), 10, &color);
        draw_block (to, &GRAPHENE_RECT_INIT (x, y + tile + LINE_PX, tile * 0.8f, LINE_PX),
                    LINE_PX / 2, &color);
        draw_block (to, &GRAPHENE_RECT_INIT (x, y + tile + 3 * LINE_PX, tile * 0.5f, LINE_PX),
                    LINE_PX / 2, &color);
      }
}

static void
gm_discover_skeleton_class_init (GmDiscoverSkeletonClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  widget->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget, "skeleton");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
gm_discover_skeleton_init (GmDiscoverSkeleton *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Getting the catalog…"), -1);
}
