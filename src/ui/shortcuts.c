/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/shortcuts.h"

#include <glib/gi18n-lib.h>

#define GENERAL N_ ("General")
#define PLACES  N_ ("Places")
#define PLAYING N_ ("Playing")
#define LISTS   N_ ("Lists")
#define UPLOADS N_ ("Uploads")

/* clang-format off */
static const GmShortcut shortcuts[] = {
  { GENERAL, N_ ("Search"), "win.search", "<Control>f" },
  { GENERAL, N_ ("Search (or just type)"), NULL, "slash" },
  { GENERAL, N_ ("Back"), "win.back", "<Alt>Left" },
  { GENERAL, N_ ("Show or hide the sidebar"), "win.sidebar", "F9" },
  { GENERAL, N_ ("Main menu"), NULL, "F10" },
  { GENERAL, N_ ("Ask the store for news"), "app.sync", "F5" },
  { GENERAL, N_ ("Lock the wallet"), "app.lock", "<Control>l" },
  { GENERAL, N_ ("Preferences"), "app.preferences", "<Control>comma" },
  { GENERAL, N_ ("Keyboard shortcuts"), "app.shortcuts", "<Control>question" },
  { GENERAL, N_ ("Close the window"), "window.close", "<Control>w" },
  { GENERAL, N_ ("Quit"), "app.quit", "<Control>q" },

  { PLACES, N_ ("Discover"), "app.show::discover", "<Control>1" },
  { PLACES, N_ ("Library"), "app.show::library", "<Control>2" },
  { PLACES, N_ ("Orders"), "app.show::orders", "<Control>3" },
  { PLACES, N_ ("Wallet"), "app.show::wallet", "<Control>4" },
  { PLACES, N_ ("Assets, for admins"), "app.show::assets", "<Control>5" },
  { PLACES, N_ ("Uploads, for admins"), "app.show::uploads", "<Control>6" },

  { PLAYING, N_ ("Play or pause"), NULL, "space" },
  { PLAYING, N_ ("Play or pause, also while typing"), "app.toggle", "<Control>p AudioPlay" },
  { PLAYING, N_ ("Next"), "app.next", "<Control>n AudioNext" },
  { PLAYING, N_ ("Previous"), "app.previous", "<Control>b AudioPrev" },
  { PLAYING, N_ ("Five seconds ahead"), "app.seek-by(int64 5000)", "<Control>bracketright" },
  { PLAYING, N_ ("Five seconds back"), "app.seek-by(int64 -5000)", "<Control>bracketleft" },
  { PLAYING, N_ ("Stop"), "app.stop", "<Control>period AudioStop" },

  { LISTS, N_ ("Previous or next row; hear its preview"), NULL, "Up Down" },
  { LISTS, N_ ("Seek in the preview"), NULL, "Left Right" },
  { LISTS, N_ ("Open"), NULL, "Return" },
  { LISTS, N_ ("Buy"), NULL, "b" },

  { UPLOADS, N_ ("Choose files"), NULL, "<Control>o" },
  { UPLOADS, N_ ("Paste copied files"), NULL, "<Control>v" },
};
/* clang-format on */

const GmShortcut *
gm_shortcuts_get (guint *n)
{
  *n = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

void
gm_shortcuts_apply (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      {
        g_auto (GStrv) keys = g_strsplit (shortcuts[i].keys, " ", -1);

        gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                               (const char *const *) keys);
      }
}

/* GTK 4.8 builds this window from XML only. */
GtkWidget *
gm_shortcuts_window_new (void)
{
  g_autoptr (GString) xml = g_string_new (
      "<interface><object class='GtkShortcutsWindow' id='window'><property "
      "name='modal'>1</property>"
      "<child><object class='GtkShortcutsSection'><property name='section-name'>all</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  const char *group = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char *row = g_markup_printf_escaped (
          "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
          "<property name='accelerator'>%s</property></object></child>",
          _ (shortcuts[i].title), shortcuts[i].keys);

      if (group != shortcuts[i].group && g_strcmp0 (group, shortcuts[i].group) != 0)
        {
          g_autofree char *head = g_markup_printf_escaped (
              "%s<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", "",
              _ (shortcuts[i].group));

          if (group != NULL)
            g_string_append (xml, "</object></child>");
          g_string_append (xml, head);
          group = shortcuts[i].group;
        }
      g_string_append (xml, row);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);
  return g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, "window")));
}
