/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/waveform-slider.h"

#include <adwaita.h>

#include "ui/common/waveform-shape.h"

typedef struct
{
  GmWaveformSlider *slider;
  guint n_seeks;
  double sought;
} Fixture;

static void
on_seek (GmWaveformSlider *slider, double fraction, gpointer data)
{
  Fixture *self = data;

  self->n_seeks++;
  self->sought = fraction;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->slider = GM_WAVEFORM_SLIDER (g_object_ref_sink (gm_waveform_slider_new ()));
  g_object_set (self->slider, "duration-ms", (gint64) 120000, NULL);
  g_signal_connect (self->slider, "seek", G_CALLBACK (on_seek), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->slider);
}

/* What a key or a screen reader does. */
static void
move (Fixture *self, GtkScrollType scroll)
{
  g_signal_emit_by_name (self->slider, "move-slider", scroll);
}

static double
value (Fixture *self)
{
  return gtk_range_get_value (GTK_RANGE (self->slider));
}

static void
wait_for_seek (Fixture *self, guint n)
{
  while (self->n_seeks < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  GtkAccessible *slider = GTK_ACCESSIBLE (self->slider);

  gtk_test_accessible_assert_role (slider, GTK_ACCESSIBLE_ROLE_SLIDER);
  gm_waveform_slider_set_fraction (self->slider, 0.5);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 60.0);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 120.0);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "1:00 of 2:00");

  /* half a minute of the whole is told as half a minute */
  g_object_set (self->slider, "start-fraction", 0.25, "limit-fraction", 0.5, NULL);
  gm_waveform_slider_set_fraction (self->slider, 0.35);
  gtk_test_accessible_assert_property (slider, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0:12 of 0:30");
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  move (self, GTK_SCROLL_STEP_RIGHT);
  g_assert_cmpfloat (value (self), ==, 5);
  g_assert_cmpuint (self->n_seeks, ==, 1); /* at once */
  g_assert_cmpfloat_with_epsilon (self->sought, 5.0 / 120, 1e-9);

  /* what follows quickly is told once, when it rests */
  move (self, GTK_SCROLL_STEP_RIGHT);
  move (self, GTK_SCROLL_PAGE_RIGHT);
  move (self, GTK_SCROLL_STEP_LEFT);
  g_assert_cmpfloat (value (self), ==, 15);
  wait_for_seek (self, 2);
  g_assert_cmpfloat_with_epsilon (self->sought, 15.0 / 120, 1e-9);
  move (self, GTK_SCROLL_END);
  g_assert_cmpfloat (value (self), ==, 120);
  move (self, GTK_SCROLL_START);
  g_assert_cmpfloat (value (self), ==, 0);
}

/* The player is behind while a person moves; it does not pull the slider back. */
static void
test_not_pulled_back (Fixture *self, gconstpointer data)
{
  move (self, GTK_SCROLL_PAGE_RIGHT);
  gm_waveform_slider_set_fraction (self->slider, 0.001);
  g_assert_cmpfloat (value (self), ==, 10);
  gm_waveform_slider_set_fraction (self->slider, 0.1);
  while (value (self) == 10) /* a moment later it counts again */
    {
      g_main_context_iteration (NULL, TRUE);
      gm_waveform_slider_set_fraction (self->slider, 0.25);
      gm_waveform_slider_set_fraction (self->slider, 0.5);
    }
  g_assert_cmpfloat (value (self), ==, 60);
  g_assert_cmpuint (self->n_seeks, ==, 1);
}

static void
test_limits (Fixture *self, gconstpointer data)
{
  g_object_set (self->slider, "start-fraction", 0.25, "limit-fraction", 0.5, NULL);
  gm_waveform_slider_set_fraction (self->slider, 0.25);
  move (self, GTK_SCROLL_END);
  g_assert_cmpfloat (value (self), ==, 60);
  move (self, GTK_SCROLL_PAGE_RIGHT);
  g_assert_cmpfloat (value (self), ==, 60);
  move (self, GTK_SCROLL_START);
  g_assert_cmpfloat (value (self), ==, 30);
}

static void
test_nothing_loaded (Fixture *self, gconstpointer data)
{
  g_object_set (self->slider, "duration-ms", (gint64) 0, NULL);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (self->slider)));
  move (self, GTK_SCROLL_STEP_RIGHT);
  g_assert_cmpuint (self->n_seeks, ==, 0);
}

static void
test_shape (void)
{
  static const guint8 few[] = { 0, 255 };
  guint8 many[1024] = { 0 };
  g_autoptr (GBytes) two = g_bytes_new_static (few, sizeof few);
  g_autoptr (GBytes) all = NULL;

  /* more bars than bins: a slope, and no bar outside its bins */
  g_assert_cmpfloat (gm_waveform_shape_bar (two, 0, 100), ==, 0);
  g_assert_cmpfloat (gm_waveform_shape_bar (two, 99, 100), ==, 1);
  g_assert_cmpfloat_with_epsilon (gm_waveform_shape_bar (two, 50, 101), 0.5, 1e-9);

  /* fewer: no peak is lost */
  many[513] = 255;
  all = g_bytes_new (many, sizeof many);
  g_assert_cmpfloat (gm_waveform_shape_bar (all, 50, 100), ==, 1);
  g_assert_cmpfloat (gm_waveform_shape_bar (all, 49, 100), ==, 0);
  g_assert_cmpfloat (gm_waveform_shape_bar (NULL, 0, 100), ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/waveform-slider/is-a-slider-for-screen-readers", test_accessible);
  ADD ("/waveform-slider/keys-move-it-and-it-tells-at-rest", test_keys);
  ADD ("/waveform-slider/a-person-is-not-pulled-back", test_not_pulled_back);
  ADD ("/waveform-slider/nothing-outside-its-limits", test_limits);
  ADD ("/waveform-slider/nothing-to-move-through", test_nothing_loaded);
  g_test_add_func ("/waveform-slider/its-bars-keep-every-peak", test_shape);
  return g_test_run ();
}
