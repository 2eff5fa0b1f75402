/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-scene.h"

#include <glib/gstdio.h>

#define PATIENCE_S 10

void
ui_scene_init (int *argc, char ***argv)
{
  GtkIconTheme *icons;

  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  gtk_icon_theme_add_resource_path (icons, GM_APP_PATH "/icons");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

UiScene *
ui_scene_new (void)
{
  UiScene *self = g_new0 (UiScene, 1);
  g_autofree char *data = NULL;
  g_autofree char *cache = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gotmusic-ui-XXXXXX", &error);
  g_assert_no_error (error);
  data = g_build_filename (self->folder, "data", NULL);
  cache = g_build_filename (self->folder, "cache", NULL);
  self->settings = gm_settings_new ();
  self->session = gm_session_new (data, cache, self->settings, &error);
  g_assert_no_error (error);
  gm_session_open (self->session);
  return self;
}

void
ui_scene_free (UiScene *self)
{
  g_assert_finalize_object (self->session);
  g_object_unref (self->settings);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self);
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
ui_wait (UiCondition condition, gpointer data)
{
  gboolean late = FALSE;
  const guint timer = g_timeout_add_seconds (PATIENCE_S, on_late, &late);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_true (condition (data));
}

void
ui_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

GtkWidget *
ui_show (GtkWidget *widget)
{
  GtkWidget *window = GTK_IS_WINDOW (widget) ? widget : gtk_window_new ();

  if (window != widget)
    gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (is_mapped, window);
  ui_settle ();
  return window;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  g_autofree char *label = NULL;

  if (text == NULL)
    return TRUE;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "label") != NULL)
    g_object_get (widget, "label", &label, NULL);
  return g_strcmp0 (label, text) == 0 ||
         g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && says (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
ui_is_seen (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget);
}

static gboolean
has_text (GtkWidget *widget)
{
  GtkWidget *label = ui_find (widget, GTK_TYPE_LABEL, NULL);

  return label != NULL && *gtk_label_get_text (GTK_LABEL (label)) != '\0';
}

/* Its own text is its name; a label deeper inside is not, on GTK 4.8. */
static gboolean
has_label (GtkWidget *widget)
{
  const char *label = NULL;

  if (GTK_IS_BUTTON (widget))
    label = gtk_button_get_label (GTK_BUTTON (widget));
  else if (GTK_IS_MENU_BUTTON (widget))
    label = gtk_menu_button_get_label (GTK_MENU_BUTTON (widget));
  return label != NULL && *label != '\0';
}

/* A button that gets its words when it is needed. */
static gboolean
is_blank (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && !gtk_widget_get_mapped (widget) && !has_text (widget) &&
         gtk_button_get_icon_name (GTK_BUTTON (widget)) == NULL;
}

/* GTK names the parts of its own controls; ours are buttons that are not inside one of those. */
static gboolean
is_own (GtkWidget *widget)
{
  static const char *const composite[] = { "GtkMenuButton", "GtkDropDown",       "GtkSpinButton",
                                           "GtkEntry",      "GtkSearchEntry",    "GtkScaleButton",
                                           "GtkPopover",    "GtkWindowControls", "AdwEntryRow" };

  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL;
       above = gtk_widget_get_parent (above))
    for (guint i = 0; i < G_N_ELEMENTS (composite); i++)
      if (g_type_is_a (G_OBJECT_TYPE (above), g_type_from_name (composite[i])) &&
          g_type_from_name (composite[i]) != 0)
        return FALSE;
  return TRUE;
}

void
ui_assert_named (GtkWidget *root)
{
  const gboolean is_control = GTK_IS_BUTTON (root) || GTK_IS_MENU_BUTTON (root) ||
                              GTK_IS_SCALE_BUTTON (root) || GTK_IS_SCALE (root);

  if (is_control && is_own (root) && !is_blank (root))
    {
      const gboolean named = has_label (root) ||
                             gtk_test_accessible_has_property (GTK_ACCESSIBLE (root),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL);
      const gboolean told = has_text (root) || gtk_widget_get_tooltip_text (root) != NULL;

      if (!named || !told)
        g_error ("%s (%s) under %s has no %s", G_OBJECT_TYPE_NAME (root),
                 gtk_widget_get_tooltip_text (root),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)), named ? "tooltip" : "name");
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      ui_assert_named (child);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static void
free_count (gpointer count, GClosure *closure)
{
  g_free (count);
}

guint *
ui_count (gpointer object, const char *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  guint *count = g_new0 (guint, 1);

  g_signal_connect_data (object, signal, G_CALLBACK (on_notify), count, free_count, 0);
  return count;
}
