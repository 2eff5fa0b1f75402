/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-scene.h"
#include "ui/application.h"
#include "ui/common/sidebar.h"
#include "ui/places.h"
#include "ui/shortcuts.h"
#include "ui/window.h"
#include <glib/gstdio.h>

typedef struct _Fixture
{
  GmApplication *application;
  GmWindow *window;
  void (*body) (struct _Fixture *self);
} Fixture;

static char *
dup_data (void)
{
  return g_build_filename (g_get_user_data_dir (), "gotmusic", NULL);
}

static void
on_activate (Fixture *self)
{
  void (*body) (Fixture *) = g_steal_pointer (&self->body);

  if (body == NULL) /* started a second time */
    return;
  self->window = GM_WINDOW (
      gtk_application_get_active_window (GTK_APPLICATION (self->application)));
  ui_show (GTK_WIDGET (self->window));
  body (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_settle ();
  g_application_quit (G_APPLICATION (self->application));
}

/* Runs an application whose window is there when @data, the test, begins. */
static void
run (gconstpointer data)
{
  char *arguments[] = { (char *) "gotmusic", NULL };
  Fixture self = { .application = gm_application_new (), .body = (gpointer) data };

  g_signal_connect_data (self.application, "activate", G_CALLBACK (on_activate), &self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 1, arguments), ==, 0);
  g_assert_null (self.body);
  ui_settle ();
  g_assert_finalize_object (self.application);
}

static gboolean
class_has_action (gpointer widget, const char *name)
{
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (widget);
  const GVariantType *type;
  const char *found;
  const char *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &found, &type, &property); i++)
    if (g_str_equal (found, name))
      return TRUE;
  return FALSE;
}

static void
test_every_key_has_its_action (Fixture *self)
{
  guint n;
  const GmShortcut *shortcuts = gm_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      if (shortcuts[i].action == NULL)
        continue;
      g_assert_true (g_action_parse_detailed_name (shortcuts[i].action, &name, &target, NULL));
      if (g_str_has_prefix (name, "app."))
        g_assert_true (g_action_group_has_action (G_ACTION_GROUP (self->application), name + 4));
      else
        g_assert_true (class_has_action (self->window, name));
    }
}

/* What a widget announces is performed by somebody. */
static void
assert_performed (Fixture *self, GtkWidget *widget)
{
  const char *name = GTK_IS_ACTIONABLE (widget)
                         ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))
                         : NULL;

  if (name != NULL && g_str_has_prefix (name, "app.") &&
      !g_action_group_has_action (G_ACTION_GROUP (self->application), name + 4))
    g_error ("%s announces %s, which nobody performs", G_OBJECT_TYPE_NAME (widget), name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_performed (self, child);
}

static void
test_every_button_leads_somewhere (Fixture *self)
{
  guint n;
  const GmPlace *places = gm_places_get (&n);

  for (guint i = 0; i < n; i++)
    gm_window_show (self->window, places[i].id);
  assert_performed (self, GTK_WIDGET (self->window));
}

static gboolean
is_deep (Fixture *self)
{
  return gtk_widget_get_visible (ui_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Back"));
}

static void
open_link (Fixture *self, const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  g_application_open (G_APPLICATION (self->application), &file, 1, "");
}

static void
test_only_whole_links_open_something (Fixture *self)
{
  static const char *const broken[] = {
    "gotmusic://asset/",
    "gotmusic://asset/../../x",
    "gotmusic://buy/01M891GFPS47RP2AFJK1FREKCA",
    "https://asset/01M891GFPS47RP2AFJK1FREKCA",
    "gotmusic://asset/01M891GFPS47RP2AFJK1FREKCA/buy",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    open_link (self, broken[i]);
  g_assert_false (is_deep (self));
  open_link (self, "gotmusic://asset/01M891GFPS47RP2AFJK1FREKCA");
  g_assert_true (is_deep (self));
}

static void
test_one_window_however_often_started (Fixture *self)
{
  g_application_activate (G_APPLICATION (self->application));
  g_assert_cmpuint (
      g_list_length (gtk_application_get_windows (GTK_APPLICATION (self->application))), ==, 1);
}

static void
test_player_rests_while_nothing_plays (Fixture *self)
{
  static const char *const names[] = { "toggle", "stop", "next", "previous", "seek", "seek-by" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (
        g_action_group_get_action_enabled (G_ACTION_GROUP (self->application), names[i]));
}

static void
test_show_says_where_one_is (Fixture *self)
{
  g_autoptr (GVariant) state = NULL;

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (self->application), "lock"));
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "show",
                                  g_variant_new_string ("library"));
  state = g_action_group_get_action_state (G_ACTION_GROUP (self->application), "show");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "library");
}

static void
test_selecting_a_place_goes_there (Fixture *self)
{
  GtkWidget *sidebar = ui_find (GTK_WIDGET (self->window), GM_TYPE_SIDEBAR, NULL);
  GtkListBox *list = GTK_LIST_BOX (ui_find (sidebar, GTK_TYPE_LIST_BOX, NULL));
  g_autofree char *place = NULL;

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 3));
  g_object_get (self->window, "place", &place, NULL);
  g_assert_cmpstr (place, ==, "wallet");
}

static gboolean
asks_for_a_store (gpointer window)
{
  return ui_is_seen (ui_find (window, ADW_TYPE_ENTRY_ROW, NULL));
}

/* What cannot be begun is said, and tried again without a restart. */
static void
test_broken_folder_can_be_mended (Fixture *self)
{
  g_autofree char *folder = dup_data ();
  g_autofree char *aside = g_strconcat (folder, ".aside", NULL);
  GtkWidget *again;

  again = ui_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "_Try Again");
  g_assert_true (ui_is_seen (again));

  g_remove (folder);
  g_rename (aside, folder);
  g_signal_emit_by_name (again, "clicked");
  ui_wait (asks_for_a_store, self->window);
}

static void
run_with_broken_folder (gconstpointer data)
{
  g_autofree char *folder = dup_data ();
  g_autofree char *aside = g_strconcat (folder, ".aside", NULL);

  g_rename (folder, aside);
  g_assert_true (g_file_set_contents (folder, "a file in the way", -1, NULL));
  run (data);
}

static void
test_dialogs_know_its_actions (Fixture *self)
{
  GList *windows;
  GtkWidget *change = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (self->application), "preferences", NULL);
  ui_settle ();
  windows = gtk_application_get_windows (GTK_APPLICATION (self->application));
  for (; windows != NULL && change == NULL; windows = windows->next)
    change = ui_find (windows->data, GTK_TYPE_BUTTON, "_Change…");
  g_assert_nonnull (change);
  g_assert_true (gtk_widget_get_sensitive (change));
  ui_assert_named (GTK_WIDGET (gtk_widget_get_root (change)));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*body) (Fixture *self);
  } cases[] = {
    { "/application/every-key-has-its-action", test_every_key_has_its_action },
    { "/application/every-button-leads-somewhere", test_every_button_leads_somewhere },
    { "/application/only-whole-links-open-something", test_only_whole_links_open_something },
    { "/application/one-window-however-often-started", test_one_window_however_often_started },
    { "/application/player-rests-while-nothing-plays", test_player_rests_while_nothing_plays },
    { "/application/show-says-where-one-is", test_show_says_where_one_is },
    { "/application/selecting-a-place-goes-there", test_selecting_a_place_goes_there },
    { "/application/dialogs-know-its-actions", test_dialogs_know_its_actions },
  };

  ui_scene_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, cases[i].body, run);
  g_test_add_data_func ("/application/broken-folder-can-be-mended",
                        test_broken_folder_can_be_mended, run_with_broken_folder);
  return g_test_run ();
}
