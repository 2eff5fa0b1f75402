/* probe.h - what a sound file says about itself: format, length, tags, picture.
 *
 * Reads headers only; the length is measured later (measure.h). All text is cleaned (tag-text.h).
 * Runs in the confined child; gst_init() first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/record.h"

G_BEGIN_DECLS

#define GM_PROBE_MAX_BYTES         (G_GUINT64_CONSTANT (500) << 20)
#define GM_PROBE_MAX_PICTURE_BYTES (20 << 20)

typedef struct
{
  char *mime;      /* "audio/flac" */
  char *extension; /* "flac" */
  char *format;    /* "FLAC 44.1 kHz 16 bit stereo" */
  gint64 rate;     /* Hz */
  gint64 channels;
  gint64 bits; /* of a sample; 0: the codec has none */
  gint64 duration_ms;
  char *title; /* (nullable), all below */
  char *artist;
  char *album;
  char *genre;
  char *mood;
  char *comment;
  char *key_sig; /* "Am" */
  gint64 bpm;    /* 0: no tag */
  char *price;   /* digits of a PRICE tag, unchecked */
} GmProbe;

extern const GmRecordType gm_probe_type;

/* @picture (nullable) gets the embedded cover or NULL. BAD_DATA says why this cannot be sold. */
GmProbe *
gm_probe_load (const char *path, GBytes **picture, GCancellable *cancellable, GError **error);
/* A regular file, not too large: before anything is read. */
gboolean gm_probe_check_size (const char *path, GError **error);
void gm_probe_free (GmProbe *probe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmProbe, gm_probe_free)

G_END_DECLS
