/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/fold-box.h"

struct _GmFoldBox
{
  GtkWidget parent;
  GtkWidget *start; /* (nullable) */
  GtkWidget *rest;  /* (nullable) */
  int fold_width;
  int spacing;
  int start_width;
  int folded_start_width;
  gboolean folded;
};

static void buildable_init (GtkBuildableIface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GmFoldBox,
                               gm_fold_box,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum
{
  PROP_FOLD_WIDTH = 1,
  PROP_SPACING,
  PROP_START_WIDTH,
  PROP_FOLDED_START_WIDTH,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

void
gm_fold_box_append (GmFoldBox *self, GtkWidget *child)
{
  g_return_if_fail (self->rest == NULL);

  if (self->start == NULL)
    self->start = child;
  else
    self->rest = child;
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

gboolean
gm_fold_box_is_folded (GmFoldBox *self)
{
  return self->folded;
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  gm_fold_box_append (GM_FOLD_BOX (buildable), GTK_WIDGET (child));
}

static void
buildable_init (GtkBuildableIface *interface)
{
  interface->add_child = add_child;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Of the start: @width is what the box has. */
static int
start_width (GmFoldBox *self, int width)
{
  int natural;

  if (width < self->fold_width)
    return self->folded_start_width > 0 ? MIN (width, self->folded_start_width) : width;
  if (self->start_width > 0)
    return self->start_width;
  gtk_widget_measure (self->start, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
height_of (GtkWidget *child, int width)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
height_for (GmFoldBox *self, int width)
{
  int start = start_width (self, width);

  if (width < self->fold_width)
    return height_of (self->start, start) + self->spacing + height_of (self->rest, width);
  return MAX (height_of (self->start, start),
              height_of (self->rest, width - start - self->spacing));
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
  GmFoldBox *self = GM_FOLD_BOX (widget);
  int start_min, start_nat, rest_min, rest_nat;

  gtk_widget_measure (self->start, GTK_ORIENTATION_HORIZONTAL, -1, &start_min, &start_nat, NULL,
                      NULL);
  gtk_widget_measure (self->rest, GTK_ORIENTATION_HORIZONTAL, -1, &rest_min, &rest_nat, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (start_min, rest_min);
      *natural = MAX (*minimum, start_nat + self->spacing + rest_nat);
      return;
    }
  *minimum = height_for (self, for_size >= 0 ? for_size : MAX (start_min, rest_min));
  *natural = *minimum;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GmFoldBox *self = GM_FOLD_BOX (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = start_width (self, width);
  GtkAllocation start = { 0, 0, side, height };
  GtkAllocation rest = { 0, 0, width, height };

  self->folded = width < self->fold_width;
  if (self->folded)
    {
      start.x = (width - side) / 2;
      start.height = height_of (self->start, side);
      rest.y = start.height + self->spacing;
      rest.height -= rest.y;
    }
  else
    {
      start.x = from_right ? width - side : 0;
      rest.x = from_right ? 0 : side + self->spacing;
      rest.width -= side + self->spacing;
    }
  gtk_widget_size_allocate (self->start, &start, -1);
  gtk_widget_size_allocate (self->rest, &rest, -1);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmFoldBox *self = GM_FOLD_BOX (object);

  switch (id)
    {
    case PROP_FOLD_WIDTH: g_value_set_int (value, self->fold_width); break;
    case PROP_SPACING: g_value_set_int (value, self->spacing); break;
    case PROP_START_WIDTH: g_value_set_int (value, self->start_width); break;
    case PROP_FOLDED_START_WIDTH: g_value_set_int (value, self->folded_start_width); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmFoldBox *self = GM_FOLD_BOX (object);

  switch (id)
    {
    case PROP_FOLD_WIDTH: self->fold_width = g_value_get_int (value); break;
    case PROP_SPACING: self->spacing = g_value_get_int (value); break;
    case PROP_START_WIDTH: self->start_width = g_value_get_int (value); break;
    case PROP_FOLDED_START_WIDTH: self->folded_start_width = g_value_get_int (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  GmFoldBox *self = GM_FOLD_BOX (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->rest, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_fold_box_parent_class)->dispose (object);
}

static void
gm_fold_box_class_init (GmFoldBoxClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  widget->get_request_mode = get_request_mode;
  widget->measure = measure;
  widget->size_allocate = size_allocate;
  properties[PROP_FOLD_WIDTH] = g_param_spec_int ("fold-width", NULL, NULL, 0, G_MAXINT, 640,
                                                  flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_START_WIDTH] = g_param_spec_int ("start-width", NULL, NULL, 0, G_MAXINT, 0,
                                                   flags);
  properties[PROP_FOLDED_START_WIDTH] = g_param_spec_int ("folded-start-width", NULL, NULL, 0,
                                                          G_MAXINT, 0, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_fold_box_init (GmFoldBox *self)
{
  self->fold_width = 640;
}

GtkWidget *
gm_fold_box_new (void)
{
  return g_object_new (GM_TYPE_FOLD_BOX, NULL);
}
