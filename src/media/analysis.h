/* analysis.h - what one master is and says, and what is made from it, by a confined child.
 *
 *   GmAnalysis *analysis = gm_analysis_run (&(GmAnalysisAsk) { .path = …, .directory = … }, …);
 *
 * The foreign file is opened only in a child process (gotmusic-decode) without network, secrets or
 * other files, with limits on memory, processor and time; a cancelled or overdue child is killed.
 * It may write to @directory only, which must be private and hold nothing else. All answers are
 * checked again on this side. Blocks; any thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "media/measure.h"
#include "media/preview.h"
#include "media/probe.h"

G_BEGIN_DECLS

typedef enum
{
  GM_ANALYSIS_PROBE = 0,        /* always done: headers and tags */
  GM_ANALYSIS_MEASURE = 1 << 0, /* decodes to the end: length, loudness, waveform, tempo, key */
  GM_ANALYSIS_PREVIEW = 1 << 1, /* with MEASURE */
  GM_ANALYSIS_ARTWORK = 1 << 2, /* from @picture, else from the tag */
  GM_ANALYSIS_ALL = 7,
} GmAnalysisWhat;

#define GM_ANALYSIS_LOUDEST (-1) /* the preview is the loudest half minute */

typedef struct
{
  const char *path;
  const char *directory; /* for the outputs */
  GmAnalysisWhat what;
  gint64 preview_start_ms; /* or GM_ANALYSIS_LOUDEST */
  const char *picture;     /* (nullable) file of a cover */
} GmAnalysisAsk;

typedef struct
{
  char *small;     /* paths in @directory: 512, */
  char *large;     /* 1024, */
  char *full;      /* (nullable) and 3000 pixels */
  char *extension; /* "jpg" or "png" */
} GmPicture;

typedef struct
{
  GmProbe *probe;
  GmMeasure *measure;    /* (nullable) not asked for */
  GmPreview *preview;    /* (nullable) */
  char *preview_path;    /* (nullable) in @directory, "preview.opus" */
  GmPicture *picture;    /* (nullable) none there, or unusable: */
  char *picture_problem; /* (nullable) why the embedded cover was not taken */
} GmAnalysis;

/* @step: "probe", "measure", "preview", "artwork"; @fraction of that step. On the calling thread.
 */
typedef void (*GmAnalysisProgress) (const char *step, double fraction, gpointer user_data);

/* BAD_DATA: the file is refused, and why. DECLINED: cancelled. */
GmAnalysis *gm_analysis_run (const GmAnalysisAsk *ask,
                             GmAnalysisProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
void gm_analysis_free (GmAnalysis *analysis);

/* A cover alone. */
GmPicture *gm_analysis_picture (const char *path,
                                const char *directory,
                                GCancellable *cancellable,
                                GError **error);
void gm_picture_free (GmPicture *picture);

/* Decodes and measures a preview made elsewhere (gm_preview_check). */
GmPreview *gm_analysis_preview (const char *path,
                                const char *directory,
                                GCancellable *cancellable,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAnalysis, gm_analysis_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPicture, gm_picture_free)

G_END_DECLS
