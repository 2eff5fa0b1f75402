/* import.h - a folder of music to published assets: found by content, each on its own.
 *
 * Walks the folder in the order of names; links are not followed, hidden names are skipped. What
 * begins like a sound file is taken, whatever its name; one bad file fails alone, with its reason.
 * A file whose bytes were taken before is skipped. Run again after a crash, it goes on.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/money.h"
#include "publish/pipeline.h"

G_BEGIN_DECLS

#define GM_IMPORT_MAX_FILES 100000
#define GM_IMPORT_MAX_DEPTH 32

typedef enum
{
  GM_IMPORT_STARTED,
  GM_IMPORT_ADDED,
  GM_IMPORT_DUPLICATE,
  GM_IMPORT_FAILED,  /* @reason says why */
  GM_IMPORT_IGNORED, /* no sound file, and not called one */
} GmImportEvent;

/* Metadata of one file: its tags, else its name, else what was measured, else the defaults. */
typedef struct
{
  char *title;
  char *artist;
  char *genre;       /* (nullable) */
  char *mood;        /* (nullable) */
  char *description; /* (nullable) */
  char *key_sig;     /* (nullable) */
  gint64 bpm;        /* 0: unknown */
  GmMoney price;
} GmImportItem;

typedef struct _GmImportSink GmImportSink;
struct _GmImportSink
{
  /* Whether a master with this hash (0x…) is in the store. Sets @error when it cannot tell. */
  gboolean (*has) (GmImportSink *self, const char *sha256, GError **error);
  /* Fills in everything of @job but path, directory and progress. */
  gboolean (*begin) (GmImportSink *self, const char *sha256, GmPipelineJob *job, GError **error);
  /* Writes the rows; the job's folder is forgotten after it. */
  gboolean (*add) (GmImportSink *self,
                   const GmImportItem *item,
                   const GmPublication *publication,
                   GError **error);
  /* (nullable) @name is relative to the folder and safe to show. */
  void (*report) (GmImportSink *self, GmImportEvent event, const char *name, const char *reason);
  /* (nullable) Steps of the file that was started last, with the user_data of its job. */
  GmPipelineProgress progress;
  gpointer data;
};

typedef struct
{
  const char *folder;
  const char *spool;  /* for the jobs; the same again to resume */
  GmMoney price;      /* of files without a PRICE tag; its currency holds for all */
  const char *artist; /* of files that do not say */
  const char *genre;  /* (nullable) */
} GmImportAsk;

typedef struct
{
  guint added;
  guint duplicates;
  guint failed;
  guint ignored;
} GmImportSummary;

/* FALSE when nothing could be tried, or cancelled; files that fail are counted in @summary. */
gboolean gm_import_run (const GmImportAsk *ask,
                        GmImportSink *sink,
                        GmImportSummary *summary,
                        GCancellable *cancellable,
                        GError **error);

/* What @publication and its file's @name say; for uploads too. */
GmImportItem *gm_import_item_new (const GmImportAsk *ask,
                                  const GmPublication *publication,
                                  const char *name);
void gm_import_item_free (GmImportItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmImportItem, gm_import_item_free)

G_END_DECLS
