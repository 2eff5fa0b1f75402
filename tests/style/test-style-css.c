/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

static void
on_parsing_error (GtkCssProvider *provider, GtkCssSection *section, GError *wrong, gpointer sheet)
{
  const GtkCssLocation *at = gtk_css_section_get_start_location (section);

  g_test_message ("%s:%" G_GSIZE_FORMAT ": %s", (const char *) sheet, at->lines + 1,
                  wrong->message);
  g_test_fail ();
}

static void
parses (gconstpointer sheet)
{
  g_autofree char *path = g_strconcat (GM_APP_PATH "/", sheet, NULL);
  g_autoptr (GBytes) css = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_assert_nonnull (css); /* AdwApplication looks for exactly this name */
  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), (gpointer) sheet);
  gtk_css_provider_load_from_data (provider, g_bytes_get_data (css, NULL), g_bytes_get_size (css));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/style-css/light-parses", "style.css", parses);
  g_test_add_data_func ("/style-css/dark-parses", "style-dark.css", parses);
  g_test_add_data_func ("/style-css/high-contrast-parses", "style-hc.css", parses);
  g_test_add_data_func ("/style-css/dark-high-contrast-parses", "style-hc-dark.css", parses);
  return g_test_run ();
}
