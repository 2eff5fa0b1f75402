/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/demo-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "demo/flac-file.h"
#include "demo/mastering.h"
#include "demo/synth.h"

#define ALBUM "GotMusic demo"

static GBytes *
play (const GmDemoStoreAsk *ask, GCancellable *cancellable, GError **error)
{
  GmComposerAsk music = ask->piece->music;
  g_autoptr (GmScore) score = NULL;
  g_autoptr (GmSynthSound) sound = NULL;

  if (ask->fast)
    music.seconds = GM_DEMO_STORE_FAST_SECONDS;
  score = gm_composer_write (&music);
  sound = gm_synth_play (score, GM_SYNTH_ALL, cancellable, error);
  return sound != NULL ? gm_mastering_run (sound, error) : NULL;
}

static char *
path_of (const GmDemoStoreAsk *ask)
{
  g_autofree char *name = g_strdup_printf ("%s - %s.flac", ask->piece->artist, ask->piece->title);

  return g_build_filename (ask->folder, name, NULL);
}

char *
gm_demo_store_render (const GmDemoStoreAsk *ask, GCancellable *cancellable, GError **error)
{
  const GmPiece *piece = ask->piece;
  g_autofree char *path = path_of (ask);
  g_autofree char *comment = gm_piece_dup_comment (piece);
  g_autoptr (GBytes) frames = NULL;
  g_autoptr (GBytes) picture = NULL;

  if (g_mkdir_with_parents (ask->folder, 0700) != 0)
    return gm_fail_null (error, GM_ERROR_OFFLINE, "no place for music: %s", g_strerror (errno));
  frames = play (ask, cancellable, error);
  if (frames == NULL)
    return NULL;
  picture = gm_sleeve_draw (&(GmSleeveAsk){ piece->title, piece->artist, piece->sleeve }, error);
  if (picture == NULL)
    return NULL;
  if (!gm_flac_file_write (path, frames,
                           &(GmFlacFileTags){ .title = piece->title,
                                              .artist = piece->artist,
                                              .album = ALBUM,
                                              .genre = piece->music.genre,
                                              .comment = comment,
                                              .mood = piece->mood,
                                              .key_sig = piece->music.key,
                                              .bpm = piece->music.bpm,
                                              .price = piece->price,
                                              .picture = picture },
                           cancellable, error))
    return NULL;

  return g_steal_pointer (&path);
}
