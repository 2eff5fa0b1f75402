/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ui-scene.h"
#include "ui/places.h"
#include "ui/window.h"

typedef struct
{
  UiScene *scene;
  GmJukebox *jukebox;
  GmWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->scene = ui_scene_new ();
  self->jukebox = gm_jukebox_new (self->scene->session);
  self->window = gm_window_new (NULL, self->scene->settings);
  g_object_ref (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_settle ();
  g_assert_finalize_object (self->window);
  g_assert_finalize_object (self->jukebox);
  ui_scene_free (self->scene);
}

static void
fill (Fixture *self)
{
  gm_window_set_session (self->window, self->scene->session, self->jukebox);
  ui_show (GTK_WIDGET (self->window));
}

static void
test_is_shown_without_a_session (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_DENIED, "the folder is not yours");

  ui_show (GTK_WIDGET (self->window));
  gm_window_show (self->window, "library");
  gm_window_search (self->window, "a");
  gm_window_toast (self->window, "a");
  gm_window_fail (self->window, error);
  ui_settle ();
  g_assert_true (ui_is_seen (ui_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "_Try Again")));
}

static void
test_asks_for_a_store_at_first (Fixture *self, gconstpointer data)
{
  fill (self);
  g_assert_true (ui_is_seen (ui_find (GTK_WIDGET (self->window), ADW_TYPE_ENTRY_ROW, NULL)));
  g_assert_false (
      ui_is_seen (ui_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, "Local store, test money")));
}

static void
test_every_place_has_its_page (Fixture *self, gconstpointer data)
{
  guint n;
  const GmPlace *places = gm_places_get (&n);
  const guint *count = ui_count (self->window, "place");

  fill (self);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = NULL;

      gm_window_show (self->window, places[i].id);
      gm_window_show (self->window, places[i].id);
      ui_settle ();
      g_object_get (self->window, "place", &place, NULL);
      g_assert_cmpstr (place, ==, places[i].id);
      g_assert_true (ui_is_seen (ui_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL,
                                          "Nothing Is Playing"))); /* the player never goes */
    }
  g_assert_cmpuint (*count, ==, n);
}

static void
test_every_button_has_a_name (Fixture *self, gconstpointer data)
{
  guint n;
  const GmPlace *places = gm_places_get (&n);

  fill (self);
  for (guint i = 0; i < n; i++)
    gm_window_show (self->window, places[i].id);
  ui_settle ();
  ui_assert_named (GTK_WIDGET (self->window));
}

static void
test_pages_are_piled_and_left_again (Fixture *self, gconstpointer data)
{
  GtkWidget *back;

  fill (self);
  back = ui_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Back");
  g_assert_false (gtk_widget_get_visible (back));
  gm_window_push (self->window, gtk_label_new ("asset"), "Tide");
  g_assert_true (gtk_widget_get_visible (back));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.back", NULL);
  g_assert_false (gtk_widget_get_visible (back));
}

static gboolean
is_narrow (gpointer window)
{
  gboolean narrow;

  g_object_get (window, "narrow", &narrow, NULL);
  return narrow;
}

static void
test_fits_a_phone (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  int width, height;

  fill (self);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360 + 48); /* the frame around it, without a window manager */
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, 360, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <=, 294 + 48);
}

static void
test_narrow_has_places_at_the_bottom (Fixture *self, gconstpointer data)
{
  g_object_set (self->scene->settings, "window-width", 360, "window-height", 640, NULL);
  fill (self);
  ui_wait (is_narrow, self->window);
  ui_settle ();
  g_assert_true (
      ui_is_seen (ui_find (GTK_WIDGET (self->window), GTK_TYPE_TOGGLE_BUTTON, "Wallet")));
  ui_assert_named (GTK_WIDGET (self->window));
}

static void
test_its_size_is_kept (Fixture *self, gconstpointer data)
{
  int width;

  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 650);
  g_object_get (self->scene->settings, "window-width", &width, NULL);
  g_assert_cmpint (width, ==, 900);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *self, gconstpointer data);
  } cases[] = {
    { "/window/is-shown-without-a-session", test_is_shown_without_a_session },
    { "/window/asks-for-a-store-at-first", test_asks_for_a_store_at_first },
    { "/window/every-place-has-its-page", test_every_place_has_its_page },
    { "/window/every-button-has-a-name", test_every_button_has_a_name },
    { "/window/pages-are-piled-and-left-again", test_pages_are_piled_and_left_again },
    { "/window/fits-a-phone", test_fits_a_phone },
    { "/window/narrow-has-places-at-the-bottom", test_narrow_has_places_at_the_bottom },
    { "/window/its-size-is-kept", test_its_size_is_kept },
  };

  ui_scene_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
