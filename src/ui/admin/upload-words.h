/* upload-words.h - what happens to a file that is uploaded, in words.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/upload-job.h"

G_BEGIN_DECLS

/* @step (nullable) is the store's own: "probe", "loudness", "preview", … */
char *gm_upload_phase_words (GmUploadPhase phase, const char *step);

G_END_DECLS
