/* How fast a master is published, and whether memory depends on its length.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "publish/pipeline.h"
#include "tests/media/sounds.h"

typedef struct
{
  double cpu_seconds; /* of this process and the decoding child */
  double wall_seconds;
  double child_mib; /* highest so far */
  double own_mib;   /* highest while it ran */
} Cost;

/* Chords under a beat: about as hard to code as music. */
static float
music (guint64 i, guint channel, guint rate)
{
  double t = (double) i / rate;
  double beat = fmod (t, 0.5);
  double tone = sin (2 * G_PI * 220 * t) + sin (2 * G_PI * 277.2 * t + channel) +
                sin (2 * G_PI * 329.6 * t);

  return (float) (0.1 * tone) + gm_sound_noise (i, channel, rate) * (float) exp (-beat * 12);
}

static GBytes *
seal (const GmSealer *self, const GmHash *asset_id, GmSecret *content_key, GError **error)
{
  return g_bytes_new (asset_id->b, sizeof asset_id->b);
}

static double
seconds_of (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
forget_peak (void)
{
  int file = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, "5", 1), ==, 1);
  close (file);
}

static double
peak_mib (void)
{
  g_autofree char *status = NULL;
  const char *at;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  at = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return at != NULL ? (double) g_ascii_strtoll (at + 6, NULL, 10) / 1024 : 0;
}

static Cost
publish (const char *root, double minutes)
{
  g_autofree char *master = g_build_filename (root, "master.flac", NULL);
  g_autofree char *directory = g_strdup_printf ("%s/job-%g", root, minutes);
  g_autofree char *objects = g_build_filename (root, "objects", NULL);
  g_autoptr (GmBlob) blob = gm_blob_open_directory (objects, NULL);
  const GmSealer sealer = { .seal = seal };
  const GmSound sound = { .format = "flac", .seconds = minutes * 60, .shape = music };
  const GmPipelineJob job = { .path = master,
                              .directory = directory,
                              .blob = blob,
                              .sealer = &sealer,
                              .chain_id = G_GUINT64_CONSTANT (4294967311),
                              .preview_start_ms = GM_ANALYSIS_LOUDEST };
  g_autoptr (GmPublication) publication = NULL;
  g_autoptr (GError) error = NULL;
  struct rusage children;
  Cost cost;
  double wall;

  gm_sound_write (master, &sound);
  cost.cpu_seconds = -seconds_of (RUSAGE_SELF) - seconds_of (RUSAGE_CHILDREN);
  wall = (double) g_get_monotonic_time ();
  forget_peak ();
  publication = gm_pipeline_run (&job, NULL, &error);
  g_assert_no_error (error);
  cost.wall_seconds = ((double) g_get_monotonic_time () - wall) / 1e6;
  cost.cpu_seconds += seconds_of (RUSAGE_SELF) + seconds_of (RUSAGE_CHILDREN);
  cost.own_mib = peak_mib ();
  getrusage (RUSAGE_CHILDREN, &children);
  cost.child_mib = (double) children.ru_maxrss / 1024;
  return cost;
}

int
main (int argc, char **argv)
{
  g_autofree char *root = g_dir_make_tmp ("bench-import-XXXXXX", NULL);
  Cost one, ten;

  gst_init (&argc, &argv);
  one = publish (root, 1);
  ten = publish (root, 10);
  g_print ("import: 10 min of FLAC in %.1f s (%.0f x real time), %.1f s of one core (%.0f x)\n",
           ten.wall_seconds, 600 / ten.wall_seconds, ten.cpu_seconds, 600 / ten.cpu_seconds);
  g_print ("import: decoding child %.0f MiB for 1 min, %.0f MiB for 10 min, ratio %.2f\n",
           one.child_mib, ten.child_mib, ten.child_mib / one.child_mib);
  g_print ("import: pipeline %.0f MiB for 1 min, %.0f MiB for 10 min, ratio %.2f\n", one.own_mib,
           ten.own_mib, ten.own_mib / one.own_mib);
  gm_pipeline_forget (root);
  return ten.child_mib > one.child_mib * 1.2 || ten.own_mib > one.own_mib * 1.2;
}
