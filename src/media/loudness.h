/* loudness.h - EBU R128 loudness, peaks, and the loudest half minute, while frames pass by.
 *
 * Memory does not grow with the length: libebur128 keeps a histogram, the window search one energy
 * a step for as long as a preview. Loudness is in 1/100 LUFS, peaks in 1/100 dB of full scale.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "media/decoder.h"

G_BEGIN_DECLS

#define GM_LOUDNESS_SILENT_CENTI   (-7000) /* the absolute gate (BS.1770-4): nothing was louder */
#define GM_LOUDNESS_WINDOW_SECONDS 30

typedef struct _GmLoudness GmLoudness;

typedef enum
{
  GM_LOUDNESS_FAST,  /* sample peak */
  GM_LOUDNESS_EXACT, /* true peak: four times oversampled, and three times slower */
} GmLoudnessMode;

GmLoudness *gm_loudness_new (guint rate, guint channels, GmLoudnessMode mode, GError **error);
void gm_loudness_free (GmLoudness *self);

gboolean gm_loudness_add (GmLoudness *self, const GmFrames *frames, GError **error);

gint64 gm_loudness_integrated (GmLoudness *self);
gint64 gm_loudness_peak (GmLoudness *self);      /* true or sample peak, as the mode says */
gint64 gm_loudness_window_ms (GmLoudness *self); /* start of the loudest window */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmLoudness, gm_loudness_free)

G_END_DECLS
