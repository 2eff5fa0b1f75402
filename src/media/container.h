/* container.h - which sound file this is, by its bytes, and whether all of it is there.
 *
 * A name says nothing. Headers that promise a length are compared with the file: WAV and AIFF
 * chunks, MP4 boxes, the last Ogg page; FLAC and MP3 tell a number of frames, which the decoder's
 * count is held against later.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_CONTAINER_WAV,
  GM_CONTAINER_AIFF,
  GM_CONTAINER_FLAC,
  GM_CONTAINER_MP3,
  GM_CONTAINER_AAC,
  GM_CONTAINER_OGG, /* Vorbis, or what else is in it */
  GM_CONTAINER_OPUS,
  GM_CONTAINER_MP4,
} GmContainerKind;

typedef struct
{
  GmContainerKind kind;
  guint64 frames; /* promised by the header; 0: it does not say */
  guint rate;     /* that @frames count in, Hz; 0 with them */
} GmContainer;

#define GM_CONTAINER_HEAD_BYTES 65536 /* enough for gm_container_sniff() */

/* BAD_DATA: not a sound file we take. */
gboolean
gm_container_sniff (const guint8 *head, gsize length, GmContainerKind *out, GError **error);

/* Sniffs, reads the promised length and refuses a file that is cut off, saying how. */
gboolean gm_container_parse (const guint8 *data, gsize length, GmContainer *out, GError **error);
gboolean gm_container_load (const char *path, GmContainer *out, GError **error);

gint64 gm_container_duration_ms (const GmContainer *container); /* 0: unknown */
const char *gm_container_mime (GmContainerKind kind);
const char *gm_container_extension (GmContainerKind kind); /* without the dot */

G_END_DECLS
