/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-window.h"

#include <malloc.h>

#include "app/jukebox.h"
#include "bench-catalog.h"
#include "license-world.h"
#include "shop-scene.h"

#define ORIGIN "http://127.0.0.1:9"

char *
bench_window_folder (guint n, char **owner)
{
  char *folder = g_dir_make_tmp ("gotmusic-bench-XXXXXX", NULL);
  g_autofree char *path = shop_scene_pin (folder, ORIGIN, owner);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) sql = gm_catalog_db_open (path, &error);

  if (sql == NULL || !bench_catalog_fill (sql, n, &error))
    g_error ("%s", error->message);
  return folder;
}

void
bench_window_remove_folder (char *folder)
{
  gm_world_remove_folder (folder);
  g_free (folder);
}

/* What main.c and application.c do. */
void
bench_window_open (BenchWindow *self, const char *folder, const char *owner)
{
  static const GActionEntry show = { .name = "show", .parameter_type = "s", .state = "'discover'" };
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autoptr (GmSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  AdwApplication *application; /* and the rest lives as long as the process */

  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  adw_init ();
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_object_set (application, "resource-base-path", "/app/gotmusic/GotMusic", NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), &show, 1, NULL);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));
  settings = gm_settings_new ();
  gm_settings_set_store (settings, ORIGIN, owner);
  self->window = gm_window_new (GTK_APPLICATION (application), settings);
  self->session = gm_session_new (data, cache, settings, &error);
  g_assert_no_error (error);
  gm_session_open (self->session);
  gm_window_set_session (self->window, self->session, gm_jukebox_new (self->session));
  gtk_window_present (GTK_WINDOW (self->window));
}

void
bench_window_run (BenchWindow *self, guint n_frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  for (guint i = 0; i < n_frames; i++)
    {
      gint64 frame = gdk_frame_clock_get_frame_counter (clock);

      gtk_widget_queue_draw (GTK_WIDGET (self->window));
      while (gdk_frame_clock_get_frame_counter (clock) == frame)
        g_main_context_iteration (NULL, TRUE);
    }
}
