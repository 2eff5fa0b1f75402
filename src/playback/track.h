/* track.h - something to play: its words, and how to come by its sound.
 *
 * A preview has a uri. A master opens as a cipher, on any thread and in milliseconds; its key never
 * leaves the GmCipher, and what the pipeline sees of it is an opaque handle. A master without open
 * plays from its uri, in the clear (a producer's own file).
 *
 * Immutable and reference counted, so any thread may hold one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/cipher.h"

G_BEGIN_DECLS

typedef enum
{
  GM_TRACK_PREVIEW, /* at most GM_PREVIEW_LIMIT_MS are heard */
  GM_TRACK_MASTER,
} GmTrackKind;

typedef GmCipher *(*GmTrackOpen) (gpointer data, GError **error); /* any thread */

typedef struct
{
  const char *asset_id; /* 0x and 64 digits; (nullable) before it is published */
  const char *asset;    /* ULID of the store's row */
  const char *title;
  const char *artist;
  const char *artwork; /* (nullable) "artwork/<sha256>.png" */
  GmTrackKind kind;
  gint64 duration_ms; /* as the catalog says; 0: not known */
  const char *uri;    /* (nullable) with open; otherwise file: or http: */
  GmTrackOpen open;   /* (nullable) */
  gpointer data;      /* of open */
  GDestroyNotify free_data;
} GmTrackInfo;

typedef struct _GmTrack GmTrack;

GmTrack *gm_track_new (const GmTrackInfo *info); /* copies the texts, takes data */
GmTrack *gm_track_ref (GmTrack *self);
void gm_track_unref (GmTrack *self);

const GmTrackInfo *gm_track_get_info (GmTrack *self);

/* Only of a track with open. Fails as open does, with the title in front. */
GmCipher *gm_track_open (GmTrack *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmTrack, gm_track_unref)

G_END_DECLS
