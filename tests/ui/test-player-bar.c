/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-scene.h"
#include "ui/common/player-bar.h"

typedef struct
{
  UiScene *scene;
  GmPlayerState *state;
  GtkWidget *bar;
  GtkWidget *window;
  gint64 sought_ms;
} Fixture;

static void
on_seek (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ((Fixture *) user_data)->sought_ms = g_variant_get_int64 (parameter);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const GActionEntry entries[] = { { "seek", on_seek, "x" } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->scene = ui_scene_new ();
  self->state = gm_player_state_new ();
  self->bar = gm_player_bar_new (self->scene->session, self->state);
  self->window = ui_show (self->bar);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, self);
  gtk_widget_insert_action_group (self->window, "app", G_ACTION_GROUP (actions));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->bar);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_settle ();
  g_assert_finalize_object (self->bar);
  g_assert_finalize_object (self->state);
  ui_scene_free (self->scene);
}

static void
play (Fixture *self, GmTrackKind kind)
{
  g_autoptr (GmTrack) track = gm_track_new (&(GmTrackInfo){ .asset = "01M891GFPS47RP2AFJK1FREKCA",
                                                            .title = "Tide",
                                                            .artist = "Mira Solano",
                                                            .kind = kind,
                                                            .uri = "file:///nowhere" });

  gm_player_state_show (
      self->state,
      &(GmPlayerFacts){ .mode = kind == GM_TRACK_PREVIEW ? GM_PLAYER_PREVIEW : GM_PLAYER_MASTER,
                        .playing = TRUE,
                        .track = track,
                        .position_ms = 7500,
                        .duration_ms = 30000,
                        .volume = 1 });
  ui_settle ();
}

static void
test_is_there_when_nothing_plays (Fixture *self, gconstpointer data)
{
  GtkWidget *scale = ui_find (self->bar, GTK_TYPE_SCALE, "Position");

  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "Nothing Is Playing")));
  g_assert_false (gtk_widget_get_sensitive (scale));
  ui_assert_named (self->bar);
}

static void
test_shows_what_plays (Fixture *self, gconstpointer data)
{
  play (self, GM_TRACK_PREVIEW);
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "Tide")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "Mira Solano")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "PREVIEW")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "0:07")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "0:30")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_BUTTON, "Pause")));

  play (self, GM_TRACK_MASTER);
  g_assert_false (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "PREVIEW")));
}

static void
test_slider_is_read_in_words (Fixture *self, gconstpointer data)
{
  GtkWidget *scale = NULL;

  play (self, GM_TRACK_PREVIEW);
  scale = ui_find (self->bar, GTK_TYPE_SCALE, "Position");
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0:07 of 0:30");
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_LABEL, "Position");
}

static void
test_moving_the_slider_seeks (Fixture *self, gconstpointer data)
{
  GtkWidget *scale = NULL;

  play (self, GM_TRACK_PREVIEW);
  scale = ui_find (self->bar, GTK_TYPE_SCALE, "Position");
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 0.25, 1e-6);
  gtk_range_set_value (GTK_RANGE (scale), 0.5); /* as keys, the pointer and a screen reader do */
  g_assert_cmpint (self->sought_ms, ==, 15000);
}

static void
test_narrow_has_fewer_controls (Fixture *self, gconstpointer data)
{
  const guint *count = ui_count (self->bar, "narrow");

  play (self, GM_TRACK_MASTER);
  g_object_set (self->bar, "narrow", TRUE, NULL);
  g_object_set (self->bar, "narrow", TRUE, NULL);
  ui_settle ();
  g_assert_cmpuint (*count, ==, 1);
  g_assert_false (ui_is_seen (ui_find (self->bar, GTK_TYPE_BUTTON, "Previous")));
  g_assert_false (ui_is_seen (ui_find (self->bar, GTK_TYPE_SCALE_BUTTON, "Volume")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_LABEL, "Tide")));
  g_assert_true (ui_is_seen (ui_find (self->bar, GTK_TYPE_SCALE, "Position")));
}

static void
test_volume_is_the_setting (Fixture *self, gconstpointer data)
{
  GtkWidget *button = ui_find (self->bar, GTK_TYPE_SCALE_BUTTON, "Volume");
  double volume;

  g_object_set (self->scene->settings, "volume", 0.25, NULL);
  g_assert_cmpfloat_with_epsilon (gtk_scale_button_get_value (GTK_SCALE_BUTTON (button)), 0.25,
                                  1e-6);
  gtk_scale_button_set_value (GTK_SCALE_BUTTON (button), 0.75);
  g_object_get (self->scene->settings, "volume", &volume, NULL);
  g_assert_cmpfloat_with_epsilon (volume, 0.75, 1e-6);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *self, gconstpointer data);
  } cases[] = {
    { "/player-bar/is-there-when-nothing-plays", test_is_there_when_nothing_plays },
    { "/player-bar/shows-what-plays", test_shows_what_plays },
    { "/player-bar/slider-is-read-in-words", test_slider_is_read_in_words },
    { "/player-bar/moving-the-slider-seeks", test_moving_the_slider_seeks },
    { "/player-bar/narrow-has-fewer-controls", test_narrow_has_fewer_controls },
    { "/player-bar/volume-is-the-setting", test_volume_is_the_setting },
  };

  ui_scene_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
