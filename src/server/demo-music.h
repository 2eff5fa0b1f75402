/* demo-music.h - fills a demo store with music while it serves already.
 *
 *   two threads, a piece each:  render ─▶ import (probe … seal, publish) ─▶ remember ─▶ delete
 *
 * What is done is remembered in the settings, so a store that was killed goes on where it was, and
 * what an admin takes out of the catalog stays out. After each piece it prints
 * "progress <done> <of> <title>" on stdout.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

typedef struct _GmDemoMusic GmDemoMusic;

typedef struct
{
  guint n_pieces; /* 0: all there are */
  gboolean fast;  /* seconds of each, for tests */
} GmDemoMusicAsk;

/* On the main loop. NULL with @error when the settings cannot be read. */
GmDemoMusic *gm_demo_music_start (GmService *service, const GmDemoMusicAsk *ask, GError **error);
void gm_demo_music_stop (GmDemoMusic *self); /* waits for what is at work to notice */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDemoMusic, gm_demo_music_stop)

G_END_DECLS
