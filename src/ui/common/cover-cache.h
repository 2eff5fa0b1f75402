/* cover-cache.h - covers as textures in the size they are shown in, within a bounded memory.
 *
 * One per session. Decodes PNG and JPEG only, on its own threads; what was shown last stays, up to
 * GM_COVER_CACHE_MAX_BYTES, so that scrolling back needs neither file nor decoder.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_COVER_CACHE_MAX_BYTES (32 * 1024 * 1024)

typedef struct _GmCoverCache GmCoverCache;

/* Lives as long as the session. */
GmCoverCache *gm_cover_cache_get (GmSession *session);

/* (nullable) Borrowed: "artwork/<sha256>.png", @side in pixels. */
GdkTexture *gm_cover_cache_lookup (GmCoverCache *self, const char *name, guint side);

/* @texture is borrowed; it is not called when there is none. */
typedef void (*GmCoverLoaded) (gpointer data, GdkTexture *texture);

/* Dropping the returned object gives up. */
GObject *gm_cover_cache_load (GmCoverCache *self,
                              const char *name,
                              guint side,
                              GmCoverLoaded loaded,
                              gpointer data);

/* A GmWork over nothing but bytes, for its test: a texture of the middle, at least @side wide. */
GdkTexture *gm_cover_cache_decode (GBytes *picture, guint side, GError **error);

G_END_DECLS
