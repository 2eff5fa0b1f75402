/* publish-job.h - the job behind an upload: master in the spool to an asset that is ready.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/job.h"
#include "server/service.h"

G_BEGIN_DECLS

/* Runs a claimed job to its end, good or bad, and writes that end. FALSE only when the database
 * does not take it; when the program stops meanwhile, the job stays claimed and goes on later. */
gboolean gm_publish_job_run (GmService *service,
                             const GmJob *job,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
