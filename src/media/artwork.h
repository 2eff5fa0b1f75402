/* artwork.h - a square cover out of a foreign picture: JPEG and PNG only, within caps.
 *
 * The loader is chosen by the first bytes, so nothing else (SVG with outside references, rare
 * formats) is ever opened. Runs in the confined child.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_ARTWORK_MAX_BYTES  (20 << 20)
#define GM_ARTWORK_MAX_PIXELS (50 * 1000 * 1000)
#define GM_ARTWORK_MIN_SIDE   64

typedef struct
{
  GBytes *small;         /* 512 × 512 */
  GBytes *large;         /* 1024 × 1024 */
  GBytes *full;          /* (nullable) 3000 × 3000, when the source is that large */
  const char *extension; /* of all: "jpg", or "png" when the picture is transparent */
} GmArtwork;

/* Cut to the middle square. BAD_DATA when it is no picture we take. */
GmArtwork *gm_artwork_make (GBytes *picture, GError **error);
void gm_artwork_free (GmArtwork *artwork);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmArtwork, gm_artwork_free)

G_END_DECLS
