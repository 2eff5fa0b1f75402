/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/analysis.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "media/decode-process.h"
#include "media/decoder.h"
#include "media/waveform.h"

#define PICTURE_MAX_BYTES (32 << 20)

void
gm_picture_free (GmPicture *picture)
{
  if (picture == NULL)
    return;

  g_free (picture->small);
  g_free (picture->large);
  g_free (picture->full);
  g_free (picture->extension);
  g_free (picture);
}

void
gm_analysis_free (GmAnalysis *analysis)
{
  if (analysis == NULL)
    return;

  g_clear_pointer (&analysis->probe, gm_probe_free);
  g_clear_pointer (&analysis->measure, gm_measure_free);
  g_clear_pointer (&analysis->preview, gm_preview_free);
  g_clear_pointer (&analysis->picture, gm_picture_free);
  g_free (analysis->preview_path);
  g_free (analysis->picture_problem);
  g_free (analysis);
}

/* @type's record in @member. The child may have been taken over: its words are outside data. */
static gpointer
record_of (JsonObject *result, const char *member, const GmRecordType *type, GError **error)
{
  JsonObject *object = gm_json_object (result, member, error);

  return object != NULL ? gm_record_from_json (type, object, error) : NULL;
}

static gboolean
check_measure (const GmMeasure *measure, GError **error)
{
  const gint64 max_ms = GM_DECODER_MAX_SECONDS * G_GINT64_CONSTANT (1000);

  if (measure->duration_ms < 0 || measure->duration_ms > max_ms || measure->window_ms < 0 ||
      measure->window_ms > measure->duration_ms || measure->rate < 1 || measure->channels < 1 ||
      measure->frames < 1 || measure->centi_bpm < 0 ||
      g_bytes_get_size (measure->peaks) != GM_WAVEFORM_LIST_BINS ||
      g_bytes_get_size (measure->waveform) != GM_WAVEFORM_DETAIL_BINS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the decoder's measurements contradict each other");

  return TRUE;
}

static gboolean
check_preview (const GmPreview *preview, GError **error)
{
  if (preview->frames < 1 || preview->frames > GM_PREVIEW_MAX_FRAMES || preview->start_ms < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the decoder's preview is not half a minute");

  return TRUE;
}

static GmPicture *
read_picture (JsonObject *result, const char *directory, GError **error)
{
  JsonObject *object = gm_json_object (result, "artwork", error);
  g_autoptr (GmPicture) picture = g_new0 (GmPicture, 1);
  const char *extension = object != NULL ? gm_json_text (object, "extension", error) : NULL;
  const char *names[3] = { "artwork-512", "artwork-1024", "artwork-3000" };
  char **paths[3] = { &picture->small, &picture->large, &picture->full };

  if (extension == NULL)
    return NULL;
  if (strcmp (extension, "jpg") != 0 && strcmp (extension, "png") != 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the decoder made a picture of another kind");

  picture->extension = g_strdup (extension);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", names[i], extension);

      if (i == 2 && !json_object_get_boolean_member_with_default (object, "full", FALSE))
        break;
      *paths[i] = gm_decode_process_output (directory, name, PICTURE_MAX_BYTES, error);
      if (*paths[i] == NULL)
        return NULL;
    }

  return g_steal_pointer (&picture);
}

static gboolean
read_sound (GmAnalysis *analysis, const GmAnalysisAsk *ask, JsonObject *result, GError **error)
{
  analysis->measure = record_of (result, "measure", &gm_measure_type, error);
  if (analysis->measure == NULL || !check_measure (analysis->measure, error))
    return FALSE;
  if ((ask->what & GM_ANALYSIS_PREVIEW) == 0)
    return TRUE;

  analysis->preview = record_of (result, "preview", &gm_preview_type, error);
  if (analysis->preview == NULL || !check_preview (analysis->preview, error))
    return FALSE;
  analysis->preview_path = gm_decode_process_output (ask->directory, "preview.opus",
                                                     GM_PREVIEW_MAX_BYTES, error);
  return analysis->preview_path != NULL;
}

static GmAnalysis *
read_result (const GmAnalysisAsk *ask, JsonObject *result, GError **error)
{
  g_autoptr (GmAnalysis) analysis = g_new0 (GmAnalysis, 1);

  analysis->probe = record_of (result, "probe", &gm_probe_type, error);
  if (analysis->probe == NULL)
    return NULL;
  if ((ask->what & (GM_ANALYSIS_MEASURE | GM_ANALYSIS_PREVIEW)) != 0 &&
      !read_sound (analysis, ask, result, error))
    return NULL;
  if (json_object_has_member (result, "artwork"))
    {
      analysis->picture = read_picture (result, ask->directory, error);
      if (analysis->picture == NULL)
        return NULL;
    }
  if (json_object_has_member (result, "artworkProblem"))
    {
      const char *problem = gm_json_text (result, "artworkProblem", error);

      if (problem == NULL)
        return NULL;
      analysis->picture_problem = g_strdup (problem);
    }

  return g_steal_pointer (&analysis);
}

GmAnalysis *
gm_analysis_run (const GmAnalysisAsk *ask,
                 GmAnalysisProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *path = g_canonicalize_filename (ask->path, NULL);
  g_autofree char *picture = ask->picture != NULL ? g_canonicalize_filename (ask->picture, NULL)
                                                  : NULL;
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, ask->preview_start_ms);
  g_autofree char *what = g_strdup_printf ("%d", (int) ask->what);
  const char *const arguments[] = { "analyze", ask->directory, path, start, what, picture, NULL };
  g_autoptr (JsonObject) result = gm_decode_process_run (arguments, progress, user_data,
                                                         cancellable, error);

  return result != NULL ? read_result (ask, result, error) : NULL;
}

GmPicture *
gm_analysis_picture (const char *path,
                     const char *directory,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *full_path = g_canonicalize_filename (path, NULL);
  const char *const arguments[] = { "picture", directory, full_path, NULL };
  g_autoptr (JsonObject) result = gm_decode_process_run (arguments, NULL, NULL, cancellable, error);

  return result != NULL ? read_picture (result, directory, error) : NULL;
}

GmPreview *
gm_analysis_preview (const char *path,
                     const char *directory,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *full_path = g_canonicalize_filename (path, NULL);
  const char *const arguments[] = { "preview", directory, full_path, NULL };
  g_autoptr (JsonObject) result = gm_decode_process_run (arguments, NULL, NULL, cancellable, error);
  g_autoptr (GmPreview) preview = result != NULL
                                      ? record_of (result, "preview", &gm_preview_type, error)
                                      : NULL;

  if (preview == NULL || !check_preview (preview, error))
    return NULL;

  return g_steal_pointer (&preview);
}
