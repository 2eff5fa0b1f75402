/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/decode-child.h"

#include <errno.h>
#include <fcntl.h>
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "media/analysis.h"
#include "media/artwork.h"
#include "media/confine.h"

#define MEMORY_BYTES (G_GUINT64_CONSTANT (2) << 30)
#define OUTPUT_BYTES (G_GUINT64_CONSTANT (64) << 20)
#define CPU_SECONDS  900

typedef struct
{
  const char *directory;
  const char *input;
  gint64 start_ms;
  GmAnalysisWhat what;
  const char *picture; /* (nullable) */
  GmConfineResult held;
} Job;

static void
tell (const char *step, double fraction)
{
  printf ("%s %.3f\n", step, fraction);
  fflush (stdout);
}

static void
on_measured (double fraction, gpointer user_data)
{
  tell ("measure", fraction);
}

static gboolean
write_file (const Job *job, const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = g_build_filename (job->directory, name, NULL);

  if (g_file_set_contents (path, g_bytes_get_data (content, NULL),
                           (gssize) g_bytes_get_size (content), error))
    return TRUE;

  gm_error_adopt (error);
  return FALSE;
}

static JsonObject *
make_artwork (const Job *job, GBytes *picture, GError **error)
{
  g_autoptr (GmArtwork) artwork = gm_artwork_make (picture, error);
  g_autoptr (JsonObject) result = json_object_new ();
  const char *names[3] = { "artwork-512", "artwork-1024", "artwork-3000" };
  GBytes *contents[3];

  if (artwork == NULL)
    return NULL;

  contents[0] = artwork->small;
  contents[1] = artwork->large;
  contents[2] = artwork->full;
  for (guint i = 0; i < 3 && contents[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", names[i], artwork->extension);

      if (!write_file (job, name, contents[i], error))
        return NULL;
    }
  json_object_set_string_member (result, "extension", artwork->extension);
  json_object_set_boolean_member (result, "full", artwork->full != NULL);
  return g_steal_pointer (&result);
}

static GBytes *
load_picture (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  if (file == NULL)
    {
      gm_error_adopt (error);
      return NULL;
    }

  return g_mapped_file_get_bytes (file);
}

/* A bad picture in a tag costs the picture; a bad one that was chosen is an error. */
static gboolean
add_artwork (const Job *job, GBytes *embedded, JsonObject *result, GError **error)
{
  g_autoptr (GBytes) picture = job->picture != NULL ? load_picture (job->picture, error)
                               : embedded != NULL   ? g_bytes_ref (embedded)
                                                    : NULL;
  g_autoptr (GError) problem = NULL;
  JsonObject *artwork;

  if (picture == NULL)
    return job->picture == NULL;

  tell ("artwork", 0);
  artwork = make_artwork (job, picture, &problem);
  if (artwork != NULL)
    json_object_set_object_member (result, "artwork", artwork);
  else if (job->picture == NULL)
    json_object_set_string_member (result, "artworkProblem", problem->message);
  else
    g_propagate_error (error, g_steal_pointer (&problem));

  return artwork != NULL || job->picture == NULL;
}

static gboolean
add_sound (const Job *job, JsonObject *result, GError **error)
{
  g_autoptr (GmMeasure) measure = NULL;
  g_autoptr (GmPreview) preview = NULL;
  g_autofree char *path = g_build_filename (job->directory, "preview.opus", NULL);

  measure = gm_measure_run (job->input, on_measured, NULL, NULL, error);
  if (measure == NULL)
    return FALSE;
  json_object_set_object_member (result, "measure", gm_record_to_json (&gm_measure_type, measure));
  if ((job->what & GM_ANALYSIS_PREVIEW) == 0)
    return TRUE;

  tell ("preview", 0);
  preview = gm_preview_write (job->input, path,
                              job->start_ms < 0 ? measure->window_ms : job->start_ms,
                              measure->duration_ms, NULL, error);
  if (preview == NULL)
    return FALSE;
  json_object_set_object_member (result, "preview", gm_record_to_json (&gm_preview_type, preview));
  return TRUE;
}

static gboolean
analyze (const Job *job, JsonObject *result, GError **error)
{
  g_autoptr (GmProbe) probe = NULL;
  g_autoptr (GBytes) embedded = NULL;

  tell ("probe", 0);
  probe = gm_probe_load (job->input, &embedded, NULL, error);
  if (probe == NULL)
    return FALSE;
  json_object_set_object_member (result, "probe", gm_record_to_json (&gm_probe_type, probe));

  if ((job->what & (GM_ANALYSIS_MEASURE | GM_ANALYSIS_PREVIEW)) != 0 &&
      !add_sound (job, result, error))
    return FALSE;

  return (job->what & GM_ANALYSIS_ARTWORK) == 0 || add_artwork (job, embedded, result, error);
}

static gboolean
make_picture (const Job *job, JsonObject *result, GError **error)
{
  Job chosen = *job;

  chosen.picture = job->input;
  return add_artwork (&chosen, NULL, result, error);
}

static gboolean
check_preview (const Job *job, JsonObject *result, GError **error)
{
  g_autoptr (GmPreview) preview = gm_preview_check (job->input, NULL, error);

  if (preview == NULL)
    return FALSE;

  json_object_set_object_member (result, "preview", gm_record_to_json (&gm_preview_type, preview));
  return TRUE;
}

/* Without walls a foreign file is opened only where the operator said so. */
static gboolean
may_work (const Job *job, gboolean may_read_input, GError **error)
{
  if (!may_read_input || gm_confine_is_enough (job->held) ||
      g_strcmp0 (g_getenv (GM_DECODE_UNCONFINED), "1") == 0)
    return TRUE;
  return gm_fail (error, GM_ERROR_DENIED,
                  "this system cannot confine the decoder (Linux 5.13 with Landlock and seccomp "
                  "can), so it opens no foreign file; " GM_DECODE_UNCONFINED "=1 allows it");
}

/* For the test of the walls: tries what it must not be able to do. */
static gboolean
try_walls (const Job *job, JsonObject *result, GError **error)
{
  int file = open (job->input, O_RDONLY | O_CLOEXEC);
  int network = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  json_object_set_int_member (result, "held", job->held);
  json_object_set_boolean_member (result, "canRead", file >= 0);
  json_object_set_boolean_member (result, "canConnect", network >= 0);
  json_object_set_boolean_member (result, "hasSecrets", g_getenv ("GM_TEST_SECRET") != NULL);
  json_object_set_boolean_member (result, "canSignal",
                                  syscall (SYS_tgkill, getppid (), getppid (), 0) == 0);
  if (file >= 0)
    close (file);
  if (network >= 0)
    close (network);
  return TRUE;
}

static gboolean
do_nothing (const Job *job, JsonObject *result, GError **error)
{
  return TRUE;
}

static const struct
{
  const char *name;
  int n_arguments; /* at least, with the program's name */
  gboolean may_read_input;
  gboolean (*work) (const Job *job, JsonObject *result, GError **error);
} commands[] = {
  { "registry", 3, FALSE, do_nothing }, { "analyze", 6, TRUE, analyze },
  { "picture", 4, TRUE, make_picture }, { "preview", 4, TRUE, check_preview },
  { "holds", 4, FALSE, try_walls },
};

static int
write_result (const Job *job, JsonObject *result, const GError *problem)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (problem != NULL)
    {
      json_object_set_int_member (result, "code",
                                  problem->domain == GM_ERROR ? problem->code : GM_ERROR_BUG);
      json_object_set_string_member (result, "message", problem->message);
    }
  json_node_init_object (node, result);
  text = json_to_string (node, FALSE);
  bytes = g_bytes_new (text, strlen (text));
  if (!write_file (job, GM_DECODE_RESULT_NAME, bytes, NULL))
    return GM_DECODE_NO_ROOM;

  puts ("done");
  fflush (stdout);
  return 0;
}

static void
confine (Job *job, gboolean may_read_input)
{
  const char *registry = g_getenv ("GST_REGISTRY");
  const char *const readable[] = { registry != NULL ? registry : job->directory,
                                   may_read_input ? job->input : job->directory,
                                   job->picture != NULL ? job->picture : job->directory, NULL };

  job->held = gm_confine_self (&(GmConfineAsk){
      .readable = readable,
      .writable = job->directory,
      .memory_bytes = MEMORY_BYTES,
      .file_bytes = OUTPUT_BYTES,
      .cpu_seconds = CPU_SECONDS,
  });
}

int
gm_decode_child_run (int argc, char **argv)
{
  g_autoptr (JsonObject) result = json_object_new ();
  g_autoptr (GError) problem = NULL;
  Job job = { 0 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    if (argc >= commands[i].n_arguments && strcmp (argv[1], commands[i].name) == 0)
      break;
  if (i == G_N_ELEMENTS (commands))
    return 2;

  job.directory = argv[2];
  job.input = argc > 3 ? argv[3] : argv[2];
  job.start_ms = argc > 4 ? g_ascii_strtoll (argv[4], NULL, 10) : 0;
  job.what = argc > 5 ? (GmAnalysisWhat) g_ascii_strtoll (argv[5], NULL, 10) : GM_ANALYSIS_PROBE;
  job.picture = argc > 6 ? argv[6] : NULL;

  confine (&job, commands[i].may_read_input);
  if (may_work (&job, commands[i].may_read_input, &problem) &&
      gst_init_check (NULL, NULL, &problem))
    commands[i].work (&job, result, &problem);
  return write_result (&job, result, problem);
}
