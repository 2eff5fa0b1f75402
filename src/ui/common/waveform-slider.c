/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/waveform-slider.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/duration.h"
#include "ui/common/waveform-shape.h"

#define QUIET_MS 100 /* between two seeks of one movement */

struct _GmWaveformSlider
{
  GtkScale parent;
  GBytes *peaks; /* (nullable) */
  gint64 duration_ms;
  double fraction; /* as it was told last */
  double start, limit;
  double wanted; /* where a person moved it */
  gboolean told; /* wanted was */
  guint timer;   /* while a person moves it */
};

G_DEFINE_FINAL_TYPE (GmWaveformSlider, gm_waveform_slider, GTK_TYPE_SCALE)

enum
{
  PROP_PEAKS = 1,
  PROP_FRACTION,
  PROP_DURATION_MS,
  PROP_START_FRACTION,
  PROP_LIMIT_FRACTION,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint seek_signal;

static double
duration_s (GmWaveformSlider *self)
{
  return (double) self->duration_ms / 1000;
}

static double
shown_fraction (GmWaveformSlider *self)
{
  return self->duration_ms > 0 ? gtk_range_get_value (GTK_RANGE (self)) / duration_s (self) : 0;
}

/* "0:12 of 0:30" */
static void
update_words (GmWaveformSlider *self)
{
  gint64 start_ms = (gint64) (self->start * (double) self->duration_ms);
  gint64 at_ms = (gint64) (gtk_range_get_value (GTK_RANGE (self)) * 1000) - start_ms;
  g_autofree char *at = at_ms < 1000 ? g_strdup ("0:00") : gm_duration_format (at_ms);
  g_autofree char *of = gm_duration_format ((gint64) (self->limit * (double) self->duration_ms) -
                                            start_ms);
  g_autofree char *words = of != NULL ? g_strdup_printf (_ ("%s of %s"), at, of)
                                      : g_strdup (_ ("Nothing is loaded"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  -1);
}

static void
update_position (GmWaveformSlider *self)
{
  if (self->timer != 0)
    return;
  gtk_range_set_value (GTK_RANGE (self), self->fraction * duration_s (self));
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_range (GmWaveformSlider *self)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self));

  gtk_adjustment_configure (adjustment, self->fraction * duration_s (self), 0, duration_s (self),
                            GM_WAVEFORM_SLIDER_STEP_S, GM_WAVEFORM_SLIDER_PAGE_S, 0);
  gtk_range_set_fill_level (GTK_RANGE (self), self->limit * duration_s (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->duration_ms > 0);
  update_position (self);
}

static void
tell (GmWaveformSlider *self)
{
  self->told = TRUE;
  g_signal_emit (self, seek_signal, 0, self->wanted);
}

static gboolean
on_quiet (gpointer data)
{
  GmWaveformSlider *self = data;

  if (!self->told)
    {
      tell (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

/* Only a person gets here. */
static gboolean
change_value (GtkRange *range, GtkScrollType scroll, double value)
{
  GmWaveformSlider *self = GM_WAVEFORM_SLIDER (range);

  if (self->duration_ms <= 0)
    return GDK_EVENT_STOP;

  value = CLAMP (value, self->start * duration_s (self), self->limit * duration_s (self));
  GTK_RANGE_CLASS (gm_waveform_slider_parent_class)->change_value (range, scroll, value);
  self->wanted = value / duration_s (self);
  self->told = FALSE;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->timer == 0)
    {
      tell (self);
      self->timer = g_timeout_add (QUIET_MS, on_quiet, self);
    }
  return GDK_EVENT_STOP;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *to)
{
  GmWaveformSlider *self = GM_WAVEFORM_SLIDER (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GmWaveformShape shape = { .peaks = self->peaks,
                            .width = gtk_widget_get_width (widget),
                            .height = gtk_widget_get_height (widget),
                            .played = shown_fraction (self),
                            .start = self->start,
                            .limit = self->limit };
  cairo_t *cairo;

  gtk_style_context_get_color (style, &shape.rest_color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &shape.played_color))
    shape.played_color = shape.rest_color;
  cairo = gtk_snapshot_append_cairo (
      to, &GRAPHENE_RECT_INIT (0, 0, (float) shape.width, (float) shape.height));
  gm_waveform_shape_draw (&shape, cairo);
  cairo_destroy (cairo);
}

void
gm_waveform_slider_set_peaks (GmWaveformSlider *self, GBytes *peaks)
{
  if (self->peaks == peaks)
    return;

  g_clear_pointer (&self->peaks, g_bytes_unref);
  self->peaks = peaks != NULL ? g_bytes_ref (peaks) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEAKS]);
}

void
gm_waveform_slider_set_fraction (GmWaveformSlider *self, double fraction)
{
  if (self->fraction == fraction)
    return;

  self->fraction = fraction;
  update_position (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmWaveformSlider *self = GM_WAVEFORM_SLIDER (object);

  switch (id)
    {
    case PROP_PEAKS: g_value_set_boxed (value, self->peaks); break;
    case PROP_FRACTION: g_value_set_double (value, self->fraction); break;
    case PROP_DURATION_MS: g_value_set_int64 (value, self->duration_ms); break;
    case PROP_START_FRACTION: g_value_set_double (value, self->start); break;
    case PROP_LIMIT_FRACTION: g_value_set_double (value, self->limit); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmWaveformSlider *self = GM_WAVEFORM_SLIDER (object);

  switch (id)
    {
    case PROP_PEAKS: gm_waveform_slider_set_peaks (self, g_value_get_boxed (value)); break;
    case PROP_FRACTION: gm_waveform_slider_set_fraction (self, g_value_get_double (value)); break;
    case PROP_DURATION_MS:
      self->duration_ms = g_value_get_int64 (value);
      update_range (self);
      break;
    case PROP_START_FRACTION:
      self->start = g_value_get_double (value);
      update_range (self);
      break;
    case PROP_LIMIT_FRACTION:
      self->limit = g_value_get_double (value);
      update_range (self);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmWaveformSlider *self = GM_WAVEFORM_SLIDER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->peaks, g_bytes_unref);
  G_OBJECT_CLASS (gm_waveform_slider_parent_class)->dispose (object);
}

static void
gm_waveform_slider_class_init (GmWaveformSliderClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  widget->snapshot = snapshot;
  GTK_RANGE_CLASS (klass)->change_value = change_value;
  properties[PROP_PEAKS] = g_param_spec_boxed ("peaks", NULL, NULL, G_TYPE_BYTES, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_DURATION_MS] = g_param_spec_int64 ("duration-ms", NULL, NULL, 0, G_MAXINT64, 0,
                                                     flags);
  properties[PROP_START_FRACTION] = g_param_spec_double ("start-fraction", NULL, NULL, 0, 1, 0,
                                                         flags);
  properties[PROP_LIMIT_FRACTION] = g_param_spec_double ("limit-fraction", NULL, NULL, 0, 1, 1,
                                                         flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  seek_signal = g_signal_new ("seek", GM_TYPE_WAVEFORM_SLIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget, "waveform");
}

static void
gm_waveform_slider_init (GmWaveformSlider *self)
{
  self->limit = 1;
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_range_set_restrict_to_fill_level (GTK_RANGE (self), TRUE);
  gtk_range_set_round_digits (GTK_RANGE (self), -1);
  update_range (self);
}

GtkWidget *
gm_waveform_slider_new (void)
{
  return g_object_new (GM_TYPE_WAVEFORM_SLIDER, NULL);
}
