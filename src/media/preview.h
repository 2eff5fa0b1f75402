/* preview.h - the half minute everybody may hear: cut, leveled, faded, Opus in Ogg.
 *
 * Exactly 1,440,000 frames of 48 kHz (or the whole file when it is shorter). One gain for all of
 * it, the smaller of "to -14 LUFS" and "to -1 dBTP", so there is no limiter to hear. What was
 * written is decoded and measured again. Carries no tag of the master. gst_init() first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_PREVIEW_RATE         48000
#define GM_PREVIEW_SECONDS      30
#define GM_PREVIEW_MAX_FRAMES   (GM_PREVIEW_RATE * GM_PREVIEW_SECONDS)
#define GM_PREVIEW_TARGET_CLUFS (-1400)
#define GM_PREVIEW_PEAK_CDB     (-100) /* true peak */
#define GM_PREVIEW_SLACK        50     /* 1/100 LU and dB, of both */
#define GM_PREVIEW_MAX_BYTES    (2 << 20)

typedef struct
{
  gint64 start_ms;       /* in the master */
  gint64 frames;         /* of 48 kHz */
  gint64 gain_cdb;       /* applied */
  gint64 loudness_clufs; /* measured in the written file */
  gint64 peak_cdb;       /* true peak, the same */
} GmPreview;

extern const GmRecordType gm_preview_type;

/* Writes @to. @start_ms is moved so that half a minute fits; @duration_ms is the master's. */
GmPreview *gm_preview_write (const char *path,
                             const char *to,
                             gint64 start_ms,
                             gint64 duration_ms,
                             GCancellable *cancellable,
                             GError **error);

/* Measures a preview that came from elsewhere; DENIED when it is longer than half a minute, not
 * Opus, or louder than allowed. Leaves start and gain 0. */
GmPreview *gm_preview_check (const char *path, GCancellable *cancellable, GError **error);
void gm_preview_free (GmPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPreview, gm_preview_free)

G_END_DECLS
