/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench-window.h"
#include "shop-scene.h"
#include "ui/buyer/discover-page.h"
#include "ui/buyer/discover-view.h"

/* bench-scroll [ROWS]: scrolls the catalog, as grid and as list, and prints what one frame takes of
 * this thread's time, which is what a busy machine leaves comparable. A display that shows 60
 * frames a second has 16.7 ms for each. */

#define FRAMES 150
#define JUMPS  40

static gint64 began;
static GArray *took;

static gint64
thread_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
before_paint (GdkFrameClock *clock, gpointer data)
{
  began = thread_us ();
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  gint64 us = thread_us () - began;

  g_array_append_val (took, us);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
at (guint percent)
{
  return (double) g_array_index (took, gint64, took->len * percent / 100) / 1000;
}

static void
print (const char *name)
{
  g_array_sort (took, compare);
  printf ("%-22s p50 %6.1f ms   p95 %6.1f ms   worst %6.1f ms\n", name, at (50), at (95),
          (double) g_array_index (took, gint64, took->len - 1) / 1000);
  fflush (stdout);
  g_array_set_size (took, 0);
}

static void
scroll (BenchWindow *bench, GtkWidget *view, const char *mode)
{
  static const struct
  {
    const char *name;
    double step; /* pixels a frame; 0: jumps over everything */
    guint frames;
  } ways[] = { { "slowly", 25, FRAMES }, { "flung", 400, FRAMES }, { "jumps", 0, JUMPS } };
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s, %s", mode, ways[i].name);

      g_array_set_size (took, 0);
      for (guint k = 0; k < ways[i].frames; k++)
        {
          double all = gtk_adjustment_get_upper (adjustment);
          double place = ways[i].step > 0 ? gtk_adjustment_get_value (adjustment) + ways[i].step
                                          : all * (k * 37 % 97) / 97;

          gtk_adjustment_set_value (adjustment, place);
          bench_window_run (bench, 1);
        }
      print (name);
    }
}

int
main (int argc, char **argv)
{
  BenchWindow bench;
  g_autofree char *owner = NULL;
  char *folder = bench_window_folder (argc > 1 ? (guint) atoi (argv[1]) : 1000000, &owner);
  GtkWidget *page, *view;
  GdkFrameClock *clock;

  bench_window_open (&bench, folder, owner);
  took = g_array_new (FALSE, FALSE, sizeof (gint64));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), NULL);
  do
    bench_window_run (&bench, 1);
  while (gm_catalog_model_is_loading (gm_session_get_catalog (bench.session)) ||
         g_list_model_get_n_items (G_LIST_MODEL (gm_session_get_catalog (bench.session))) == 0);
  bench_window_run (&bench, 10);

  page = shop_scene_find (GTK_WIDGET (bench.window), GM_TYPE_DISCOVER_PAGE);
  view = shop_scene_find (page, GM_TYPE_DISCOVER_VIEW);
  scroll (&bench, shop_scene_find (view, GTK_TYPE_GRID_VIEW), "grid");
  g_object_set (page, "list-mode", TRUE, NULL);
  bench_window_run (&bench, 10);
  scroll (&bench, shop_scene_find (view, GTK_TYPE_LIST_VIEW), "list");
  bench_window_remove_folder (folder);
  _Exit (0);
}
