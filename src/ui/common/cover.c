/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/cover.h"

#include "ui/common/cover-cache.h"

struct _GmCover
{
  GtkWidget parent;
  GmSession *session; /* (nullable) */
  char *name;         /* (nullable) */
  char *seed;         /* (nullable) */
  int size;
  guint side;          /* pixels of what is shown or loaded */
  GdkTexture *texture; /* (nullable) */
  GObject *load;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmCover, gm_cover, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  PROP_NAME,
  PROP_SEED,
  PROP_SIZE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

/* Few sizes, so that the cache is shared and a window that grows does not load each pixel anew. */
static guint
wanted_side (GmCover *self)
{
  static const guint sides[] = { 64, 128, 256, 512 };
  int shown = MAX (self->size, gtk_widget_get_width (GTK_WIDGET (self)));
  guint pixels = (guint) (shown * gtk_widget_get_scale_factor (GTK_WIDGET (self)));

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (pixels <= sides[i])
      return sides[i];
  return 1024;
}

static void
on_loaded (gpointer data, GdkTexture *texture)
{
  GmCover *self = data;

  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update (GmCover *self)
{
  GmCoverCache *cache;
  GdkTexture *kept;

  g_clear_object (&self->load);
  if (self->name == NULL || self->session == NULL)
    {
      g_clear_object (&self->texture);
      return;
    }

  self->side = wanted_side (self);
  cache = gm_cover_cache_get (self->session);
  kept = gm_cover_cache_lookup (cache, self->name, self->side);
  if (kept != NULL)
    g_set_object (&self->texture, kept);
  else
    self->load = gm_cover_cache_load (cache, self->name, self->side, on_loaded, self);
}

void
gm_cover_show (GmCover *self, const char *name, const char *seed)
{
  gboolean is_other = g_strcmp0 (name, self->name) != 0;

  if (!is_other && g_strcmp0 (seed, self->seed) == 0)
    return;

  if (is_other)
    {
      g_free (self->name);
      self->name = g_strdup (name);
      g_clear_object (&self->texture);
      update (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }
  if (g_strcmp0 (seed, self->seed) != 0)
    {
      g_free (self->seed);
      self->seed = g_strdup (seed);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEED]);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
gm_cover_is_loaded (GmCover *self)
{
  return self->texture != NULL;
}

/* A larger picture is wanted; until it is here the smaller one is shown. */
static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GmCover *self = GM_COVER (widget);

  if (self->name != NULL && wanted_side (self) > self->side)
    update (self);
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
  int size = GM_COVER (widget)->size;

  *minimum = size;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? MAX (size, for_size) : size;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural;
}

/* Two neighbouring hues, dark enough for a light mark on them in both color schemes. */
static void
choose_colors (const char *seed, GdkRGBA *from, GdkRGBA *to)
{
  guint hash = seed != NULL ? g_str_hash (seed) * 2654435761u : 0;
  float hue = (float) (hash >> 16) / 65536;
  float other = hue + 0.14f;

  gtk_hsv_to_rgb (hue, 0.46f, 0.52f, &from->red, &from->green, &from->blue);
  gtk_hsv_to_rgb (other > 1 ? other - 1 : other, 0.58f, 0.26f, &to->red, &to->green, &to->blue);
  from->alpha = 1;
  to->alpha = 1;
}

static void
append_ring (GtkSnapshot *snapshot, float side, float part, float width, float alpha)
{
  GdkRGBA color = { 1, 1, 1, alpha };
  float radius = side * part / 2;
  GskRoundedRect ring;

  gsk_rounded_rect_init_from_rect (
      &ring, &GRAPHENE_RECT_INIT (side / 2 - radius, side / 2 - radius, 2 * radius, 2 * radius),
      radius);
  gtk_snapshot_append_border (snapshot, &ring, (float[]){ width, width, width, width },
                              (GdkRGBA[]){ color, color, color, color });
}

/* A record seen from above. */
static void
draw_placeholder (GmCover *self, GtkSnapshot *snapshot, float side)
{
  GskColorStop stops[2] = { { .offset = 0 }, { .offset = 1 } };

  choose_colors (self->seed != NULL ? self->seed : self->name, &stops[0].color, &stops[1].color);
  gtk_snapshot_append_linear_gradient (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, side, side), &GRAPHENE_POINT_INIT (0, 0),
      &GRAPHENE_POINT_INIT (side, side), stops, G_N_ELEMENTS (stops));
  append_ring (snapshot, side, 0.62f, MAX (1, side / 90), 0.10f);
  append_ring (snapshot, side, 0.44f, MAX (1, side / 90), 0.14f);
  append_ring (snapshot, side, 0.20f, side * 0.07f, 0.34f);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *to)
{
  GmCover *self = GM_COVER (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  float side = (float) MIN (width, height);

  gtk_snapshot_save (to);
  gtk_snapshot_translate (
      to, &GRAPHENE_POINT_INIT (((float) width - side) / 2, ((float) height - side) / 2));
  if (self->texture != NULL)
    gtk_snapshot_append_texture (to, self->texture, &GRAPHENE_RECT_INIT (0, 0, side, side));
  else
    draw_placeholder (self, to, side);
  gtk_snapshot_restore (to);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmCover *self = GM_COVER (object);

  switch (id)
    {
    case PROP_SESSION: g_value_set_object (value, self->session); break;
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_SEED: g_value_set_string (value, self->seed); break;
    case PROP_SIZE: g_value_set_int (value, self->size); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmCover *self = GM_COVER (object);

  switch (id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        update (self);
      break;
    case PROP_NAME: gm_cover_show (self, g_value_get_string (value), self->seed); break;
    case PROP_SEED: gm_cover_show (self, self->name, g_value_get_string (value)); break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmCover *self = GM_COVER (object);

  g_clear_object (&self->load);
  g_clear_object (&self->texture);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->seed, g_free);
  G_OBJECT_CLASS (gm_cover_parent_class)->dispose (object);
}

static void
gm_cover_class_init (GmCoverClass *klass)
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
  widget->snapshot = snapshot;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, GM_TYPE_SESSION, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SEED] = g_param_spec_string ("seed", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 16, 1024, 40, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget, "cover");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gm_cover_init (GmCover *self)
{
  self->size = 40;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
gm_cover_new (GmSession *session, int size)
{
  return g_object_new (GM_TYPE_COVER, "session", session, "size", size, NULL);
}
