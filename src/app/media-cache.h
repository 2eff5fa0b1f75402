/* media-cache.h - local copies of a store's public objects: covers, previews, waveforms.
 *
 * Names say what the content is ("artwork/<sha256>.png"), so a copy is right or thrown away. Any
 * thread; blocks. The folder is kept under a size, oldest use first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "net/http.h"

G_BEGIN_DECLS

#define GM_MEDIA_CACHE_MAX_BYTES  (16 * 1024 * 1024)    /* of one object */
#define GM_MEDIA_CACHE_KEPT_BYTES (512ll * 1024 * 1024) /* of all */

/* "<kind>/<64 hex digits>.<ext>" */
gboolean gm_media_cache_is_name (const char *name);
char *gm_media_cache_dup_url (const char *origin, const char *name);
/* (nullable) The file, when it is here. */
char *gm_media_cache_dup_path (const char *folder, const char *name);

GBytes *gm_media_cache_fetch (const char *folder,
                              GmHttp *http,
                              const char *origin, /* (nullable): only what is here */
                              const char *name,
                              GCancellable *cancellable,
                              GError **error);

/* Deletes what was not used for longest until the rest is small enough. */
void gm_media_cache_trim (const char *folder, gint64 max_bytes);

G_END_DECLS
