/* decoder.h - a sound file as a stream of float frames, through GStreamer.
 *
 * Runs where the file may do no harm: in the confined child (confine.h). gst_init() first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_DECODER_MAX_SECONDS  (4 * 60 * 60)
#define GM_DECODER_MAX_CHANNELS 8

typedef struct
{
  const char *path;
  guint rate;      /* Hz; 0: as in the file */
  guint channels;  /* 0: as in the file */
  gint64 start_ms; /* exact */
  gint64 stop_ms;  /* 0: to the end */
} GmDecoderAsk;

typedef struct
{
  const float *samples; /* interleaved, 1.0 is full scale */
  gsize n_frames;
  guint rate;
  guint channels;
} GmFrames;

/* Called in order for all frames; FALSE with @error set stops the decoder. */
typedef gboolean (*GmFramesSink) (const GmFrames *frames, gpointer user_data, GError **error);

/* BAD_DATA when the file does not decode to its end, or is longer than GM_DECODER_MAX_SECONDS. */
gboolean gm_decoder_run (const GmDecoderAsk *ask,
                         GmFramesSink sink,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
