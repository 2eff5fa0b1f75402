/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "buyer-scene.h"

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer asked)
{
  g_string_append (asked, g_action_get_name (G_ACTION (action)));
  if (parameter != NULL)
    g_string_append_printf (asked, " %s", g_variant_get_string (parameter, NULL));
  g_string_append (asked, "; ");
}

static void
free_asked (gpointer asked)
{
  g_string_free (asked, TRUE);
}

static void
add_actions (GtkWidget *window)
{
  static const char *const with_text[] = { "play", "buy",          "resume", "copy",
                                           "show", "show-license", "toast",  "open-asset" };
  static const char *const plain[] = { "toggle",        "unlock",  "lock",
                                       "create-wallet", "sign-in", "sign-out" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GString *asked = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (with_text) + G_N_ELEMENTS (plain); i++)
    {
      const gboolean has_text = i < G_N_ELEMENTS (with_text);
      g_autoptr (GSimpleAction) action = g_simple_action_new (
          has_text ? with_text[i] : plain[i - G_N_ELEMENTS (with_text)],
          has_text ? G_VARIANT_TYPE_STRING : NULL);

      g_signal_connect (action, "activate", G_CALLBACK (on_action), asked);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "app", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (window), "asked", asked, free_asked);
}

GtkWidget *
buyer_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  add_actions (window);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  return ui_show (window);
}

char *
buyer_take_asked (GtkWidget *window)
{
  GString *asked = g_object_get_data (G_OBJECT (window), "asked");
  char *text;

  ui_settle ();
  text = g_strdup (asked->str);
  g_string_truncate (asked, 0);
  return text;
}

void
buyer_close (GtkWidget *window, gpointer widget)
{
  g_object_ref (widget);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (widget);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  g_autofree char *label = NULL;

  if (text == NULL)
    return TRUE;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "label") != NULL)
    g_object_get (widget, "label", &label, NULL);
  return g_strcmp0 (label, text) == 0;
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *problem = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return problem == NULL;
}

typedef gboolean (*Matches) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *root, GType type, const char *text, Matches matches)
{
  if (!gtk_widget_get_mapped (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && matches (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text, matches);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
buyer_find (GtkWidget *root, GType type, const char *text)
{
  return find (root, type, text, says);
}

GtkWidget *
buyer_find_named (GtkWidget *root, GType type, const char *accessible_name)
{
  return find (root, type, accessible_name, is_named);
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *button = buyer_find (root, GTK_TYPE_BUTTON, label);

  return button != NULL ? button : buyer_find_named (root, GTK_TYPE_BUTTON, label);
}

gboolean
buyer_may_press (GtkWidget *root, const char *label)
{
  GtkWidget *button = find_button (root, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
buyer_press (GtkWidget *root, const char *label)
{
  GtkWidget *button = find_button (root, label);

  if (button == NULL)
    g_error ("no button “%s” is seen", label);
  if (!gtk_widget_is_sensitive (button))
    g_error ("“%s” cannot be pressed", label);
  g_signal_emit_by_name (button, "clicked");
  ui_settle ();
}
