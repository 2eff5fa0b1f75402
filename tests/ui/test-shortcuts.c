/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-scene.h"
#include "ui/application.h"
#include "ui/shortcuts.h"

static void
test_no_key_does_two_things (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const GmShortcut *shortcuts = gm_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) keys = g_strsplit (shortcuts[i].keys, " ", -1);

      for (guint k = 0; keys[k] != NULL; k++)
        {
          guint value;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (keys[k], &value, &modifiers));
          g_assert_true (g_hash_table_add (seen, gtk_accelerator_name (value, modifiers)));
        }
    }
}

/* What UX names for everywhere. */
static void
test_the_promised_keys_are_there (void)
{
  static const char *const promised[] = {
    "<Control>f", "slash",     "<Control>comma", "<Control>question", "F9",
    "F10",        "<Alt>Left", "<Control>w",     "<Control>q",        "space"
  };
  guint n;
  const GmShortcut *shortcuts = gm_shortcuts_get (&n);

  for (guint i = 0; i < G_N_ELEMENTS (promised); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < n; k++)
        found = found || g_str_equal (shortcuts[k].keys, promised[i]);
      if (!found)
        g_error ("no %s", promised[i]);
    }
}

static guint
count_rows (GtkWidget *widget)
{
  guint count = g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkShortcutsShortcut");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_rows (child);
  return count;
}

static void
test_window_lists_them_all (void)
{
  GtkWidget *window = gm_shortcuts_window_new ();
  guint n;

  gm_shortcuts_get (&n);
  g_assert_cmpuint (count_rows (window), >=, n);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_every_action_has_its_keys (void)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("app.gotmusic.Test", 0);
  guint n;
  const GmShortcut *shortcuts = gm_shortcuts_get (&n);

  gm_shortcuts_apply (application);
  for (guint i = 0; i < n; i++)
    if (shortcuts[i].action != NULL)
      {
        g_auto (GStrv) keys = gtk_application_get_accels_for_action (application,
                                                                     shortcuts[i].action);

        g_assert_cmpuint (g_strv_length (keys), >, 0);
      }
}

int
main (int argc, char **argv)
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/shortcuts/no-key-does-two-things", test_no_key_does_two_things);
  g_test_add_func ("/shortcuts/the-promised-keys-are-there", test_the_promised_keys_are_there);
  g_test_add_func ("/shortcuts/window-lists-them-all", test_window_lists_them_all);
  g_test_add_func ("/shortcuts/every-action-has-its-keys", test_every_action_has_its_keys);
  return g_test_run ();
}
