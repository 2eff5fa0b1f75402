/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-window.h"
#include "shop-scene.h"
#include "ui/buyer/discover-tile.h"

/* bench-start [ROWS…]: fills a local catalog for each (24, 10,000 and 1,000,000 by default), starts
 * the window with it several times in a process of its own, and prints: until the first frame with
 * music in it, the fastest (by the clock, and what the process itself used of the processor; what
 * else the machine does only makes it slower), and the resident memory when everything is loaded,
 * the median. The store is away. */

#define RUNS      9
#define BEGIN     "GM_BENCH_BEGIN" /* monotonic, before the process was */
#define FRAMES    20               /* after everything is loaded, until memory is looked at */
#define MAX_SIZES 3

typedef struct
{
  BenchWindow bench;
  gint64 begin;
  gint64 first;     /* 0: not yet */
  gint64 first_cpu; /* what this process used until then */
} Start;

static gint64
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  at = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return at != NULL ? g_ascii_strtoll (at + 6, NULL, 10) : 0;
}

static gint64
cpu_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  Start *self = data;
  GtkWidget *tile;

  if (self->first != 0)
    return;
  tile = shop_scene_find (GTK_WIDGET (self->bench.window), GM_TYPE_DISCOVER_TILE);
  if (tile != NULL && gtk_widget_get_mapped (tile) && gtk_widget_get_height (tile) > 0)
    {
      self->first = g_get_monotonic_time ();
      self->first_cpu = cpu_us ();
    }
}

static void
load_all (Start *self)
{
  while (self->first == 0 ||
         gm_catalog_model_is_loading (gm_session_get_catalog (self->bench.session)))
    g_main_context_iteration (NULL, TRUE);
  bench_window_run (&self->bench, FRAMES);
}

static int
start (const char *folder, const char *owner)
{
  Start self = { .begin = g_ascii_strtoll (g_getenv (BEGIN), NULL, 10) };

  bench_window_open (&self.bench, folder, owner);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self.bench.window)), "after-paint",
                    G_CALLBACK (after_paint), &self);
  load_all (&self);
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
          self.first - self.begin, self.first_cpu, resident_kib ());
  fflush (stdout);
  _Exit (0); /* what comes after is not measured */
}

typedef struct
{
  guint n;
  char *folder;
  char *owner;
  gint64 firsts[RUNS];
  gint64 cpus[RUNS];
  gint64 residents[RUNS];
} Size;

static void
run (Size *self, guint i, char *program)
{
  g_autofree char *begin = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  char *arguments[] = { program, (char *) "--start", self->folder, self->owner, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  char *end;

  g_setenv (BEGIN, begin, TRUE);
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL,
                &error);
  g_assert_no_error (error);
  self->firsts[i] = g_ascii_strtoll (output, &end, 10);
  self->cpus[i] = g_ascii_strtoll (end, &end, 10);
  self->residents[i] = g_ascii_strtoll (end, NULL, 10);
  g_assert_cmpint (self->residents[i], >, 0);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
place (gint64 *values, guint i, double unit)
{
  qsort (values, RUNS, sizeof *values, compare);
  return (double) values[i] / unit;
}

int
main (int argc, char **argv)
{
  Size sizes[MAX_SIZES] = { { .n = 24 }, { .n = 10000 }, { .n = 1000000 } };
  guint n_sizes = argc > 1 ? MIN ((guint) argc - 1, MAX_SIZES) : MAX_SIZES;
  double base[3] = { 0 };

  if (argc == 4 && g_str_equal (argv[1], "--start"))
    return start (argv[2], argv[3]);

  for (guint i = 0; i < n_sizes; i++)
    {
      if (argc > 1)
        sizes[i].n = (guint) atoi (argv[i + 1]);
      sizes[i].folder = bench_window_folder (sizes[i].n, &sizes[i].owner);
    }
  /* in turns: what else the machine does falls on all of them */
  for (guint i = 0; i < RUNS; i++)
    for (guint k = 0; k < n_sizes; k++)
      run (&sizes[k], i, argv[0]);

  for (guint i = 0; i < n_sizes; i++)
    {
      double first = place (sizes[i].firsts, 0, 1000);
      double cpu = place (sizes[i].cpus, 0, 1000);
      double resident = place (sizes[i].residents, RUNS / 2, 1024);

      if (i == 0)
        memcpy (base, (double[]){ first, cpu, resident }, sizeof base);
      printf ("%8u rows   first frame %7.1f ms (%.2f)   processor %7.1f ms (%.2f)"
              "   resident %6.1f MiB (%.2f)\n",
              sizes[i].n, first, first / base[0], cpu, cpu / base[1], resident, resident / base[2]);
      bench_window_remove_folder (sizes[i].folder);
      g_free (sizes[i].owner);
    }
  return 0;
}
