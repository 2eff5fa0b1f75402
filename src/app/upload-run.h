/* upload-run.h - the blocking parts of an upload: create, send, wait until it is processed, edit.
 *
 * What was reached is remembered in the state, so a second run goes on from there.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/progress.h"
#include "app/upload-job.h"
#include "store/store-assets.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  char *create_key; /* Idempotency-Key of the row */
  char *edit_key;   /* of the last edit */
  char *upload;     /* (nullable) the file's name at the store */
  gboolean told;    /* the store knows the file is there */
  GmAsset *asset;   /* (nullable) the row, as last seen */
} GmUploadState;

GmUploadState *gm_upload_state_new (const char *path);
GmUploadState *gm_upload_state_copy (const GmUploadState *self);
void gm_upload_state_free (GmUploadState *self);

typedef struct
{
  GmStoreClient *store;
  GmUploadState *state;
  GmProgress *progress; /* step: GmUploadPhase, note: the store's own step */
  JsonObject *edits;    /* (nullable) finish: PATCH this */
} GmUploadRun;

void gm_upload_run_free (gpointer run);

typedef struct
{
  GmUploadState *state;
  GError *error; /* (nullable) */
} GmUploadOutcome;

void gm_upload_outcome_free (gpointer outcome);

/* GmWorks; the answer is a GmUploadOutcome. */
gpointer gm_upload_run_send (gpointer run, GCancellable *cancellable, GError **error);
gpointer gm_upload_run_finish (gpointer run, GCancellable *cancellable, GError **error);

G_END_DECLS
