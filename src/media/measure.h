/* measure.h - one pass over a sound: length, loudness, peak, waveforms, tempo and key.
 *
 * Runs in the confined child; gst_init() first. Memory is independent of the length.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_MEASURE_MIN_MS 10 /* less is a click that no preview can be made of */

typedef struct
{
  gint64 frames; /* decoded */
  gint64 rate;
  gint64 channels;
  gint64 duration_ms;
  gint64 loudness_clufs; /* integrated, 1/100 LUFS; GM_LOUDNESS_SILENT_CENTI for silence */
  gint64 peak_cdb;       /* sample peak, 1/100 dB of full scale */
  gint64 window_ms;      /* start of the loudest 30 seconds */
  gint64 centi_bpm;      /* suggestion; 0: none */
  gint64 bpm_confidence; /* 0 … 100 */
  char *key_sig;         /* (nullable) suggestion */
  gint64 key_confidence; /* 0 … 100 */
  GBytes *peaks;         /* 64 bins */
  GBytes *waveform;      /* 1024 bins */
} GmMeasure;

extern const GmRecordType gm_measure_type;

typedef void (*GmMeasureProgress) (double fraction, gpointer user_data);

/* Compares the decoded length with what the header promised: a file that ends early is BAD_DATA,
 * and so is one shorter than GM_MEASURE_MIN_MS.
 * @progress may be NULL. */
GmMeasure *gm_measure_run (const char *path,
                           GmMeasureProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error);
void gm_measure_free (GmMeasure *measure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmMeasure, gm_measure_free)

G_END_DECLS
