/* waveform.h - the shape of a sound as a few bytes, while frames pass by.
 *
 * Peaks are kept in at most 4096 equal buckets; when they are full, neighbors are merged and a
 * bucket covers twice the time. So the length need not be known and memory does not grow.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "media/decoder.h"

G_BEGIN_DECLS

#define GM_WAVEFORM_LIST_BINS   64
#define GM_WAVEFORM_DETAIL_BINS 1024

typedef struct _GmWaveform GmWaveform;

GmWaveform *gm_waveform_new (void);
void gm_waveform_free (GmWaveform *self);
void gm_waveform_add (GmWaveform *self, const GmFrames *frames);

/* One byte a bin, the highest sample of all channels; 255 is full scale. */
GBytes *gm_waveform_dup_bins (GmWaveform *self, guint n_bins);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWaveform, gm_waveform_free)

G_END_DECLS
