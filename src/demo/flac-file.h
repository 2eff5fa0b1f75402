/* flac-file.h - writes a sound as FLAC with tags and a cover, through GStreamer.
 *
 * Appears whole or not at all. gst_init() is called here, so that who never writes one never loads
 * GStreamer.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *artist;
  const char *album;
  const char *genre;
  const char *comment;
  const char *mood;
  const char *key_sig; /* "Am" */
  double bpm;
  const char *price; /* digits: "4.50" */
  GBytes *picture;   /* JPEG */
} GmFlacFileTags;

/* @frames: interleaved stereo gint16, GM_DSP_RATE. */
gboolean gm_flac_file_write (const char *path,
                             GBytes *frames,
                             const GmFlacFileTags *tags,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
