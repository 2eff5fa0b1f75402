/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/network-group.h"

#include <string.h>

#include "ui-scene.h"

typedef struct
{
  UiScene *scene;
  GtkWidget *group;
  GtkWidget *window;
} World;

static void
set_up (World *self, gconstpointer unused)
{
  self->scene = ui_scene_new ();
  self->group = gm_network_group_new (self->scene->settings);
  self->window = ui_show (self->group);
}

static void
tear_down (World *self, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_set (self->scene->settings, "own-nodes", "", NULL); /* they outlive the scene */
  ui_scene_free (self->scene);
}

static char *
own_nodes (World *self)
{
  char *nodes;

  g_object_get (self->scene->settings, "own-nodes", &nodes, NULL);
  return nodes;
}

static GtkWidget *
type_nodes (World *self, const char *text)
{
  GtkWidget *row = ui_find (self->group, ADW_TYPE_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
  return row;
}

static void
own_nodes_are_kept (World *self, gconstpointer unused)
{
  g_autofree char *kept = NULL;

  type_nodes (self, "8453 https://node.example");
  kept = own_nodes (self);
  g_assert_cmpstr (kept, ==, "8453 https://node.example");
}

static void
what_is_wrong_changes_nothing (World *self, gconstpointer unused)
{
  g_autofree char *kept = NULL;
  g_autofree char *emptied = NULL;
  GtkWidget *row = type_nodes (self, "8453 ftp://node.example");
  const char *words = adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (self->group));

  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (strstr (words, "is not the address of a node"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "8453 ftp://node.example");
  kept = own_nodes (self);
  g_assert_cmpstr (kept, ==, "");

  type_nodes (self, "");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  emptied = own_nodes (self);
  g_assert_cmpstr (emptied, ==, "");
}

static void
test_networks_are_switched (World *self, gconstpointer unused)
{
  GtkWidget *toggle = ui_find (self->group, GTK_TYPE_SWITCH, NULL);
  gboolean shown;

  ui_assert_named (self->group);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_object_get (self->scene->settings, "test-networks", &shown, NULL);
  g_assert_true (shown);
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
}

static void
add (const char *path, void (*test) (World *self, gconstpointer unused))
{
  g_test_add (path, World, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  ui_scene_init (&argc, &argv);
  add ("/network-group/own-nodes-are-kept", own_nodes_are_kept);
  add ("/network-group/what-is-wrong-changes-nothing", what_is_wrong_changes_nothing);
  add ("/network-group/test-networks-are-switched", test_networks_are_switched);
  return g_test_run ();
}
