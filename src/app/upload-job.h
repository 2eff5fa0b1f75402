/* upload-job.h - one file from an admin's disk to a ready asset, with progress.
 *
 *   WAITING ─▶ CREATING ─▶ SENDING ─▶ PROCESSING (steps of the store, live)
 *     ─▶ READY ◀─▶ SAVING ─▶ PUBLISHED
 *
 * Properties: "phase" (GmUploadPhase), "fraction" (d), "step" (s: "loudness", NULL when unknown),
 * "file-name" (s), "error" (GError boxed or NULL), "asset" (GmAssetItem or NULL: metadata the store
 * suggested once it is READY).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/asset-item.h"
#include "app/session.h"

G_BEGIN_DECLS

typedef enum
{
  GM_UPLOAD_WAITING,
  GM_UPLOAD_CREATING,
  GM_UPLOAD_SENDING,
  GM_UPLOAD_PROCESSING,
  GM_UPLOAD_READY,
  GM_UPLOAD_SAVING, /* finish() */
  GM_UPLOAD_PUBLISHED,
  GM_UPLOAD_FAILED, /* retry(), or finish() again */
} GmUploadPhase;

#define GM_TYPE_UPLOAD_PHASE (gm_upload_phase_get_type ())
GType gm_upload_phase_get_type (void);

#define GM_TYPE_UPLOAD_JOB (gm_upload_job_get_type ())
G_DECLARE_FINAL_TYPE (GmUploadJob, gm_upload_job, GM, UPLOAD_JOB, GObject)

/* Signed in with a role. */
GmUploadJob *gm_upload_job_new (GmSession *session, const char *path);
void gm_upload_job_start (GmUploadJob *self);
void gm_upload_job_cancel (GmUploadJob *self);
void gm_upload_job_retry (GmUploadJob *self);
/* Edits (JSON as PATCH takes it, may be empty) and publishes when @publish. Takes @edits. */
void gm_upload_job_finish (GmUploadJob *self, JsonObject *edits, gboolean publish);
GmUploadPhase gm_upload_job_get_phase (GmUploadJob *self);

G_END_DECLS
