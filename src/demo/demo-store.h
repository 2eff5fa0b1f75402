/* demo-store.h - what a demo store sells, made on the spot: a piece, rendered to a file with tags.
 *
 *   piece ─▶ composer ─▶ synth ─▶ mastering ─▶ "Artist - Title.flac" with tags and a cover
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "demo/piece.h"

G_BEGIN_DECLS

#define GM_DEMO_STORE_FAST_SECONDS 12

typedef struct
{
  const GmPiece *piece;
  const char *folder; /* made when absent */
  gboolean fast;      /* only some seconds of it: for tests */
} GmDemoStoreAsk;

/* Returns the path. The file appears whole or not at all, and is the same bytes every time. Takes a
 * second or two of one processor and 60 MB; any thread. */
char *gm_demo_store_render (const GmDemoStoreAsk *ask, GCancellable *cancellable, GError **error);

G_END_DECLS
